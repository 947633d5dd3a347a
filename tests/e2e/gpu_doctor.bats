# What dockerlite says about GPUs, on an engine with the nvidia stand-ins (and, where it knows CDI, devices that are /dev/null).
load helper

@test "gpu doctor --image proves it by a container, and leaves none" {
  docker pull -q "$BUSY"
  run -0 docker gpu doctor --image "$BUSY" --format '{{.Usable}} {{json .Ways}} {{range .Checks}}{{if eq .Name "runtime nvidia"}}{{.Status}}{{end}}{{end}}'
  contains "$output" 'true ["device driver","runtime"'
  contains "$output" '] ok'
  same "" "$(docker ps -aq)"
  contains "$(tail -n 1 "$E2E_ENGINE/gpu.log")" "NVIDIA_VISIBLE_DEVICES=all"
}

@test "gpu doctor --image with an image that is not there" {
  run -1 docker gpu doctor --image nosuch.invalid/image
  contains "$output" "Pull the image first: dockerlite pull nosuch.invalid/image"
  contains "$output" "No GPU container can start."
}

@test "gpu doctor as JSON" {
  run docker gpu doctor --format json
  contains "$output" '"Name":"runtime nvidia","NextStep":"","Status":"ok"'
}

# bats test_tags=newer
@test "gpu ls lists the engine's CDI devices" {
  needs_api 1.50
  [ -d "$E2E_ENGINE/cdi" ] || skip "the engine was started without CDI devices"
  run -0 docker gpu ls -q
  contains "$output" "0
1"
}
