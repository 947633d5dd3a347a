# What dockerlite has beyond docker.
load helper

# A container whose health check passes once /tmp/ok is there.
checked() { docker run -d --name "$1" --health-cmd 'test -e /tmp/ok' --health-interval 200ms --health-retries 100 "${@:2}"; }

@test "wait --condition: running, paused and healthy" {
  docker create --name one "$BUSY" sleep 60
  (sleep 0.5; docker start one) >/dev/null &
  run -0 docker wait --condition running one
  same one "$output"
  docker pause one
  run -0 docker wait --condition=paused one
  same one "$output"
  docker unpause one
  run -1 docker wait --condition healthy one
  same "container one has no health check" "$output"
  run -1 docker wait --condition bogus one
  contains "$output" "unknown condition: bogus"
}

@test "wait --condition next-exit and removed ask the engine" {
  docker run -d --rm --name one "$BUSY" sh -c 'sleep 1; exit 7'
  run -0 docker wait --condition=removed one
  same 7 "$output"
}

@test "run -d --wait ends when the container is healthy" {
  run -0 checked one --wait --wait-timeout 30s "$BUSY" sh -c 'sleep 1; touch /tmp/ok; sleep 60'
  same healthy "$(state one State.Health.Status)"
  run -1 checked two --wait --wait-timeout 1 "$BUSY" sleep 60
  contains "$output" "timed out after 1s: container "
  contains "$output" "is still starting"
  run -1 docker run -d --wait --health-cmd true --health-interval 10s "$BUSY" sh -c 'exit 3'
  contains "$output" "has ended with exit code 3"
  run -1 docker run --wait "$BUSY" true
  same "--wait needs --detach" "$output"
}

@test "start --wait without a health check ends when it runs" {
  docker create --name one "$BUSY" sleep 60
  docker create --name two "$BUSY" sleep 60
  run -0 docker start --wait one two
  same $'one\ntwo' "$output"
  same running "$(state two State.Status)"
}

gone() { [ "$(state "$1" State.Status)" = exited ]; }

@test "run --die-with-client: SIGKILL of the client ends the container" {
  "$DOCKERLITE" run --name one --die-with-client "$BUSY" sleep 60 3>&- &
  local client=$!
  eventually [ "$(docker wait --condition running --wait-timeout 10 one 2>/dev/null)" = one ] || true
  eventually docker wait --condition running --wait-timeout 10 one
  kill -KILL $client
  eventually gone one
  same 137 "$(state one State.ExitCode)"
}

@test "run --die-with-client: a container that ended by itself is left alone, exit code and output as ever" {
  run -5 docker run --rm --die-with-client "$BUSY" sh -c 'echo hello; exit 5'
  same hello "$output"
  run -1 docker run -d --die-with-client "$BUSY" true
  contains "$output" "cannot specify both --die-with-client and --detach"
}

@test "run --dotenv-file reads quotes, export and comments" {
  printf '%s\n' '# settings' "export A='one two'" 'B="x\ty" # tab' 'C=plain # note' >env
  run -0 docker run --rm --dotenv-file env -e C=given "$BUSY" env
  contains "$output" "A=one two"
  contains "$output" $'B=x\ty'
  contains "$output" "C=given"
  printf 'A="x\n' >env
  run -125 docker run --rm --dotenv-file env "$BUSY" env
  contains "$output" "invalid dotenv file (env): line 1: the quote that opens here is never closed"
}

@test "inspect --as-run gives a line that makes the same container" {
  docker create --name one -e 'A=it'\''s' -l note='a b' -p 127.0.0.1:18099:80 -v data:/data --memory 64m --cpus 1.5 --restart on-failure:3 \
    --cap-add NET_ADMIN --ulimit nofile=100:200 --workdir /tmp --init "$BUSY" sh -c 'echo $A "$B"'
  run -0 docker inspect --as-run one
  local line=${output/--name one/--name two}
  line=${line/docker run/docker create}
  line=${line/--detach /}
  eval "$line"
  local field
  for field in Config.Env Config.Labels Config.Cmd Config.WorkingDir HostConfig.PortBindings HostConfig.Binds HostConfig.Memory HostConfig.NanoCpus \
    HostConfig.RestartPolicy HostConfig.CapAdd HostConfig.Ulimits HostConfig.Init HostConfig.NetworkMode; do
    same "$field $(state one $field)" "$field $(state two $field)"
  done
}

@test "ps --sort orders the list" {
  docker create --name bb "$BUSY" true
  docker create --name cc "$BUSY" true
  docker create --name aa "$BUSY" true
  run -0 docker ps -a --sort name --format '{{.Names}}'
  same $'aa\nbb\ncc' "$output"
  run -0 docker ps -a --sort -name --format '{{.Names}}'
  same $'cc\nbb\naa' "$output"
}

@test "stop, kill and rm with --filter and --all" {
  docker run -d --name one --label job=1 "$BUSY" sleep 60
  docker run -d --name two --label job=2 "$BUSY" sleep 60
  run -0 docker kill --filter label=job=1
  same running "$(state two State.Status)"
  run -0 docker stop -t 0 --all
  same exited "$(state two State.Status)"
  run -0 docker rm --filter label=job=1
  run -0 docker ps -aq
  same 1 "${#lines[@]}"
  run -0 docker rm --all
  run -0 docker ps -aq
  same "" "$output"
}

@test "logs of several containers: each line led by its container's name" {
  docker run --name one "$BUSY" sh -c 'echo a; echo b'
  docker run --name two "$BUSY" sh -c 'echo c >&2'
  run -0 --separate-stderr docker logs one two
  same $'one | a\none | b' "$output"
  same "two | c" "$stderr"
  run -0 --separate-stderr docker logs --follow two one
  same $'one | a\none | b' "$output"
  run -1 docker logs one nosuch
  contains "$output" "one    | a"
  contains "$output" "No such container: nosuch"
}
