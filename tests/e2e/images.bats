load helper

setup() {
  isolate
  have_image "$BUSY"
  have_image "$REGISTRY/demo" 2.0
}

@test "images: columns, quiet, digests, no truncation, filter, format" {
  run -0 docker images
  [[ ${lines[0]} =~ ^REPOSITORY\ +TAG\ +IMAGE\ ID\ +CREATED\ +SIZE$ ]]
  run -0 docker images -q "$BUSY"
  [[ $output =~ ^[0-9a-f]{12}$ ]]
  run -0 docker images -q --no-trunc "$BUSY"
  [[ $output =~ ^sha256:[0-9a-f]{64}$ ]]
  run -0 docker image ls --digests "$BUSY"
  contains "${lines[0]}" DIGEST
  contains "$output" sha256:
  run -0 docker images --filter label=org.example.name=demo --format '{{.Repository}}:{{.Tag}}' "$DEMO"
  same "$DEMO" "$output"
  run -0 docker images "$REGISTRY/nosuch" -q
  same "" "$output"
}

@test "tag, and rmi of the tag alone" {
  run -0 docker tag "$BUSY" mine:1
  same "" "$output"
  run -0 docker rmi mine:1
  same "Untagged: mine:1" "$output"
  run -1 docker tag nosuch:1 mine:1
  same "Error response from daemon: No such image: nosuch:1" "$output"
  run -1 docker tag "$BUSY" Upper
  contains "$output" "repository name must be lowercase" || contains "$output" "must be lowercase"
}

@test "rmi deletes the image, and what is in use only with force" {
  have_image "$REGISTRY/entry"
  docker create --name one "$REGISTRY/entry" true
  run -1 docker rmi "$REGISTRY/entry"
  contains "$output" "Error response from daemon: conflict: unable to remove repository reference"
  run -0 docker rmi -f "$REGISTRY/entry"
  contains "$output" "Untagged: $REGISTRY/entry:latest"
  docker rm one
  run -1 docker rmi nosuch:1
  same "Error response from daemon: No such image: nosuch:1" "$output"
}

@test "image inspect" {
  run -0 docker image inspect --format '{{.Config.Env}} {{index .Config.Labels "org.example.version"}}' "$DEMO"
  contains "$output" DEMO_VERSION=2.0
  run -1 --separate-stderr docker image inspect nosuch:1
  same "[]" "$output"
  contains "$stderr" "No such image: nosuch:1"
}
