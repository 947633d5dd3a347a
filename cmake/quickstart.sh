#!/usr/bin/env bash
# From a fresh clone to a working dockerlite, and a look at what it does. On Debian 12 or 13, as root or with sudo:
#   installs what the build needs, builds build/release/dockerlite, then pulls, runs, lists, stops, removes and prunes with it.
# The engine is the one that answers at $DOCKER_HOST (or /var/run/docker.sock). If none does, the distribution's is installed and started
# on a private socket and folder, and stopped again at the end. Nothing else that runs on this machine is touched.
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

step() { printf '\n=== %s\n' "$*"; }

# Prints a command and runs it, with the binary's name for its path.
show() {
  printf '\n$ dockerlite %s\n' "$*"
  timeout -k 5 120 $run_as "$PWD/build/release/dockerlite" "$@" </dev/null
}

step "Installing what the build needs"
install_packages $build_packages
step "Building the release binary"
cmake --preset release >/dev/null
cmake --build --preset release
ls -l build/release/dockerlite

run_as=''
work=$(mktemp -d /tmp/dockerlite-quickstart-XXXXXX)
cleanup() {
  local status=$?
  trap '' INT TERM
  [ -z "${mine:-}" ] || show rm -f dockerlite-quickstart >/dev/null 2>&1 || true
  as_root tests/engine/engine stop "$work" || true
  as_root rm -rf --one-file-system "$work"
  [ $status = 0 ] && printf '\nEverything worked. The binary is %s\n' "$PWD/build/release/dockerlite"
  exit $status
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step "Preparing an engine and a registry"
install_packages docker-registry busybox-static curl python3
socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
if [ "${socket#unix://}" != "$socket" ] && curl -s -m 5 -o /dev/null --unix-socket "${socket#unix://}" http://engine/_ping; then
  echo "An engine answers at $socket: using it."
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  prune=(--filter label=org.example.name=demo)
else
  echo "No engine answers at $socket: starting one in $work."
  install_packages $engine_packages
  as_root tests/engine/engine start "$work"
  export DOCKER_HOST=unix://$work/docker.sock
  [ "$(id -u)" = 0 ] || run_as="sudo DOCKER_HOST=$DOCKER_HOST"
  port=5000
  prune=(-a)
fi
mine=1
as_root tests/engine/engine registry "$work" "$port"
as_root tests/engine/engine enter "$work" tests/engine/images.py "http://127.0.0.1:$port" demo
image=127.0.0.1:$port/demo:2.0
echo "A registry serves $image."

step "dockerlite at work"
show version
show pull "$image"
show images
show run --rm "$image"
show run -d --name dockerlite-quickstart "$image" sleep 600
show ps
show stop -t 1 dockerlite-quickstart
show ps -a
show rm dockerlite-quickstart
show system prune -f "${prune[@]}"
[ "${prune[0]}" = -a ] || show rmi "$image"
show images
