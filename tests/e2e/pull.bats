load helper

setup() {
  isolate
  api DELETE "/images/$DEMO?force=1" >/dev/null
}

@test "pull -q prints only the reference" {
  run -0 docker pull -q "$DEMO"
  same "$DEMO" "$output"
}

@test "pull without a tag says which it takes" {
  run -0 docker image pull "$BUSY"
  same "Using default tag: latest" "${lines[0]}"
  same "$BUSY:latest" "${lines[-1]}"
}

@test "pull -a takes every tag" {
  run -0 docker pull -a "$REGISTRY/demo"
  contains "$output" "1.0: Pulling from demo"
  contains "$output" "2.0: Pulling from demo"
  contains "$(docker images --format '{{.Tag}}' "$REGISTRY/demo")" 1.0
}

@test "pull --platform takes the other architecture's image" {
  run -0 docker pull -q --platform linux/arm64 "$REGISTRY/multi"
  run -0 docker inspect --format '{{.Architecture}}' "$REGISTRY/multi"
  same arm64 "$output"
}

@test "pull by digest" {
  digest=$(docker pull "$DEMO" | sed -n 's/^Digest: //p')
  run -0 docker pull "$REGISTRY/demo@$digest"
  same "$REGISTRY/demo@$digest" "${lines[-1]}"
}

@test "pull of an image that is not there" {
  run -1 --separate-stderr docker pull "$REGISTRY/nosuch"
  contains "$stderr" "manifest for $REGISTRY/nosuch:latest not found"
}

@test "pull from a registry that is not there" {
  run -1 --separate-stderr docker pull 127.0.0.1:9/busy
  contains "$stderr" "connection refused"
}

@test "an error in the middle of the stream ends with exit code 1" {
  run -1 --separate-stderr docker pull "$REGISTRY/broken"
  contains "$output" "Pulling fs layer"
  contains "$stderr" "invalid tar header"
}

@test "a bad reference is refused before the engine is asked" {
  DOCKER_HOST=unix:///nonexistent run -1 --separate-stderr docker pull upper/Case
  same "invalid reference format: repository name (upper/Case) must be lowercase" "$stderr"
}
