# Listing, starting, stopping and all the rest that is done to containers that exist.
load helper

# A container that obeys SIGTERM at once.
obedient() { docker run -d --name "$1" "$BUSY" sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done' >/dev/null; }

@test "ps: columns, all, quiet, last, latest, size, no truncation" {
  docker run --name one "$BUSY" true
  obedient two
  run -0 docker ps
  [[ ${lines[0]} =~ ^CONTAINER\ ID\ +IMAGE\ +COMMAND\ +CREATED\ +STATUS\ +PORTS\ +NAMES$ ]]
  same 2 "${#lines[@]}"
  run -0 docker ps -a
  same 3 "${#lines[@]}"
  run -0 docker ps -lq
  same "$(state two Id)" "$(docker ps -lq --no-trunc)"
  same "${output}" "$(state two Id | cut -c 1-12)"
  run -0 docker ps -n 1 --format '{{.Names}}'
  same two "$output"
  run -0 docker ps -as --format '{{.Size}}'
  contains "$output" "(virtual "
  run -0 docker container list --no-trunc --format 'table {{.ID}}\t{{.Names}}'
  contains "$output" "$(state two Id)"
}

@test "ps --filter and --format json" {
  docker create --name one --label group=a "$BUSY" true
  docker create --name two --label group=b "$BUSY" true
  run -0 docker ps -a --filter label=group=a --format '{{.Names}}'
  same one "$output"
  run -0 docker ps -a --filter status=created --filter name=two --format json
  contains "$output" '"Names":"two"'
  run -1 docker ps --filter nosuch=1
  contains "$output" "Error response from daemon: "
  run -125 docker ps --filter broken
  contains "$output" 'invalid argument "broken" for "-f, --filter" flag'
}

@test "ps takes its format from config.json" {
  mkdir -p .docker
  echo '{"psFormat": "{{.Names}} from the configuration"}' >.docker/config.json
  docker create --name one "$BUSY" true
  run -0 docker ps -a
  same "one from the configuration" "$output"
}

@test "start: several, in the order of the arguments, and one that is not there" {
  docker create --name one "$BUSY" true
  docker create --name two "$BUSY" true
  run -1 --separate-stderr docker start two nosuch one
  same $'two\none' "$output"
  contains "$stderr" "Error response from daemon: No such container: nosuch"
  contains "$stderr" "failed to start containers: nosuch"
}

@test "start -a -i passes input and output" {
  docker create -i --name one "$BUSY" cat
  run -0 docker start -ai one <<<hello
  same hello "$output"
}

@test "stop and restart, with a time and a signal" {
  obedient one
  docker run -d --name deaf "$BUSY" sh -c 'trap "" TERM; while :; do sleep 0.1; done'
  run -0 docker stop -t 1 one deaf
  same $'one\ndeaf' "$output"
  same 137 "$(state deaf State.ExitCode)"
  run -0 docker restart -t 0 one
  same one "$output"
  same running "$(state one State.Status)"
  run -1 docker stop nosuch
  same "Error response from daemon: No such container: nosuch" "$output"
}

@test "stopping many takes no longer than stopping one" {
  for name in a1 a2 a3 a4; do docker run -d --name $name "$BUSY" sh -c 'trap "" TERM; while :; do sleep 0.1; done'; done
  start=$SECONDS
  docker stop -t 2 a1 a2 a3 a4
  [ $((SECONDS - start)) -lt 8 ]
}

@test "kill: the signal that is asked for" {
  docker run -d --name one "$BUSY" sh -c 'trap "exit 21" USR1; while :; do sleep 0.1; done'
  sleep 0.3
  run -0 docker kill -s USR1 one
  same one "$output"
  run -0 docker wait one
  same 21 "$output"
  run -1 docker kill one
  contains "$output" "is not running"
}

@test "wait: several" {
  docker run -d --name one "$BUSY" sh -c 'exit 3'
  docker run -d --name two "$BUSY" sh -c 'exit 4'
  run -0 docker wait one two
  same $'3\n4' "$output"
  run -1 docker wait nosuch
  same "Error response from daemon: No such container: nosuch" "$output"
}

@test "rm: several, force, volumes, what is missing" {
  obedient one
  docker create --name two -v /data "$BUSY" true
  run -1 docker rm one
  contains "$output" "Error response from daemon: "
  contains "$output" "container"
  run -0 docker rm -f -v one two
  same $'one\ntwo' "$output"
  run -1 docker rm nosuch
  same "Error response from daemon: No such container: nosuch" "$output"
}

@test "container prune: the question, the filter, the reclaimed space" {
  docker run --name one --label keep=yes "$BUSY" true
  docker run --name two "$BUSY" true
  id=$(state two Id)
  run -0 docker container prune -f --filter label!=keep
  same $'Deleted Containers:\n'"$id" "$(head -n 2 <<<"$output")"
  contains "$output" "Total reclaimed space: 0B"
  same one "$(docker ps -a --format '{{.Names}}')"
}

@test "pause and unpause" {
  obedient one
  run -0 docker pause one
  same one "$output"
  same paused "$(state one State.Status)"
  run -1 docker pause one
  contains "$output" "already paused"
  run -0 docker unpause one
  same running "$(state one State.Status)"
}

@test "rename and update" {
  docker create --name one "$BUSY" true
  run -0 docker rename one other
  same "" "$output"
  same /other "$(state other Name)"
  run -0 docker update --memory 64m --memory-swap 128m --restart on-failure:3 other
  same other "$output"
  same 67108864 "$(state other HostConfig.Memory)"
  same '{"Name": "on-failure", "MaximumRetryCount": 3}' "$(state other HostConfig.RestartPolicy)"
  run -1 docker rename nosuch x1
  contains "$output" "No such container: nosuch"
}

@test "top, port and diff" {
  docker run -d --name one -p 127.0.0.1:18081:80/tcp -p 127.0.0.1:18082:53/udp "$BUSY" sh -c 'echo x >/new; exec sleep 600'
  eventually docker exec one test -e /new
  run -0 docker top one
  contains "${lines[0]}" PID
  contains "$output" "sleep 600"
  run -0 docker port one
  same $'53/udp -> 127.0.0.1:18082\n80/tcp -> 127.0.0.1:18081' "$(sort <<<"$output")"
  run -1 docker port one 99
  contains "$output" "No public port '99' published for one"
  run -0 docker diff one
  contains "$output" "A /new"
  run -1 docker diff nosuch
  contains "$output" "No such container: nosuch"
}

@test "stats of one that runs" {
  obedient one
  run -0 docker stats --no-stream
  contains "${lines[0]}" "CPU %"
  contains "$output" one
  run -0 docker stats --no-stream --format '{{.Name}} {{.PIDs}}' one
  [[ $output =~ ^one\ [0-9]+$ ]]
  run -1 docker stats --no-stream nosuch
  contains "$output" "No such container: nosuch"
}

@test "inspect: one, several, a template, what is missing" {
  docker create --name one --label a=b "$BUSY" true
  run -0 docker inspect one
  same "[" "${lines[0]}"
  contains "$output" '"Name": "/one"'
  run -0 docker inspect --format '{{.Name}} {{index .Config.Labels "a"}} {{json .Config.Cmd}}' one
  same '/one b ["true"]' "$output"
  run -1 --separate-stderr docker inspect --format '{{.Name}}' one nosuch
  same /one "$output"
  contains "$stderr" "No such object: nosuch"
  run -0 docker inspect --type image --format '{{.Os}}' "$BUSY"
  same linux "$output"
  run -0 docker container inspect -s --format '{{.SizeRw}}' one
  same 0 "$output"
  run -64 docker inspect --format '{{.Broken' one || [ "$status" -ne 0 ]
  contains "$output" "template parsing error"
}
