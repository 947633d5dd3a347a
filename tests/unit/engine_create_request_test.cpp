#include "dockerlite/engine/create_request.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

/// What docker 28 sends for `docker create busybox echo hi`.
const std::string kDefaultBody =
    R"({"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":true,"AttachStderr":true)"
    R"(,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":["echo","hi"],"Image":"busybox","V)"
    R"(olumes":{},"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":{},"HostConfig":{"Binds":null,")"
    R"(ContainerIDFile":"","LogConfig":{"Type":"","Config":{}},"NetworkMode":"default","PortBindings":{},"R)"
    R"(estartPolicy":{"Name":"no","MaximumRetryCount":0},"AutoRemove":false,"VolumeDriver":"","VolumesFrom")"
    R"(:null,"ConsoleSize":[0,0],"CapAdd":null,"CapDrop":null,"CgroupnsMode":"","Dns":[],"DnsOptions":[],"D)"
    R"(nsSearch":[],"ExtraHosts":null,"GroupAdd":null,"IpcMode":"","Cgroup":"","Links":null,"OomScoreAdj":0)"
    R"(,"PidMode":"","Privileged":false,"PublishAllPorts":false,"ReadonlyRootfs":false,"SecurityOpt":null,")"
    R"(UTSMode":"","UsernsMode":"","ShmSize":0,"Isolation":"","CpuShares":0,"Memory":0,"NanoCpus":0,"Cgroup)"
    R"(Parent":"","BlkioWeight":0,"BlkioWeightDevice":[],"BlkioDeviceReadBps":[],"BlkioDeviceWriteBps":[],")"
    R"(BlkioDeviceReadIOps":[],"BlkioDeviceWriteIOps":[],"CpuPeriod":0,"CpuQuota":0,"CpuRealtimePeriod":0,")"
    R"(CpuRealtimeRuntime":0,"CpusetCpus":"","CpusetMems":"","Devices":[],"DeviceCgroupRules":null,"DeviceR)"
    R"(equests":null,"MemoryReservation":0,"MemorySwap":0,"MemorySwappiness":-1,"OomKillDisable":false,"Pid)"
    R"(sLimit":0,"Ulimits":[],"CpuCount":0,"CpuPercent":0,"IOMaximumIOps":0,"IOMaximumBandwidth":0,"MaskedP)"
    R"(aths":null,"ReadonlyPaths":null},"NetworkingConfig":{"EndpointsConfig":{"default":{"IPAMConfig":null)"
    R"(,"Links":null,"Aliases":null,"MacAddress":"","DriverOpts":null,"GwPriority":0,"NetworkID":"","Endpoi)"
    R"(ntID":"","Gateway":"","IPAddress":"","IPPrefixLen":0,"IPv6Gateway":"","GlobalIPv6Address":"","Global)"
    R"(IPv6PrefixLen":0,"DNSNames":null}}}})"
    "\n";

engine::CreateRequest default_request() {
  engine::CreateRequest request;
  request.config.image = "busybox";
  request.config.command = {"echo", "hi"};
  request.config.attach_stdout = request.config.attach_stderr = true;
  request.endpoints["default"] = {};
  return request;
}

/// The part of the body between two keys of the default one.
std::string part(const engine::CreateRequest& request, const std::string& from, const std::string& to) {
  const auto body = engine::create_body(request);
  const auto begin = body.find("\"" + from + "\":"), end = body.find(",\"" + to + "\":");
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  return body.substr(begin, end - begin);
}

std::string refusal(engine::CreateRequest request, std::string_view api_version) {
  const auto result = engine::fit_create_request(request, api_version);
  return result ? "" : result.error().message;
}

}  // namespace

TEST_CASE("the default body is docker's to the byte", "[engine]") {
  const auto request = engine::create_container(default_request());
  CHECK(request.method == transport::Method::post);
  CHECK(request.target() == "/containers/create");
  CHECK(request.content_type == "application/json");
  CHECK(request.body == kDefaultBody);
}

TEST_CASE("name and platform go into the query", "[engine]") {
  auto request = default_request();
  request.name = "a b/c";
  request.platform = opts::Platform{"linux", "", "arm", "v7"};
  CHECK(engine::create_container(request).target() == "/containers/create?name=a+b%2Fc&platform=linux%2Farm%2Fv7");
}

TEST_CASE("text is escaped as Go escapes it", "[engine]") {
  auto request = default_request();
  request.config.command = {"<&>", "a\tb\x01\x7f\"\\", "\xff\u00e9\u2028"};
  CHECK(part(request, "Cmd", "Image") ==
        "\"Cmd\":[\"\\u003c\\u0026\\u003e\",\"a\\tb\\u0001\x7f\\\"\\\\\",\"\\ufffd\u00e9\\u2028\"]");
}

TEST_CASE("optional parts of the config appear where docker puts them", "[engine]") {
  auto request = default_request();
  auto& config = request.config;
  config.entrypoint = engine::StringList{""};
  config.mac_address = "m";
  config.stop_signal = "INT";
  config.stop_timeout = 0;
  config.healthcheck = engine::Healthcheck{{"CMD-SHELL", "x"}, 1, 2, 3, 4, 5};
  request.ports = {{"80/tcp"}, {}};
  request.volumes.anonymous = {"/v"};
  CHECK(part(request, "ExposedPorts", "Tty") == R"("ExposedPorts":{"80/tcp":{}})");
  CHECK(
      part(request, "Healthcheck", "WorkingDir") ==
      R"("Healthcheck":{"Test":["CMD-SHELL","x"],"Interval":1,"Timeout":2,"StartPeriod":3,"StartInterval":4,"Retries":5},)"
      R"("Image":"busybox","Volumes":{"/v":{}})");
  CHECK(part(request, "Entrypoint", "HostConfig") ==
        R"("Entrypoint":[""],"MacAddress":"m","OnBuild":null,"Labels":{},"StopSignal":"INT","StopTimeout":0)");
}

TEST_CASE("ports, devices and requests for GPUs", "[engine]") {
  auto request = default_request();
  request.ports = {{"80/tcp"}, {{"80/tcp", {{"127.0.0.1", "8080"}, {"", ""}}}}};
  request.host.devices = {{"/dev/a", "/dev/b", "r"}};
  request.host.device_requests = {{"", -1, std::nullopt, {{{"gpu"}}}, {{{"k", "v"}}}},
                                  gpu::make_cdi_request({"nvidia.com/gpu=0"})};
  CHECK(part(request, "PortBindings", "RestartPolicy") ==
        R"("PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"},{"HostIp":"","HostPort":""}]})");
  CHECK(
      part(request, "Devices", "MemoryReservation") ==
      R"("Devices":[{"PathOnHost":"/dev/a","PathInContainer":"/dev/b","CgroupPermissions":"r"}],"DeviceCgroupRules":null,)"
      R"("DeviceRequests":[{"Driver":"","Count":-1,"DeviceIDs":null,"Capabilities":[["gpu"]],"Options":{"k":"v"}},)"
      R"({"Driver":"cdi","Count":0,"DeviceIDs":["nvidia.com/gpu=0"],"Capabilities":null,"Options":null}])");
}

TEST_CASE("mounts, with the option groups that were given", "[engine]") {
  auto request = default_request();
  opts::Mount bind, volume, tmpfs;
  bind.type = "bind";
  bind.source = "/a";
  bind.target = "/b";
  bind.read_only = true;
  bind.bind = opts::BindMountOptions{"shared", true, true, true};
  volume.target = "/c";
  volume.volume.emplace();
  tmpfs.type = "tmpfs";
  tmpfs.target = "/d";
  tmpfs.tmpfs = opts::TmpfsMountOptions{1024, 0700};
  request.host.mounts = {bind, volume, tmpfs};
  CHECK(part(request, "Mounts", "MaskedPaths") ==
        R"("Mounts":[{"Type":"bind","Source":"/a","Target":"/b","ReadOnly":true,"BindOptions":{"Propagation":"shared",)"
        R"("NonRecursive":true,"ReadOnlyNonRecursive":true,"ReadOnlyForceRecursive":true}},)"
        R"({"Type":"volume","Target":"/c","VolumeOptions":{"DriverConfig":{}}},)"
        R"({"Type":"tmpfs","Target":"/d","TmpfsOptions":{"SizeBytes":1024,"Mode":448}}])");
}

TEST_CASE("an API version gets only what it knows", "[engine]") {
  auto request = default_request();
  request.host.kernel_memory = 1;
  request.host.auto_remove = true;
  request.config.mac_address = "m";
  request.host.cap_add = {"net_admin"};

  auto expected = request;
  expected.host.cap_add = {"CAP_NET_ADMIN"};
  auto fitted = request;
  CHECK(engine::fit_create_request(fitted, "1.41").ok());
  CHECK(fitted == expected);

  expected.host.kernel_memory = 0;
  fitted = request;
  CHECK(engine::fit_create_request(fitted, "1.43").ok());
  CHECK(fitted == expected);

  expected.config.mac_address.clear();
  fitted = request;
  CHECK(engine::fit_create_request(fitted, "1.50").ok());
  CHECK(fitted == expected);

  fitted = request;
  CHECK(engine::fit_create_request(fitted, "1.24").ok());
  CHECK_FALSE(fitted.host.auto_remove);
}

TEST_CASE("what an API version cannot do is refused", "[engine]") {
  auto request = default_request();
  request.config.stop_timeout = 1;
  CHECK(refusal(request, "1.24") ==
        R"("stop timeout" requires API version 1.25, but the Docker daemon API version is 1.24)");
  request = default_request();
  request.platform = opts::Platform{"linux", "", "arm64", ""};
  CHECK(refusal(request, "1.40") ==
        R"("specify container image platform" requires API version 1.41, but the Docker daemon API version is 1.40)");
  request = default_request();
  request.config.healthcheck = engine::Healthcheck{.start_interval = 1};
  CHECK(
      refusal(request, "1.43") ==
      R"("specify health-check start interval" requires API version 1.44, but the Docker daemon API version is 1.43)");
  request = default_request();
  request.endpoints["n"].mac_address = "m";
  CHECK(refusal(request, "1.43") ==
        R"("specify mac-address per network" requires API version 1.44, but the Docker daemon API version is 1.43)");
  CHECK(refusal(request, "1.44") == "");
  request = default_request();
  request.host.mounts.emplace_back().bind = opts::BindMountOptions{"", false, false, true};
  CHECK(refusal(request, "1.43") == "bind-recursive=readonly requires API v1.44 or later");
  request.host.mounts.front().bind = opts::BindMountOptions{"", true, false, false};
  CHECK(refusal(request, "1.39") == "bind-recursive=disabled requires API v1.40 or later");
  CHECK(refusal(request, "1.40") == "");
}

TEST_CASE("the terminal's size is left out for a Linux platform that old engines do not size", "[engine]") {
  auto request = default_request();
  request.platform = opts::Platform{"linux", "", "arm64", ""};
  request.host.console_size = {24, 80};
  auto old = request;
  CHECK(engine::fit_create_request(old, "1.41").ok());
  CHECK(old.host.console_size == std::array<unsigned, 2>{0, 0});
  CHECK(engine::fit_create_request(request, "1.42").ok());
  CHECK(request.host.console_size == std::array<unsigned, 2>{24, 80});
}

TEST_CASE("the engine's answer to a create", "[engine]") {
  CHECK(*engine::decode_created_container(R"({"Id":"abc","Warnings":["one","two"]})") ==
        engine::CreatedContainer{"abc", {"one", "two"}});
  CHECK(*engine::decode_created_container(R"({"Id":"abc","Warnings":null})") == engine::CreatedContainer{"abc", {}});
  CHECK_FALSE(engine::decode_created_container("").ok());
  CHECK_FALSE(engine::decode_created_container("[]").ok());
}
