# GPUs, with stand-ins for what NVIDIA's toolkit brings: the hook that registers the engine's device driver, a runtime named nvidia, and
# on engines that know CDI, devices that are /dev/null.
load helper

# What the stand-in hook saw of the last container.
hook_saw() { tail -n 1 "$E2E_ENGINE/gpu.log"; }

@test "--gpus all, a count, devices" {
  for form in 'all=all' '2=0,1' 'count=1=0' 'device=0=0' '"device=0,1"=0,1' 'device=GPU-abc=GPU-abc'; do
    run -0 docker run --rm --gpus "${form%=*}" "$BUSY" sh -c 'echo "$NVIDIA_VISIBLE_DEVICES"'
    same "${form##*=}" "$output"
    contains "$(hook_saw)" "NVIDIA_VISIBLE_DEVICES=${form##*=}"
  done
}

@test "--gpus with capabilities" {
  run -0 docker run --rm --gpus 'all,"capabilities=compute,utility"' "$BUSY" sh -c 'echo "$NVIDIA_DRIVER_CAPABILITIES"'
  same compute,utility "$output"
}

@test "--gpus with a capability that no driver has" {
  run -125 docker run --rm --gpus all,capabilities=nosuch "$BUSY" true
  contains "$output" 'could not select device driver "" with capabilities: [[nosuch gpu]]'
}

@test "--gpus with a value that is none" {
  run -125 docker run --gpus lots "$BUSY" true
  same 'invalid argument "lots" for "--gpus" flag: invalid count (lots): value must be either "all" or an integer: invalid syntax' "${lines[0]}"
}

@test "--runtime=nvidia, alone and with --gpus" {
  run -0 docker run --rm --runtime=nvidia -e NVIDIA_VISIBLE_DEVICES=all "$BUSY" sh -c 'echo "$NVIDIA_VISIBLE_DEVICES"'
  same all "$output"
  docker create --name box --runtime nvidia --gpus 2 "$BUSY" true
  same nvidia "$(state box HostConfig.Runtime)"
  contains "$(state box HostConfig.DeviceRequests)" '"Count": 2'
}

@test "a runtime that the engine does not have" {
  run -125 docker run --runtime=nosuch "$BUSY" true
  contains "$output" "nosuch"
}

@test "start of a created GPU container" {
  docker create --name box --gpus '"device=1"' "$BUSY" sh -c 'echo "$NVIDIA_VISIBLE_DEVICES"'
  run -0 docker start -a box
  same 1 "$output"
}

# bats test_tags=newer
@test "--device with a CDI name" {
  needs_api 1.44
  [ -d "$E2E_ENGINE/cdi" ] || skip "the engine was started without CDI devices"
  run -0 docker run --rm --device nvidia.com/gpu=0 "$BUSY" ls /dev/nvidia0
  same /dev/nvidia0 "$output"
  run -125 docker run --rm --device nvidia.com/gpu=9 "$BUSY" true
  contains "$output" "nvidia.com/gpu=9"
}

# bats test_tags=newer
@test "info lists CDI devices" {
  needs_api 1.50
  [ -d "$E2E_ENGINE/cdi" ] || skip "the engine was started without CDI devices"
  run -0 docker info
  contains "$output" "cdi: nvidia.com/gpu=0"
}
