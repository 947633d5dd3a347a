# A working day with containers, from the first pull to the last prune, in the order in which one would type it.
load helper

setup_file() {
  clean
  mkdir -p "$E2E_ENGINE/homes/tutorial"
  api DELETE "/images/$DEMO?force=1" >/dev/null
  api POST '/images/prune?filters=%7B%22dangling%22:%5B%22false%22%5D%7D' >/dev/null
}
setup() { isolate "$E2E_ENGINE/homes/tutorial"; }
teardown() { :; }
teardown_file() {
  clean
  rm -rf "$E2E_ENGINE/homes/tutorial"
}

@test "pull an image of several layers, with its progress" {
  run -0 docker pull "$DEMO"
  contains "$output" "2.0: Pulling from demo"
  contains "$output" ": Pulling fs layer"
  contains "$output" ": Pull complete"
  # A layer that another image has, too, is not fetched again.
  same 4 "$(grep -c -E ': (Pull complete|Already exists)$' <<<"$output")"
  contains "$output" "Digest: sha256:"
  contains "$output" "Status: Downloaded newer image for $DEMO"
  same "$DEMO" "${lines[-1]}"
}

@test "pull it again: it is up to date" {
  run -0 docker pull "$DEMO"
  contains "$output" "Status: Image is up to date for $DEMO"
}

@test "images shows it" {
  run -0 docker images
  contains "${lines[0]}" "REPOSITORY"
  contains "$output" "$REGISTRY/demo"
}

@test "pull draws bars on a terminal" {
  run -0 terminal 40x100 -- "$DOCKERLITE" pull "$REGISTRY/multi"
  contains "$output" "Already exists"
  contains "$output" "Pull complete"
  contains "$output" $'\e['
  contains "$output" "exit 0"
}

@test "run -it: type into a shell in a container, and leave it" {
  run -0 terminal 24x80 'expect:# ' 'send:echo said $((6 * 7))\n' 'expect:said 42' 'expect:# ' 'send:exit 5\n' \
    -- "$DOCKERLITE" run -it --name web "$DEMO" sh
  contains "$output" "exit 5"
  contains "$output" "terminal restored"
}

@test "container ls -a shows that it has exited" {
  run -0 docker container ls
  lacks "$output" web
  run -0 docker container ls -a
  contains "$output" web
  contains "$output" "Exited (5)"
}

@test "a container runs in the background; stop and start it" {
  run -0 docker run -d --name server --label tutorial=yes "$DEMO" sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done'
  [[ $output =~ ^[0-9a-f]{64}$ ]]
  run -0 docker ps --filter label=tutorial=yes --format '{{.Names}} {{.State}}'
  same "server running" "$output"
  run -0 docker stop server
  same server "$output"
  same exited "$(state server State.Status)"
  run -0 docker start server
  same server "$output"
  same running "$(state server State.Status)"
}

@test "rm refuses a running container and removes a stopped one" {
  run -1 docker rm server
  contains "$output" "Error response from daemon: "
  run -0 docker rm web
  same web "$output"
  run -0 docker ps -aq --filter name=web
  same "" "$output"
}

@test "-v: a folder, and the current one" {
  mkdir -p data
  echo from-the-host >data/file
  run -0 docker run --rm -v "$PWD/data:/mnt" "$DEMO" sh -c 'cat /mnt/file; echo from-the-container >/mnt/answer'
  same from-the-host "$output"
  same from-the-container "$(cat data/answer)"
  run -0 docker run --rm -v .:/work:ro -w /work "$DEMO" sh -c 'cat data/file; touch data/new 2>/dev/null || echo read-only'
  same $'from-the-host\nread-only' "$output"
  cd data
  run -0 docker run --rm -v "$(pwd):/work" -w /work "$DEMO" ls
  same $'answer\nfile' "$output"
}

@test "--gpus gives the container its GPUs" {
  run -0 docker run --rm --gpus all "$DEMO" env
  contains "$output" NVIDIA_VISIBLE_DEVICES=all
  run -0 docker run --rm --gpus '"device=0,1"' "$DEMO" env
  contains "$output" NVIDIA_VISIBLE_DEVICES=0,1
}

@test "--runtime=nvidia chooses the runtime" {
  run -0 docker run -d --name training --runtime=nvidia -e NVIDIA_VISIBLE_DEVICES=0 "$DEMO" sleep 600
  same nvidia "$(state training HostConfig.Runtime)"
}

@test "stop, given what ps -a -q prints, stops everything" {
  docker run -d --name another "$DEMO" sleep 600
  run -0 docker stop -t 1 $(docker ps -a -q)
  same 3 "${#lines[@]}"
  run -0 docker ps -q
  same "" "$output"
}

@test "rm, given what ps -a -q prints, removes everything" {
  run -0 docker rm $(docker ps -a -q)
  same 3 "${#lines[@]}"
  run -0 docker ps -a -q
  same "" "$output"
}

@test "system prune asks, and removes stopped containers" {
  docker run --name leftover "$DEMO" true
  run -0 docker system prune <<<n
  contains "$output" "WARNING! This will remove:"
  contains "$output" "Are you sure you want to continue? [y/N]"
  same exited "$(state leftover State.Status)"
  run -0 docker system prune <<<y
  contains "$output" "Deleted Containers:"
  contains "$output" "Total reclaimed space:"
  run -0 docker ps -aq
  same "" "$output"
  contains "$(docker images)" "$REGISTRY/demo"
}

@test "system prune -a removes images, too" {
  run -0 docker system prune -a -f
  contains "$output" "Deleted Images:"
  contains "$output" "untagged: $DEMO"
  run -0 docker images -q
  same "" "$output"
}

@test "login, pull from a registry that wants it, and logout" {
  run -1 docker pull "$LOCKED/busy"
  contains "$output" "no basic auth credentials"
  run -0 docker login -u tester --password-stdin "$LOCKED" <<<s3cret
  contains "$output" "Login Succeeded"
  same 600 "$(stat -c %a "$HOME/.docker/config.json")"
  run -0 docker pull -q "$LOCKED/busy"
  same "$LOCKED/busy:latest" "$output"
  run -0 docker logout "$LOCKED"
  same "Removing login credentials for $LOCKED" "$output"
  lacks "$(cat "$HOME/.docker/config.json")" "$LOCKED"
}
