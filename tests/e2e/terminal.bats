# What happens on a real terminal.
load helper

@test "run -it: the size is the terminal's, and follows it" {
  run -0 terminal 33x77 'expect:# ' 'send:stty size\n' 'expect:33 77' 'resize:44x99' 'run:sleep 0.5' 'send:stty size\n' 'expect:44 99' 'send:exit\n' \
    -- "$DOCKERLITE" run -it --rm "$BUSY" sh
  contains "$output" "exit 0"
  contains "$output" "terminal restored"
}

@test "run -it: the terminal is raw while it runs" {
  run -0 terminal 24x80 'expect:# ' mode 'send:exit\n' -- "$DOCKERLITE" run -it --rm "$BUSY" sh
  contains "$output" "mode raw"
  contains "$output" "terminal restored"
}

@test "run -it: Ctrl-C goes to the program in the container" {
  run -0 terminal 24x80 'expect:# ' 'send:sleep 600\n' 'expect:600' 'run:sleep 0.3' 'send:\x03' 'expect:# ' 'send:exit 3\n' \
    -- "$DOCKERLITE" run -it --rm "$BUSY" sh
  contains "$output" "exit 3"
}

@test "run -it: Ctrl-P Ctrl-Q leaves the container running, attach comes back" {
  run -0 terminal 24x80 'expect:# ' 'send:\x10\x11' -- "$DOCKERLITE" run -it --name box "$BUSY" sh
  contains "$output" "exit 0"
  contains "$output" "terminal restored"
  same running "$(state box State.Status)"
  run -0 terminal 24x80 'send:\n' 'expect:# ' 'send:exit 4\n' -- "$DOCKERLITE" attach box
  contains "$output" "exit 4"
}

@test "other detach keys" {
  run -0 terminal 24x80 'expect:# ' 'send:\x01d' -- "$DOCKERLITE" run -it --detach-keys ctrl-a,d --name box "$BUSY" sh
  contains "$output" "terminal restored"
  same running "$(state box State.Status)"
}

@test "exec -it: a second shell" {
  docker run -d --name box "$BUSY" sleep 600
  run -0 terminal 24x80 'expect:# ' 'send:tty; exit 6\n' -- "$DOCKERLITE" exec -it box sh
  contains "$output" /dev/pts/
  contains "$output" "exit 6"
  contains "$output" "terminal restored"
}

@test "SIGTERM leaves the terminal as it was" {
  run -0 terminal 24x80 'expect:# ' 'signal:TERM' 'run:sleep 0.3' 'send:exit\n' -- "$DOCKERLITE" run -it --rm "$BUSY" sh
  contains "$output" "terminal restored"
}

@test "SIGHUP leaves the terminal as it was" {
  run -0 terminal 24x80 'expect:# ' 'signal:HUP' 'run:sleep 0.3' 'send:exit\n' -- "$DOCKERLITE" run -it --rm "$BUSY" sh
  contains "$output" "terminal restored"
}

@test "-t without a terminal here" {
  run -1 docker run -it "$BUSY" sh </dev/null
  contains "$output" "the input device is not a TTY"
  run -0 docker run -t --rm "$BUSY" tty
  contains "$output" /dev/pts/
}

@test "prune asks on a terminal, and No is the default" {
  docker run --name box "$BUSY" true
  run -0 terminal 24x80 'expect:[y/N] ' 'send:\n' -- "$DOCKERLITE" container prune
  contains "$output" "exit 0"
  same exited "$(state box State.Status)"
}

@test "login asks for the password without showing it" {
  run -0 terminal 24x80 'expect:Password: ' 'send:s3cret\n' 'expect:Login Succeeded' -- "$DOCKERLITE" login -u tester "$LOCKED"
  lacks "$output" s3cret
  contains "$output" "terminal restored"
}
