load helper

@test "a container's output goes to the same stream here, and its exit code is the command's" {
  run -3 --separate-stderr docker run --rm "$BUSY" sh -c 'echo out; echo err >&2; exit 3'
  same out "$output"
  same err "$stderr"
}

@test "the name docker works, as the alias in many scripts has it" {
  ln -s "$DOCKERLITE" docker
  run -0 ./docker run --rm "$BUSY" echo hello
  same hello "$output"
}

@test "-i passes standard input on, and its end" {
  run -0 docker run -i --rm "$BUSY" wc -l < <(seq 1000)
  same 1000 "$output"
}

@test "large output arrives whole" {
  run -0 bash -c '"$1" run --rm "$2" sh -c "seq 200000" | md5sum' _ "$DOCKERLITE" "$BUSY"
  same "$(seq 200000 | md5sum)" "$output"
}

@test "large input arrives whole" {
  seq 200000 >numbers
  run -0 bash -c '"$1" run -i --rm "$2" md5sum <numbers' _ "$DOCKERLITE" "$BUSY"
  same "$(md5sum <numbers)" "$output"
}

@test "a closed pipe ends the command" {
  run -0 timeout 30 bash -c '"$1" run --rm "$2" seq 100000 2>/dev/null | head -n 1' _ "$DOCKERLITE" "$BUSY"
  same 1 "$output"
}

@test "exit codes: 127 not found, 126 not executable, 125 what the engine refuses" {
  run -127 docker run --rm "$BUSY" /no/such/program
  contains "$output" "docker: Error response from daemon: "
  contains "$output" "no such file or directory"
  run -126 docker run --rm "$BUSY" /etc/passwd
  contains "$output" "permission denied"
  run -125 docker run --rm --network nosuch "$BUSY" true
  contains "$output" "network nosuch not found"
}

@test "exit code 137 of a container that is killed" {
  "$DOCKERLITE" run --name box "$BUSY" sleep 600 3>&- &
  client=$!
  running() { [ "$(state box State.Status 2>/dev/null)" = running ]; }
  eventually running
  docker kill box
  code=0
  wait $client || code=$?
  same 137 $code
}

@test "a missing image is pulled, and its progress stays off standard output" {
  api DELETE "/images/$DEMO?force=1" >/dev/null
  run -0 --separate-stderr docker run --rm "$DEMO"
  same "hello from demo 2.0" "$output"
  contains "$stderr" "Unable to find image '$DEMO' locally"
  contains "$stderr" "Status: Downloaded newer image for $DEMO"
}

@test "--pull never does not pull" {
  run -125 --separate-stderr docker run --pull never "$REGISTRY/nosuch:1"
  contains "$stderr" "No such image: $REGISTRY/nosuch:1"
}

@test "an image that nobody has" {
  run -125 --separate-stderr docker run "$REGISTRY/nosuch:1"
  contains "$stderr" "Unable to find image '$REGISTRY/nosuch:1' locally"
  contains "$stderr" "docker: Error response from daemon: manifest for $REGISTRY/nosuch:1 not found"
  contains "$stderr" "Run 'docker run --help' for more information"
}

@test "-d prints the id; --name, --cidfile and --rm do what they say" {
  run -0 docker run -d --rm --name quick --cidfile id "$BUSY" sleep 600
  same "$output" "$(cat id)"
  same "$output" "$(state quick Id)"
  docker stop -t 0 quick
  gone() { ! state quick Id 2>/dev/null; }
  eventually gone
}

@test "a cidfile that exists is not overwritten" {
  touch id
  run -125 docker run --cidfile id "$BUSY" true
  contains "$output" "container ID file found, make sure the other container isn't running or delete id"
}

@test "a name that is taken" {
  docker create --name taken "$BUSY" true
  run -125 docker run --name taken "$BUSY" true
  contains "$output" 'Conflict. The container name "/taken" is already in use by container'
}

@test "environment: -e, -e from here, --env-file" {
  printf '# comment\nFROM_FILE=a b\n\nEXPORTED\n' >vars
  EXPORTED=here run -0 docker run --rm -e ONE=1 -e EXPORTED --env-file vars "$BUSY" sh -c 'echo "$ONE,$FROM_FILE,$EXPORTED"'
  same "1,a b,here" "$output"
}

@test "an env-file that cannot be read" {
  run -125 docker run --rm --env-file nosuch "$BUSY" true
  same "docker: open nosuch: no such file or directory" "${lines[0]}"
}

@test "labels, hostname, user, working directory, entrypoint" {
  printf 'from=file\n' >labels
  run -0 docker run --name box -l a=b --label-file labels -h box -u 1000:1000 -w /tmp --entrypoint sh "$BUSY" -c 'hostname; id -u; pwd'
  same $'box\n1000\n/tmp' "$output"
  same '{"a": "b", "from": "file"}' "$(state box Config.Labels)"
}

@test "volumes: named, anonymous, read-only, tmpfs, --mount" {
  docker run --rm -v keep:/data "$BUSY" sh -c 'echo kept >/data/file'
  run -0 docker run --rm --mount type=volume,src=keep,dst=/data,readonly "$BUSY" sh -c 'cat /data/file; touch /data/x 2>/dev/null || echo no'
  same $'kept\nno' "$output"
  run -0 docker run --rm --tmpfs /scratch:size=1m "$BUSY" sh -c 'grep /scratch /proc/mounts | cut -d " " -f 1'
  same tmpfs "$output"
  run -125 docker run --rm --mount type=bind,src=/no/such/folder,dst=/x "$BUSY" true
  contains "$output" "bind source path does not exist: /no/such/folder"
}

@test "a published port answers" {
  docker run -d --name web -p 127.0.0.1:18080:80 "$BUSY" sh -c 'while :; do echo -e "HTTP/1.0 200 OK\r\n\r\nhello" | nc -l -p 80; done'
  answers() { [ "$("$HERE/../engine/engine" enter "$E2E_ENGINE" curl -s -m 2 http://127.0.0.1:18080/)" = hello ]; }
  eventually answers
  run -0 docker port web 80
  same 127.0.0.1:18080 "$output"
}

@test "limits reach the engine" {
  docker create --name box -m 64m --memory-reservation 32m --cpus 0.5 --pids-limit 50 --ulimit nofile=100:200 --shm-size 1m "$BUSY" true
  same 67108864 "$(state box HostConfig.Memory)"
  same 33554432 "$(state box HostConfig.MemoryReservation)"
  same 500000000 "$(state box HostConfig.NanoCpus)"
  same 50 "$(state box HostConfig.PidsLimit)"
  same 1048576 "$(state box HostConfig.ShmSize)"
  contains "$(state box HostConfig.Ulimits)" '"Hard": 200'
}

@test "a health check, and its state" {
  docker run -d --name box --health-cmd true --health-interval 1s "$BUSY" sleep 600
  healthy() { [ "$(state box State.Health.Status)" = healthy ]; }
  eventually healthy
  contains "$(docker ps --format '{{.Status}}')" "(healthy)"
}

@test "--init, --read-only, --cap-drop and --security-opt are the container's" {
  run -0 docker run --rm --read-only --cap-drop ALL --security-opt no-new-privileges "$BUSY" sh -c 'touch /x 2>&1; grep NoNewPrivs /proc/self/status'
  contains "$output" "Read-only file system"
  contains "$output" $'NoNewPrivs:\t1'
}

@test "a network of one's own, an alias, a fixed address" {
  api POST /networks/create -H 'Content-Type: application/json' -d '{"Name": "own", "IPAM": {"Config": [{"Subnet": "10.201.7.0/24"}]}}' >/dev/null
  docker run -d --name box --network name=own,ip=10.201.7.9,alias=other "$BUSY" sleep 600
  same 10.201.7.9 "$(state box NetworkSettings.Networks.own.IPAddress)"
  run -0 docker run --rm --network own "$BUSY" ping -c 1 -W 5 other
  contains "$output" 10.201.7.9
}

@test "a bad flag value is docker's sentence and code 125" {
  run -125 docker run -m lots "$BUSY"
  same "invalid argument \"lots\" for \"-m, --memory\" flag: invalid size: 'lots'" "${lines[0]}"
  run -125 docker run --nosuch "$BUSY"
  same "unknown flag: --nosuch" "${lines[0]}"
}

@test "no image" {
  run -1 docker run
  contains "${lines[0]}" "requires at least 1 argument"
}

@test "create prints the id, and start -a runs it" {
  id=$(docker create "$BUSY" sh -c 'echo started; exit 4')
  run -4 docker start -a "$id"
  same started "$output"
}

@test "SIGTERM to the client reaches the container" {
  "$DOCKERLITE" run --name box "$BUSY" sh -c 'trap "echo got it; exit 9" TERM; echo ready; while :; do sleep 0.1; done' >out 2>&1 3>&- &
  client=$!
  eventually grep -q ready out
  kill -TERM $client
  code=0
  wait $client || code=$?
  same 9 $code
  contains "$(cat out)" "got it"
}
