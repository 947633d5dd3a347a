# What run and create do beyond docker for GPUs, on engines that lack one or another way to hand them out. The engines are small ones
# of this file's own, of the same suite as the one under test.
load helper

# use FLAVOUR [arguments of `engine start`]: from here on the test's engine is that one, started by the first test that needs it.
use() {
  local flavour=$E2E_ENGINE/gpu-$1 suite=distro
  shift
  ! api GET /version | grep -q '"ApiVersion":"1.[5-9]' || suite=sid
  "$HERE/../engine/engine" start "$flavour" --suite "$suite" "$@" >"$PWD/start.log" 2>&1 3>&- || skip "no such engine: $(tail -n 1 "$PWD/start.log")"
  api GET "/images/$BUSY/get" >busy.tar
  SOCKET=$flavour/docker.sock
  export DOCKER_HOST=unix://$SOCKET
  have "$BUSY" || api POST /images/load -H 'Content-Type: application/x-tar' --data-binary @busy.tar >/dev/null
}
use_bare() { use bare; }
use_hook() { use hook --gpu-driver; }
use_runtime() { use runtime --gpu-runtime; }
use_cdi() { use cdi --cdi; }

have() { api GET "/images/$1/json" | grep -q '"Id"'; }

teardown_file() {
  local flavour
  for flavour in "$E2E_ENGINE"/gpu-*/; do
    [ ! -d "$flavour" ] || "$HERE/../engine/engine" stop "$flavour"
  done
}

VISIBLE='echo "$NVIDIA_VISIBLE_DEVICES"'
NO_DRIVER='docker: Error response from daemon: could not select device driver "" with capabilities: [[gpu]]'

@test "--gpus device=0,1 without quotes inside" {
  run -0 docker run --rm --gpus device=0,1 "$BUSY" sh -c "$VISIBLE"
  same 0,1 "$output"
  contains "$(tail -n 1 "$E2E_ENGINE/gpu.log")" "NVIDIA_VISIBLE_DEVICES=0,1"
}

@test "--gpus 0,1 is a count of one" {
  run -0 docker run --rm --gpus 0,1 "$BUSY" sh -c "$VISIBLE"
  same 0 "$output"
  run terminal 24x200 -- "$DOCKERLITE" run --rm --gpus 0,1 "$BUSY" true
  contains "$output" "--gpus device=0,1"
}

@test "no device driver, but the runtime: --gpus all" {
  use_runtime
  run -7 --separate-stderr docker run --name box --cidfile box.id --gpus all "$BUSY" sh -c "$VISIBLE; exit 7"
  same all "$output"
  same "" "$stderr"
  same nvidia "$(state box HostConfig.Runtime)"
  same "$(state box Id)" "$(cat box.id)"
  same "$(state box Id)" "$(docker ps -aq --no-trunc)"
}

@test "no device driver, but the runtime: --rm leaves neither container nor volume" {
  use_runtime
  run -0 docker run --rm --cidfile box.id -v /data --gpus '"device=0,GPU-abc","capabilities=compute,utility"' "$BUSY" \
    sh -c 'echo "$NVIDIA_VISIBLE_DEVICES $NVIDIA_DRIVER_CAPABILITIES"'
  same "0,GPU-abc compute,utility" "$output"
  same "" "$(docker ps -aq)"
  same "" "$(docker volume ls -q)"
}

@test "no device driver, but the runtime: -d prints the ID of the container that runs, alone" {
  use_runtime
  run -0 --separate-stderr docker run -d --name box --gpus 2 "$BUSY" sleep 60
  same "$(state box Id)" "$output"
  same "" "$stderr"
  same true "$(state box State.Running)"
  contains "$(state box Config.Env)" '"NVIDIA_VISIBLE_DEVICES=0,1"'
}

@test "what is done instead is said on a terminal, and with --debug" {
  use_runtime
  run -0 terminal 24x200 -- "$DOCKERLITE" run --rm --gpus all "$BUSY" true
  same 1 "$(grep -c 'using --runtime nvidia with NVIDIA_VISIBLE_DEVICES=all' <<<"$output")"
  run -0 --separate-stderr docker --debug run --rm --gpus all "$BUSY" true
  contains "$stderr" "using --runtime nvidia with NVIDIA_VISIBLE_DEVICES=all"
}

@test "translation turned off, in each of three ways" {
  use_runtime
  run -125 docker run --rm --no-gpu-translation --gpus all "$BUSY" true
  same "$NO_DRIVER" "${lines[0]}"
  run -125 env DOCKERLITE_GPU_TRANSLATION=0 "$DOCKERLITE" run --rm --gpus all "$BUSY" true
  same "$NO_DRIVER" "${lines[0]}"
  mkdir .docker
  echo '{"plugins": {"dockerlite": {"gpuTranslation": "false"}}}' >.docker/config.json
  run -125 docker run --rm --gpus all "$BUSY" true
  same "$NO_DRIVER" "${lines[0]}"
  same "" "$(docker ps -aq)"
}

@test "no runtime nvidia, but the device driver" {
  use_hook
  run -0 --separate-stderr docker run --name box --runtime=nvidia -e NVIDIA_VISIBLE_DEVICES=0,1 "$BUSY" sh -c "$VISIBLE"
  same 0,1 "$output"
  same "" "$stderr"
  contains "$(tail -n 1 "$E2E_ENGINE/gpu-hook/gpu.log")" "$(state box Id) NVIDIA_VISIBLE_DEVICES=0,1"
  contains "$(state box HostConfig.DeviceRequests)" '"DeviceIDs": ["0", "1"]'
  run -125 docker run --rm --no-gpu-translation --runtime=nvidia "$BUSY" true
  contains "${lines[0]}" nvidia
}

@test "no runtime nvidia, but the device driver: create" {
  use_hook
  run -0 --separate-stderr docker create --name box --cidfile box.id --runtime=nvidia -e NVIDIA_VISIBLE_DEVICES=all "$BUSY" sh -c "$VISIBLE"
  same "$(state box Id)" "$output"
  same "$(state box Id)" "$(cat box.id)"
  contains "$(state box HostConfig.DeviceRequests)" '"Count": -1'
  run -0 docker start -a box
  same all "$output"
}

@test "an engine with nothing for GPUs" {
  use_bare
  run -125 docker run --rm --gpus all "$BUSY" true
  same "$NO_DRIVER" "${lines[0]}"
  run -125 docker run --rm --runtime=nvidia -e NVIDIA_VISIBLE_DEVICES=all "$BUSY" true
  contains "${lines[0]}" "docker: Error response from daemon: "
  same "" "$(docker ps -aq)"
}

@test "--gpus auto on an engine with nothing for GPUs" {
  use_bare
  run -0 --separate-stderr docker run --name box --gpus auto "$BUSY" echo ran
  same ran "$output"
  same "" "$stderr"
  same null "$(state box HostConfig.DeviceRequests)"
}

@test "an engine below API 1.40: the runtime" {
  behind 1.39
  run -0 --separate-stderr docker run --name box --gpus all "$BUSY" sh -c "$VISIBLE"
  same all "$output"
  same "" "$stderr"
  same nvidia "$(state box HostConfig.Runtime)"
  run -1 docker run --rm --no-gpu-translation --gpus all "$BUSY" true
  same '"--gpus" requires API version 1.40, but the Docker daemon API version is 1.39' "$output"
}

@test "an engine below API 1.40 without the runtime" {
  use_bare
  behind 1.39
  run -1 docker run --rm --gpus all "$BUSY" true
  same '"--gpus" requires API version 1.40, but the Docker daemon API version is 1.39' "$output"
}

# bats test_tags=newer
@test "no device driver, but CDI devices" {
  needs_api 1.50
  use_cdi
  run -0 --separate-stderr docker run --name box --cidfile box.id --gpus all "$BUSY" ls /dev/nvidia0
  same /dev/nvidia0 "$output"
  same "" "$stderr"
  same "$(state box Id)" "$(cat box.id)"
  contains "$(state box HostConfig.DeviceRequests)" '"DeviceIDs": ["nvidia.com/gpu=all"]'
  run -0 docker run --rm --gpus device=1 "$BUSY" ls /dev/nvidia1
  run -125 docker run --rm --gpus device=9 "$BUSY" true
  same "$NO_DRIVER" "${lines[0]}"
  run -0 docker run --rm --runtime=nvidia -e NVIDIA_VISIBLE_DEVICES=0 "$BUSY" ls /dev/nvidia0
}
