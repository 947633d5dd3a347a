# exec, logs, attach, cp, export: bytes in and out of containers.
load helper

setup() {
  isolate
  have_image "$BUSY"
}

idle() { docker run -d --name box "$BUSY" sleep 600 >/dev/null; }

@test "exec: streams, exit code, environment, user, folder" {
  idle
  run -5 --separate-stderr docker exec -e A=b -u 1000 -w /tmp box sh -c 'echo $A; id -u; pwd; echo err >&2; exit 5'
  same $'b\n1000\n/tmp' "$output"
  same err "$stderr"
  run -0 docker exec -i box cat <<<hello
  same hello "$output"
  run -0 docker exec -d box touch /made
  same "" "$output"
  eventually docker exec box test -e /made
}

@test "exec: large input and output arrive whole" {
  idle
  seq 200000 >numbers
  run -0 bash -c '"$1" exec -i box cat <numbers | md5sum' _ "$DOCKERLITE"
  same "$(md5sum <numbers)" "$output"
}

@test "exec: what is not there" {
  idle
  code=0
  docker exec box /no/such || code=$?
  [ $code = 127 ] || [ $code = 126 ]
  run -1 docker exec nosuch true
  contains "$output" "No such container: nosuch"
  docker stop -t 0 box
  run -1 docker exec box true
  contains "$output" "is not running"
}

@test "logs: streams, tail, timestamps, since" {
  docker run --name one "$BUSY" sh -c 'echo first; echo second >&2; echo third' >/dev/null 2>&1
  run -0 --separate-stderr docker logs one
  same $'first\nthird' "$output"
  same second "$stderr"
  docker run --name two "$BUSY" sh -c 'echo first; echo last'
  run -0 docker logs -n 1 two
  same last "$output"
  run -0 docker logs -t --tail 1 two
  [[ $output =~ ^[0-9]{4}-[0-9-]+T[0-9:.]+Z\ last$ ]]
  run -0 docker logs --since 2100-01-01 two
  same "" "$output"
  run -1 docker logs nosuch
  same "Error response from daemon: No such container: nosuch" "$output"
}

@test "logs -f follows, and ends with the container" {
  docker run -d --name one "$BUSY" sh -c 'for i in 1 2 3; do echo $i; sleep 0.3; done'
  run -0 docker logs -f one
  same $'1\n2\n3' "$output"
}

@test "logs: many lines arrive whole and in order, also of a container that goes on writing" {
  docker run -d --name one "$BUSY" sh -c 'seq 30000; sleep 1; seq 30000 >&2; for i in 1 2 3; do echo end $i; sleep 0.2; done'
  run -0 bash -c '"$1" logs -f one 2>err | md5sum; md5sum <err' _ "$DOCKERLITE"
  same "$({ seq 30000; printf 'end %d\n' 1 2 3; } | md5sum)"$'\n'"$(seq 30000 | md5sum)" "$output"
  run -0 bash -c '"$1" logs one 2>/dev/null | md5sum' _ "$DOCKERLITE"
  same "$({ seq 30000; printf 'end %d\n' 1 2 3; } | md5sum)" "$output"
}

@test "attach: input, output, exit code" {
  docker run -di --name one "$BUSY" sh -c 'read line; echo "got $line"; exit 8'
  run -8 bash -c '(echo hello; sleep 1) | timeout 20 "$1" attach one' _ "$DOCKERLITE"
  same "got hello" "$output"
  run -1 docker attach one
  contains "$output" "cannot attach to a stopped container"
}

@test "cp: a file in and out" {
  idle
  echo content >file
  docker cp -q file box:/tmp/copy
  same content "$(docker exec box cat /tmp/copy)"
  docker cp -q box:/tmp/copy back
  same content "$(cat back)"
}

@test "cp: a folder, its content, a rename, archives" {
  idle
  mkdir -p tree/sub
  echo 1 >tree/one
  echo 2 >tree/sub/two
  docker cp -q tree box:/tmp
  same 2 "$(docker exec box cat /tmp/tree/sub/two)"
  docker cp -q tree/. box:/root
  same 1 "$(docker exec box cat /root/one)"
  docker cp -q box:/tmp/tree other
  same 2 "$(cat other/sub/two)"
  run -0 bash -c '"$1" cp box:/tmp/tree - | tar -t' _ "$DOCKERLITE"
  contains "$output" tree/sub/two
  tar -c tree | docker cp - box:/var
  same 1 "$(docker exec box cat /var/tree/one)"
}

@test "cp: what is not there" {
  idle
  run -1 docker cp box:/no/such .
  contains "$output" "Could not find the file /no/such in container box"
  run -1 docker cp nosuch-file box:/tmp
  contains "$output" "no such file or directory"
  run -1 docker cp nosuch:/x .
  contains "$output" "No such container: nosuch"
  run -1 docker cp a b
  contains "$output" "must specify at least one container source"
}

@test "export, to a file and to a pipe" {
  docker create --name one "$BUSY" true
  docker export -o one.tar one
  contains "$(tar -tf one.tar)" bin/busybox
  run -0 bash -c '"$1" export one | tar -t' _ "$DOCKERLITE"
  contains "$output" etc/passwd
  run -1 docker export nosuch
  contains "$output" "No such container: nosuch"
}

@test "commit makes an image of a container" {
  docker run --name one "$BUSY" sh -c 'echo kept >/kept'
  run -0 docker commit -a me -m why -c 'CMD ["cat", "/kept"]' one mine:1
  [[ $output =~ ^sha256:[0-9a-f]{64}$ ]]
  run -0 docker run --rm mine:1
  same kept "$output"
  docker rmi mine:1
  run -1 docker commit nosuch
  contains "$output" "No such container: nosuch"
}
