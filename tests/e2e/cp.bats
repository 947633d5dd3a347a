# Copying into and out of containers, export, commit.
load helper

# A container with a few files, not running.
filled() {
  docker run --name "$1" "$BUSY" sh -c '
    mkdir -p /d/sub && cd /d && echo hello >f && echo deep >sub/s && ln f hard && ln -s f link && ln -s sub folder &&
    chmod 4750 f && touch -d "2001-02-03 04:05:06" f sub/s' >/dev/null
}

# What is below the current folder, links not followed.
tree() { find . -mindepth 1 -not -path './.docker*' -printf '%y %m %p %l\n' | LC_ALL=C sort -k 3; }

@test "cp: a file and a folder out of a container keep modes, times and links" {
  filled box
  mkdir out && cd out
  docker cp box:/d/f .
  same "f 4750 ./f " "$(tree)"
  same 2001-02-03 "$(date -r f +%F)"
  docker cp box:/d/. all
  same "$(printf '%s\n' 'f 4750 ./all/f ' 'l 777 ./all/folder sub' 'f 4750 ./all/hard ' 'l 777 ./all/link f' 'd 755 ./all/sub ' \
    'f 644 ./all/sub/s ' | LC_ALL=C sort -k 3)" "$(tree | grep all/)"
  same "$(stat -c %i all/f)" "$(stat -c %i all/hard)"
  same hello "$(cat all/f)"
}

@test "cp: -L copies what a link points to" {
  filled box
  docker cp -L box:/d/link copied
  same hello "$(cat copied)"
  docker cp -L box:/d/folder .
  same deep "$(cat folder/s)"
  docker cp box:/d/link .
  same f "$(readlink link)"
}

@test "cp: a tree into a container and out again is the same tree" {
  docker create --name box "$BUSY" true
  mkdir -p "tree/a b/ünicode" tree/empty
  echo 1 >tree/one
  head -c 3000000 /dev/urandom >"tree/a b/large"
  truncate -s 5M tree/sparse
  ln tree/one tree/two
  ln -s "a b/large" tree/link
  ln -s nowhere tree/broken
  touch "tree/a b/ünicode/$(printf 'n%.0s' {1..200})" $'tree/no\xff\xfeutf8'
  chmod 2755 tree/empty
  chmod 0400 tree/one
  docker cp tree box:/
  docker cp box:/tree back
  (cd tree && find . -printf '%y %m %n %s %T@ %P %l\n' | sed 's/\.[0-9]* / /' | grep -v '^d' | sort) >expected
  (cd back && find . -printf '%y %m %n %s %T@ %P %l\n' | sed 's/\.[0-9]* / /' | grep -v '^d' | sort) >actual
  diff expected actual
  diff -r --no-dereference tree back
  same 2755 "$(stat -c %a back/empty)"
}

@test "cp: tar streams through stdin and stdout" {
  filled box
  docker cp box:/d/sub - >sub.tar
  same "sub/ sub/s" "$(tar tf sub.tar | xargs)"
  docker create --name other "$BUSY" true
  docker cp - other:/tmp <sub.tar
  docker cp other:/tmp/sub/s .
  same deep "$(cat s)"
}

@test "cp: owners go along with -a" {
  [ "$(id -u)" = 0 ] || skip "needs root"
  docker create --name box "$BUSY" true
  echo x >f
  chown 1234:2345 f
  docker cp -a f box:/tmp/
  same "1234/2345" "$(docker cp box:/tmp/f - | tar tv --numeric-owner -f - | awk '{print $2}')"
}

@test "cp: a rewritten file in a running container is seen there" {
  docker run -d --name box "$BUSY" sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done' >/dev/null
  echo new >f
  docker cp f box:/etc/hello
  same new "$(docker exec box cat /etc/hello)"
}

@test "cp: what cannot be copied" {
  filled box
  run -1 --separate-stderr docker cp box:/d/nothing .
  contains "$stderr" "Could not find the file /d/nothing in container box"
  run -1 --separate-stderr docker cp nosuch:/d .
  contains "$stderr" "No such container: nosuch"
  run -1 --separate-stderr docker cp box:/d no/where
  same "invalid output path: directory \"$PWD/no\" does not exist" "$stderr"
  touch file
  run -1 --separate-stderr docker cp box:/d file
  same "cannot copy directory" "$stderr"
  run -1 --separate-stderr docker cp file box:/no/where
  contains "$stderr" "Error response from daemon: "
  run -1 --separate-stderr docker cp nothing box:/
  same "lstat $PWD/nothing: no such file or directory" "$stderr"
  run -1 --separate-stderr docker cp box:/d nosuch:/d
  same "copying between containers is not supported" "$stderr"
}

@test "cp: a link out of the destination is refused and nothing is written beside it" {
  docker run --name box "$BUSY" sh -c 'mkdir /d; ln -s ../../outside /d/esc' >/dev/null
  mkdir in
  run -1 --separate-stderr docker cp box:/d in
  same "invalid symlink \"$PWD/in/d/esc\" -> \"../../outside\"" "$stderr"
  same "d 755 ./d" "$(cd in && tree | sed 's/ *$//')"
}

@test "cp: the summary on a terminal" {
  filled box
  run -0 terminal 24x80 -- "$DOCKERLITE" cp box:/d/f copied
  contains "$output" "Successfully copied 2.05kB to $PWD/copied"
  run -0 terminal 24x80 -- "$DOCKERLITE" cp -q box:/d/f copied
  [[ $output != *Successfully* ]]
}

@test "cp: interrupted, it leaves no part of a file" {
  docker run --name box "$BUSY" sh -c 'dd if=/dev/zero of=/large bs=1M count=400 2>/dev/null' >/dev/null
  "$DOCKERLITE" cp box:/large . &
  local job=$! code=0
  sleep 0.3
  kill $job || skip "it was faster"
  wait $job || code=$?
  same 143 "$code"
  same "" "$(tree)"
}

@test "export: to stdout and to a file" {
  filled box
  docker export box | tar tf - >listed
  grep -qx d/sub/s listed
  docker export -o out.tar box
  same 600 "$(stat -c %a out.tar)"
  tar tf out.tar | cmp - listed
  same "" "$(find . -name '.tmp-*')"
}

@test "export: what it refuses, and a reader that goes away" {
  filled box
  run -1 --separate-stderr docker export nosuch
  contains "$stderr" "No such container: nosuch"
  run -1 --separate-stderr docker export -o . box
  same "failed to export container: cannot write to a directory" "$stderr"
  run -1 --separate-stderr docker export -o out nosuch
  [ ! -e out ]
  docker export box 2>errors | head -c 10 >/dev/null
  same 141 "${PIPESTATUS[0]}"
  same "" "$(cat errors)"
}

@test "commit makes an image with what was changed" {
  filled box
  run -0 docker commit -a me -m "a message" -c 'ENV A=1' -c 'CMD ["cat", "/d/f"]' box committed:1
  [[ $output =~ ^sha256:[0-9a-f]{64}$ ]]
  same hello "$(docker run --rm committed:1)"
  contains "$(api GET /images/committed:1/json)" '"A=1"'
  contains "$(api GET /images/committed:1/json)" '"me"'
  run -1 --separate-stderr docker commit box UPPER
  same "invalid reference format: repository name (library/UPPER) must be lowercase" "$stderr"
  api DELETE /images/committed:1?force=1 >/dev/null
}
