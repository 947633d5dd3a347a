# Engines that are not well, full disks, closed pipes: an error that says what was wrong, the right exit code, nothing left behind.
load helper

# Starts bad_engine.py and points the program under test at it.
bad_engine() {
  python3 "$HERE/bad_engine.py" "$PWD/bad.sock" "$1" >ready 2>&1 3>&- &
  PROXY=$!
  eventually grep -q ready ready
  export DOCKER_HOST=unix://$PWD/bad.sock
}

@test "engines that talk nonsense, break off or hang up: an error, no crash" {
  for mode in nonsense not-json cut hangs-up; do
    bad_engine $mode
    for command in "ps -a" images "inspect x" "top x" "system prune -f"; do
      code=0
      docker $command >out 2>err </dev/null || code=$?
      echo "$mode: $command: $code: $(cat err)"
      [ $code -ge 1 ] && [ $code -le 125 ] && [ $code != 124 ]
      [ -s err ]
    done
    kill "$PROXY"
  done
}

@test "an engine that dies while a container runs" {
  behind 1.41
  "$DOCKERLITE" run --name box "$BUSY" sh -c 'echo started; sleep 600' >out 2>err 3>&- &
  client=$!
  eventually grep -q started out
  kill -9 "$PROXY"
  code=0
  wait $client || code=$?
  cat err
  [ $code -ge 1 ] && [ $code -le 125 ]
}

@test "an engine that dies leaves the terminal as it was" {
  behind 1.41
  run -0 terminal 24x80 'expect:# ' "run:kill -9 $PROXY" -- "$DOCKERLITE" run -it --name box "$BUSY" sh
  contains "$output" "terminal restored"
  lacks "$output" "exit 0"
}

@test "an engine that dies ends logs -f" {
  behind 1.41
  docker run -d --name box "$BUSY" sh -c 'echo started; sleep 600'
  "$DOCKERLITE" logs -f box >out 2>err 3>&- &
  client=$!
  eventually grep -q started out
  kill -9 "$PROXY"
  code=0
  wait $client || code=$?
  cat err
  [ $code -le 125 ]
}

@test "a full disk: the error is said, the exit code is not 0" {
  docker create --name box "$BUSY" true
  run docker export -o /dev/full box
  [ "$status" -ne 0 ]
  run bash -c '"$1" export box 2>err >/dev/full; code=$?; cat err; exit $code' _ "$DOCKERLITE"
  [ "$status" -ne 0 ]
  contains "$output" "no space left on device"
  run bash -c '"$1" run --rm "$2" seq 100000 2>err >/dev/full; code=$?; cat err; exit $code' _ "$DOCKERLITE" "$BUSY"
  contains "$output" "no space left on device"
}

@test "an export that fails leaves no half-written file" {
  run -1 docker export -o out.tar nosuch
  [ ! -e out.tar ]
}

@test "a reader that goes away ends a list quietly" {
  for n in $(seq 5); do docker create "$BUSY" true >/dev/null; done
  run -0 bash -c '"$1" ps -a --no-trunc 2>err | true; cat err' _ "$DOCKERLITE"
  same "" "$output"
}

@test "bad templates and flag values" {
  run docker ps --format '{{.Nosuch}}'
  [ "$status" -ne 0 ]
  contains "$output" "Nosuch"
  run docker ps --format '{{'
  [ "$status" -ne 0 ]
  contains "$output" "failed to parse template"
  run -125 docker ps -n many
  contains "$output" 'invalid argument "many" for "-n, --last" flag'
}
