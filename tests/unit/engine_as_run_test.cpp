#include "dockerlite/engine/as_run.hpp"
#include "dockerlite/engine/readiness.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

std::string line_of(std::string_view container, engine::RunDefaults defaults = {}) {
  auto line = engine::run_line(container, defaults);
  REQUIRE(line.ok());
  return *line;
}

constexpr std::string_view kImage =
    R"({"Config": {"Env": ["PATH=/bin"], "Cmd": ["sh"], "Entrypoint": null, "WorkingDir": "/srv",
  "Labels": {"from": "image"}, "ExposedPorts": {"80/tcp": {}}, "Volumes": {"/cache": {}}, "User": "app"}})";

}  // namespace

TEST_CASE("words are quoted for the shell only where it needs it", "[engine]") {
  CHECK(engine::shell_quote("a=b:/c,d%@+x-1") == "a=b:/c,d%@+x-1");
  CHECK(engine::shell_quote("") == "''");
  CHECK(engine::shell_quote("a b") == "'a b'");
  CHECK(engine::shell_quote("it's $X") == R"('it'\''s $X')");
}

TEST_CASE("what the image gives by itself is left out", "[engine]") {
  const std::string container =
      R"({"Id": "0123456789abcdef", "Name": "/web", "Config": {"Hostname": "0123456789ab", "Image": "app:1",
    "AttachStdout": true, "Env": ["PATH=/bin", "A=1"], "Cmd": ["sh"], "WorkingDir": "/srv", "User": "app", "Labels": {"from": "image", "x": "y z"},
    "ExposedPorts": {"80/tcp": {}, "81/tcp": {}}, "Volumes": {"/cache": {}, "/data": {}}},
    "HostConfig": {"NetworkMode": "default", "ShmSize": 67108864, "IpcMode": "private", "CgroupnsMode": "private", "Runtime": "runc",
    "LogConfig": {"Type": "json-file", "Config": {}}, "RestartPolicy": {"Name": "no"}}})";
  CHECK(line_of(
            container,
            {.image_json = std::string(kImage), .log_driver = "json-file", .runtime = "runc", .cgroup_version = "2"}) ==
        "docker run --name web --label 'x=y z' --env A=1 --volume /data --expose 81/tcp app:1");
}

TEST_CASE("settings come back as the options that make them", "[engine]") {
  const std::string container =
      R"({"Id": "0123456789abcdef", "Name": "/job", "Config": {"Hostname": "here", "Image": "app", "OpenStdin": true, "Tty": true,
    "Entrypoint": ["/init", "-v"], "Cmd": ["run", "a b"], "StopSignal": "SIGINT", "StopTimeout": 5},
    "HostConfig": {"AutoRemove": true, "NetworkMode": "net1", "Binds": ["/a:/b:ro"], "Memory": 1048576, "MemorySwap": 2097152, "NanoCpus": 1500000000,
    "PortBindings": {"80/tcp": [{"HostIp": "::1", "HostPort": "8080"}], "53/udp": [{"HostIp": "", "HostPort": ""}]},
    "RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 3}, "CapAdd": ["CAP_NET_ADMIN"], "Ulimits": [{"Name": "nofile", "Soft": 1, "Hard": 2}],
    "DeviceRequests": [{"Driver": "", "Count": 0, "DeviceIDs": ["0", "1"], "Capabilities": [["utility", "gpu"]], "Options": {}},
                       {"Driver": "cdi", "DeviceIDs": ["nvidia.com/gpu=0"]}],
    "Mounts": [{"Type": "bind", "Source": "/x,y", "Target": "/z", "ReadOnly": true}], "Links": ["/db:/job/database"], "ShmSize": 1024, "IpcMode": "host"}})";
  CHECK(line_of(container) ==
        "docker run --detach --interactive --tty --rm --restart on-failure:3 --stop-signal SIGINT --stop-timeout 5 "
        "--name job --hostname here "
        "--volume /a:/b:ro --mount 'type=bind,\"source=/x,y\",target=/z,readonly' --shm-size 1024 --publish 53/udp "
        "--publish '[::1]:8080:80' "
        "--network net1 --link db:database --memory 1048576 --cpus 1.5 --ulimit nofile=1:2 --gpus "
        "'\"device=0,1\",capabilities=utility' "
        "--device nvidia.com/gpu=0 --cap-add CAP_NET_ADMIN --ipc host --entrypoint /init app -v run 'a b'");
}

TEST_CASE("an answer that describes no container is refused", "[engine]") {
  for (const std::string_view body : {"", "[]", "{}", "not json", R"({"Config": 1})"})
    CHECK_FALSE(engine::run_line(body, {}).ok());
}

TEST_CASE("how far a container is", "[engine]") {
  const auto read = [](std::string_view body) { return engine::decode_readiness(body); };
  CHECK(read(R"({"State": {"Status": "running", "ExitCode": 0}})").value() == engine::Readiness{.status = "running"});
  CHECK(read(R"({"State": {"Status": "running", "Health": {"Status": "starting"}}})").value() ==
        engine::Readiness{.status = "running", .health = "starting"});
  CHECK(read(R"({"State": {"Status": "exited", "ExitCode": 3, "Health": {"Status": "none"}}})").value() ==
        engine::Readiness{.status = "exited", .exit_code = 3});
  for (const std::string_view body : {"", "{}", R"({"State": 1})", R"({"State": {"Status": 1}})"})
    CHECK_FALSE(read(body).ok());
}
