# version, info, prune, login, and an engine that is not there or not well.
load helper

@test "version: both sides, and a template" {
  run -0 docker version
  contains "$output" "Client:"
  contains "$output" "Server:"
  run -0 docker version --format '{{.Server.APIVersion}}'
  same "$(api GET /version | grep -o '"ApiVersion":"[0-9.]*"' | head -n 1 | cut -d '"' -f 4)" "$output"
}

@test "--version needs no engine, and is docker's to a program that parses it" {
  ln -s "$DOCKERLITE" docker
  DOCKER_HOST=unix:///nonexistent run -0 ./docker --version
  [[ $output =~ ^Docker\ version\ 28\.[0-9]+\.[0-9]+,\ build\ [0-9a-z]+ ]]
}

@test "info: the engine's runtimes, and a template" {
  run -0 docker info
  contains "$output" "Server Version: "
  contains "$output" nvidia
  run -0 docker info --format '{{.OSType}} {{.DefaultRuntime}}'
  same "linux runc" "$output"
}

@test "help is on standard output and ends with code 0; an unknown command with 1" {
  for command in help --help "run --help" "container --help" "help ps"; do
    run -0 --separate-stderr docker $command
    contains "$output" "Usage:"
    same "" "$stderr"
  done
  run -0 docker
  contains "$output" "Usage:"
  run -1 docker nosuch
  contains "$output" "unknown command: docker nosuch"
}

@test "no engine" {
  DOCKER_HOST=unix:///nonexistent/docker.sock run -1 docker ps
  same "Cannot connect to the Docker daemon at unix:///nonexistent/docker.sock. Is the docker daemon running?" "$output"
  DOCKER_HOST=unix:///nonexistent/docker.sock run -1 --separate-stderr docker version
  contains "$output" "Client:"
  contains "$stderr" "Cannot connect to the Docker daemon"
}

@test "an engine of an older API: the client speaks its version, and says what it cannot do" {
  behind 1.39
  run -0 docker version --format '{{.Client.APIVersion}} {{.Server.APIVersion}}'
  same "1.39 1.39" "$output"
  run -0 docker run --rm "$BUSY" echo works
  same works "$output"
}

@test "engines before API 1.30: the container's status and its removal are learned from events" {
  for version in 1.29 1.24; do
    behind $version
    run -3 docker run "$BUSY" sh -c 'echo out; exit 3'
    same out "$output"
    run -5 docker run --rm "$BUSY" sh -c 'exit 5'
    run -0 docker ps -aq
    [ "${#lines[@]}" = 1 ]
    run -3 docker start -a "$output"
    docker rm "$(docker ps -aq)"
    kill "$PROXY"
    rm proxy.sock
  done
  # docker waits for ever here: nobody removes what could not start.
  behind 1.24
  run -127 docker run --rm "$BUSY" nosuch
  run -0 docker ps -aq
  same '' "$output"
}

@test "a broken config.json is named, and left as it is" {
  mkdir -p .docker
  echo '{"auths": {' >.docker/config.json
  run docker ps
  contains "$output" ".docker/config.json"
  # docker would write a new file over it, with everything lost that could not be read.
  run docker login -u tester -p s3cret "$LOCKED"
  same '{"auths": {' "$(cat .docker/config.json)"
}

@test "login: a wrong password, -p and its warning, what config.json keeps" {
  mkdir -p .docker
  echo '{"HttpHeaders": {"X-Mine": "1"}, "unknownToAll": [1, 2]}' >.docker/config.json
  run -1 docker login -u tester --password-stdin "$LOCKED" <<<wrong
  contains "$(tr A-Z a-z <<<"$output")" unauthorized
  run -0 docker login -u tester -p s3cret "$LOCKED"
  contains "$output" "Using --password via the CLI is insecure. Use --password-stdin."
  contains "$output" "Login Succeeded"
  contains "$(cat .docker/config.json)" unknownToAll
  contains "$(cat .docker/config.json)" X-Mine
  contains "$(cat .docker/config.json)" "$(printf tester:s3cret | base64)"
  run -0 docker logout "$LOCKED"
  lacks "$(cat .docker/config.json)" "$LOCKED"
  contains "$(cat .docker/config.json)" unknownToAll
}

@test "login: a credential helper keeps the password, config.json does not" {
  mkdir -p .docker bin
  echo '{"credsStore": "folder"}' >.docker/config.json
  cat >bin/docker-credential-folder <<'HELPER'
#!/bin/sh
case $1 in
  store) cat >"$HOME/kept" ;;
  get) read server; grep -qF "\"$server\"" "$HOME/kept" 2>/dev/null && cat "$HOME/kept" || { echo "credentials not found in native keychain"; exit 1; } ;;
  erase) rm -f "$HOME/kept" ;;
  list) echo '{}' ;;
esac
HELPER
  chmod +x bin/docker-credential-folder
  PATH=$PWD/bin:$PATH run -0 docker login -u tester --password-stdin "$LOCKED" <<<s3cret
  contains "$(cat kept)" '"Secret":"s3cret"'
  lacks "$(cat .docker/config.json)" "$(printf tester:s3cret | base64)"
  PATH=$PWD/bin:$PATH run -0 docker pull -q "$LOCKED/busy"
  PATH=$PWD/bin:$PATH run -0 docker logout "$LOCKED"
  [ ! -e kept ]
}

@test "login without a terminal to ask on" {
  run -1 docker login "$LOCKED" </dev/null
  contains "$output" "Cannot perform an interactive login from a non TTY device" || contains "$output" "cannot perform an interactive login from a non-TTY device"
}

@test "system prune: what it will remove, volumes, a filter" {
  docker run --name one --label keep=yes "$BUSY" true
  docker run --name two "$BUSY" true
  run -0 docker system prune -f --filter label!=keep
  contains "$output" "Deleted Containers:"
  same one "$(docker ps -a --format '{{.Names}}')"
  run -0 docker system prune --volumes <<<n
  contains "$output" "- all stopped containers"
  contains "$output" "volumes not used by at least one container"
  run -1 docker system prune -f --filter nosuch=1
  contains "$output" "nosuch"
}
