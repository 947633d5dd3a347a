#!/usr/bin/env bash
# Prepares what the end-to-end tests run against, in a folder of its own: setup.sh DIR [arguments of `engine start`]
#   an engine at unix://DIR/docker.sock with the nvidia stand-ins, a registry at 127.0.0.1:5000 of its network, and one at 5001 that
#   wants user tester, password s3cret; the images of tests/engine/images.py are in both.
# Then: E2E_ENGINE=DIR DOCKERLITE=build/release/dockerlite bats tests/e2e. At the end: tests/engine/engine stop DIR.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
case ${1:-} in
  "" | -*) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
esac
dir=$1
shift
engine=$here/../engine/engine
images=$here/../engine/images.py
"$engine" start "$dir" --gpu-driver --gpu-runtime "$@"
"$engine" registry "$dir" 5000
"$engine" registry "$dir" 5001 --htpasswd
timeout 60 "$engine" enter "$dir" "$images" http://127.0.0.1:5000
timeout 60 "$engine" enter "$dir" "$images" http://127.0.0.1:5001 --user tester:s3cret
