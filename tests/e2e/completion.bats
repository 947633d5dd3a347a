# Completion in a real, interactive bash that has nothing but our script, with candidates from a real engine.
load helper

# typed STEP...: a bash in which the script is loaded, and the program is found by its name; see terminal.py for the steps.
typed() {
  echo "PS1='ready> '; source <($(basename "$DOCKERLITE") completion bash)" >bashrc
  PATH=$(dirname "$DOCKERLITE"):$PATH INPUTRC=/dev/null TERM=dumb terminal 24x150 'expect:ready> ' "$@" 'send:\x15exit\n' \
    -- bash --rcfile bashrc --noprofile -i
}

@test "a command is completed, and commands are listed with what they do" {
  run -0 typed "send:dockerlite unpau\t" 'expect:dockerlite unpause '
  run -0 typed "send:dockerlite container sta\t\t" 'expect:start  (' 'expect:stats  ('
}

@test "flags and their values, as a word of their own and after =" {
  run -0 typed "send:dockerlite run --pul\t" 'expect:--pull ' 'send:al\t' 'expect:always '
  run -0 typed "send:dockerlite run --pull=nev\t" 'expect:--pull=never '
  run -0 typed "send:dockerlite run --ulimit nof\t" 'expect:nofile=' 'send:512' 'expect:512'
}

@test "the line that was completed runs: containers by state, an image by its name with colons" {
  docker create --name one-stopped "$BUSY" true
  docker run -d --name one-running "$BUSY" sleep 600
  run -0 typed "send:dockerlite rm one\t" 'expect:one-stopped ' 'send:\n' 'expect:ready> '
  run -1 docker container inspect one-stopped
  run -0 typed "send:dockerlite pause one\t" 'expect:one-running ' 'send:\n' 'expect:ready> '
  same paused "$(state one-running State.Status)"
  run -0 typed "send:dockerlite run --rm ${BUSY%sy}\t" "expect:$BUSY:latest " 'send:echo don""e\n' 'expect:done'
  run -0 typed "send:dockerlite run --rm \"${BUSY%sy}\t" "expect:$BUSY:latest\" " 'send:echo don""e\n' 'expect:done'
}

@test "another container's namespace, whose value has a colon" {
  docker run -d --ipc shareable --name box "$BUSY" sleep 600
  run -0 typed 'send:dockerlite run --rm --ipc con\t' 'expect:container:' 'send:bo\t' 'expect:box ' \
    "send:$BUSY echo don\"\"e\n" 'expect:done'
  run -0 typed 'send:dockerlite run --rm --pid=container:b\t' 'expect:--pid=container:box ' "send:$BUSY echo don\"\"e\n" 'expect:done'
}

@test "networks and variables" {
  api POST /networks/create -H 'Content-Type: application/json' -d '{"Name":"completed"}'
  run -0 typed 'send:dockerlite run --network compl\t' 'expect:completed '
  ZZ_NAME=1 run -0 typed 'send:dockerlite run -e ZZ_\t' 'expect:ZZ_NAME '
}

@test "file names where a file is meant, and after what is not known" {
  touch some.env
  run -0 typed 'send:dockerlite run --env-file som\t' 'expect:some.env '
  run -0 typed 'send:dockerlite cp som\t' 'expect:some.env '
}

@test "the engine that the line names; one that is down gives nothing, and no error" {
  docker create --name two "$BUSY" true
  DOCKER_HOST=unix:///nonexistent.sock run -0 typed "send:dockerlite -H unix://$SOCKET rm tw\t" 'expect:two '
  DOCKER_HOST=unix:///nonexistent.sock run -0 typed 'send:dockerlite rm tw\t\tx\n' 'expect:Cannot connect'
  contains "$output" "dockerlite rm tw"
  contains "$output" "x"
  lacks "${output%%Cannot connect*}" "ailed"
}

@test "nothing on the line is run" {
  docker create --name two "$BUSY" true
  run -0 typed 'send:dockerlite rm $(touch made) tw\t' 'expect:two '
  [ ! -e made ]
}

@test "an alias, completed by the same function" {
  docker create --name two "$BUSY" true
  run -0 typed 'send:alias d=dockerlite; complete -o default -F __dockerlite_complete d\n' 'expect:ready> ' 'send:d rm tw\t' 'expect:d rm two '
}

@test "installed: the program, its man pages and the completion of three shells" {
  local build
  build=$(dirname "$DOCKERLITE")
  [ -e "$build/cmake_install.cmake" ] || { echo "not in a build folder: $DOCKERLITE" >&2 && return 1; }
  cmake --install "$build" --prefix "$HOME/usr" >/dev/null
  same "$(docker version --format '{{.Client.Version}}')" "$("$HOME/usr/bin/dockerlite" version --format '{{.Client.Version}}')"
  same "$("$DOCKERLITE" completion bash)" "$(cat "$HOME/usr/share/bash-completion/completions/dockerlite")"
  same "$("$DOCKERLITE" completion zsh)" "$(cat "$HOME/usr/share/zsh/site-functions/_dockerlite")"
  same "$("$DOCKERLITE" completion fish)" "$(cat "$HOME/usr/share/fish/vendor_completions.d/dockerlite.fish")"
  "$DOCKERLITE" __man "$HOME/man1"
  run -0 diff -r "$HOME/man1" "$HOME/usr/share/man/man1"
  [ -e "$HOME/man1/dockerlite-container-ls.1" ]
}
