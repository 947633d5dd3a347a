#include "dockerlite/command/container/create.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/util/file.hpp"
#include "support/catch.hpp"
#include "support/command_runner.hpp"
#include "support/temporary_folder.hpp"

using namespace dockerlite;
using engine::CreateRequest;
using test::CommandOutcome;
using test::CommandRunner;
using Words = std::vector<std::string>;

namespace {

const std::string kId(64, 'c');
const std::string kCreated = "{\"Id\":\"" + kId + "\",\"Warnings\":[]}";
const std::string kMissing = R"({"message":"No such image: busybox:latest"})";
const std::string kPull = "POST /v1.50/images/create?fromImage=docker.io%2Flibrary%2Fbusybox&tag=latest";
const std::string kPullStream =
    "{\"status\":\"Pulling from library/busybox\",\"id\":\"latest\"}\r\n{\"status\":\"Status: Downloaded\"}\r\n";
const std::string kPullText = "latest: Pulling from library/busybox\nStatus: Downloaded\n";

/// The request that a command line comes to.
Result<CreateRequest> build(const Words& words, const command::CreateInputs& inputs) {
  auto parsed = cli::parse(command::container_create, "docker create", words);
  if (!parsed) return parsed.error();
  return command::build_create_request(*static_cast<command::CreateOptions*>(parsed->options.get()), inputs);
}

CreateRequest built(const Words& words) {
  const util::Environment environment({{"FOO", "from outside"}, {"EMPTY", ""}});
  const auto request = build(words, {.environment = environment});
  INFO((request ? "" : request.error().message));
  REQUIRE(request.ok());
  return *request;
}

std::string refusal(const Words& words) {
  const util::Environment environment;
  const auto request = build(words, {.environment = environment});
  return request ? "" : request.error().message;
}

/// What `create busybox` comes to.
CreateRequest plain() {
  CreateRequest request;
  request.config.image = "busybox";
  request.config.attach_stdout = request.config.attach_stderr = true;
  request.endpoints["default"] = {};
  return request;
}

std::string body(CreateRequest request) { return engine::create_body(request); }

}  // namespace

TEST_CASE("create: an image, and a command after it that may look like options") {
  CHECK(built({"busybox"}) == plain());
  auto expected = plain();
  expected.config.command = {"sh", "-c", "--"};
  CHECK(built({"--", "busybox", "sh", "-c", "--"}) == expected);
}

TEST_CASE("create: streams") {
  auto expected = plain();
  expected.config.tty = expected.config.open_stdin = expected.config.attach_stdin = expected.config.stdin_once = true;
  CHECK(built({"-it", "busybox"}) == expected);

  expected = plain();
  expected.config.attach_stdout = expected.config.attach_stderr = false;
  expected.config.attach_stdin = true;
  CHECK(built({"-a", "stdin", "busybox"}) == expected);
}

TEST_CASE("create: variables keep their order, the last of a name counts, bare names take ours") {
  const test::TemporaryFolder folder;
  const auto file = folder / "env";
  folder.file("env", "FILE=1\nFOO\nUNSET\n");
  auto expected = plain();
  expected.config.env = {"FILE=1", "FOO=from outside", "B=2", "FOO=from outside", "UNSET", "EMPTY=", "A=3"};
  CHECK(built({"-e", "A=1", "-e", "B=2", "--env-file", file, "-e", "FOO", "-e", "UNSET", "-e", "EMPTY", "-e", "A=3",
               "busybox"}) == expected);
}

TEST_CASE("create: proxies are added unless the variable was given, even without a value") {
  const util::Environment environment;
  auto expected = plain();
  expected.config.env = {"HTTP_PROXY", "http_proxy=p"};
  CHECK(*build({"-e", "HTTP_PROXY", "busybox"},
               {.environment = environment, .proxies = {{"HTTP_PROXY", "p"}, {"http_proxy", "p"}}}) == expected);
}

TEST_CASE("create: an empty entrypoint is not the image's") {
  auto expected = plain();
  expected.config.entrypoint = engine::StringList{""};
  CHECK(built({"--entrypoint=", "busybox"}) == expected);
  expected.config.entrypoint = engine::StringList{"sh"};
  CHECK(built({"--entrypoint", "sh", "busybox"}) == expected);
}

TEST_CASE("create: options that may be zero or false without being absent") {
  auto expected = plain();
  expected.host.init = false;
  expected.config.stop_timeout = 0;
  CHECK(built({"--init=false", "--stop-timeout=0", "busybox"}) == expected);
}

TEST_CASE("create: health") {
  auto expected = plain();
  expected.config.healthcheck = engine::Healthcheck{{"CMD-SHELL", "x"}, 5'000'000'000, 0, 0, 0, 3};
  CHECK(built({"--health-cmd", "x", "--health-interval", "5s", "--health-retries", "3", "busybox"}) == expected);
  expected.config.healthcheck = engine::Healthcheck{{"NONE"}, 0, 0, 0, 0, 0};
  CHECK(built({"--no-healthcheck", "busybox"}) == expected);
  CHECK(built({"--health-cmd=", "busybox"}) == plain());
}

TEST_CASE("create: devices by path, by CDI name, and GPUs") {
  auto expected = plain();
  expected.host.devices = {{"/dev/null", "/dev/null", "rwm"}};
  expected.host.device_requests = {*gpu::parse_gpu_request("all"),
                                   gpu::make_cdi_request({"nvidia.com/gpu=0", "nvidia.com/gpu=1"})};
  CHECK(built({"--device", "nvidia.com/gpu=0", "--device", "/dev/null", "--device", "nvidia.com/gpu=1", "--gpus", "all",
               "busybox"}) == expected);
}

TEST_CASE("create: a security profile is sent, not its path; systempaths is the client's") {
  const test::TemporaryFolder folder;
  const auto file = folder / "profile.json";
  folder.file("profile.json", "{ \"a\" : [1, 2.50] }\n");
  auto expected = plain();
  expected.host.security_options =
      engine::StringList{R"(seccomp={"a":[1,2.50]})", "no-new-privileges", "label:disable"};
  expected.host.system_paths_unconfined = true;
  CHECK(built({"--security-opt", "seccomp=" + file, "--security-opt", "no-new-privileges", "--security-opt",
               "systempaths=unconfined", "--security-opt", "label:disable", "busybox"}) == expected);
  CHECK(refusal({"--security-opt", "seccomp=/nonexistent", "busybox"}) ==
        "opening seccomp profile (/nonexistent) failed: open /nonexistent: no such file or directory");
  folder.file("profile.json", "{bad");
  CHECK(refusal({"--security-opt", "seccomp=" + file, "busybox"}) ==
        "compacting json for seccomp profile (" + file +
            ") failed: invalid character 'b' looking for beginning of object key string");
}

TEST_CASE("create: one network about which nothing is said is left to the engine") {
  auto expected = plain();
  expected.endpoints.clear();
  expected.host.network_mode = "n1";
  CHECK(built({"--network", "n1", "busybox"}) == expected);
  CHECK(built({"--network", "name=n1", "busybox"}) == expected);
}

TEST_CASE("create: common options are the first network's") {
  auto expected = plain();
  expected.endpoints.clear();
  expected.host.network_mode = "n1";
  expected.host.links = {"a:b"};
  expected.endpoints["n1"] = {
      .ipv4 = "1.2.3.4", .links = {"a:b"}, .aliases = {"web"}, .mac_address = "92:d0:c6:0a:29:33"};
  expected.endpoints["n2"] = {};
  expected.config.mac_address = "92:d0:c6:0a:29:33";
  CHECK(built({"--network", "name=n1,alias=web", "--network", "n2", "--ip", "1.2.3.4", "--link", "a:b", "--mac-address",
               "92:d0:c6:0a:29:33", "busybox"}) == expected);
}

TEST_CASE("create: what is wrong across options, in docker's words") {
  const std::pair<Words, const char*> cases[] = {
      {{"--rm", "--restart", "always"}, "conflicting options: cannot specify both --restart and --rm"},
      {{"--no-healthcheck", "--health-cmd", "x"}, "--no-healthcheck conflicts with --health-* options"},
      {{"--health-interval", "-5s"}, "--health-interval cannot be negative"},
      {{"--health-retries", "-5"}, "--health-retries cannot be negative"},
      {{"--memory-swappiness", "101"}, "invalid value: 101. Valid memory swappiness range is 0-100"},
      {{"--log-driver", "none", "--log-opt", "a=b"}, "invalid logging opts for driver none"},
      {{"--storage-opt", "size"}, "invalid storage option"},
      {{"--security-opt", "bogus"}, "Invalid --security-opt: \"bogus\""},
      {{"--pid", "x"}, "--pid: invalid PID mode"},
      {{"--uts", "x"}, "--uts: invalid UTS mode"},
      {{"--userns", "x"}, "--userns: invalid USER mode"},
      {{"--cgroupns", "x"}, "--cgroupns: invalid CGROUP mode"},
      {{"--mac-address", "xx"}, "xx is not a valid mac address"},
      {{"--network", "n1", "--network", "n1"}, "network \"n1\" is specified multiple times"},
      {{"--network", "n1", "--network", "host"},
       "conflicting options: cannot attach both user-defined and non-user-defined network-modes"},
      {{"--network-alias", "a"}, "network-scoped aliases are only supported for user-defined networks"},
      {{"--network", " "}, "no name set for network"},
      {{"--network", "name=n1,ip=1.2.3.4", "--ip", "1.2.3.5"},
       "conflicting options: cannot specify both --ip and per-network IPv4 address"},
      {{"--network", "name=n1,ip6=::1", "--ip6", "::2"},
       "conflicting options: cannot specify both --ip6 and per-network IPv6 address"},
      {{"--network", "name=n1,alias=a", "--network-alias", "b"},
       "conflicting options: cannot specify both --network-alias and per-network alias"},
      {{"--network", "name=n1,link-local-ip=1.1.1.1", "--link-local-ip", "1.1.1.2"},
       "conflicting options: cannot specify both --link-local-ip and per-network link-local IP addresses"},
      {{"--env-file", "/nonexistent"}, "open /nonexistent: no such file or directory"},
  };
  for (const auto& [options, message] : cases) {
    INFO(message);
    auto words = options;
    words.emplace_back("busybox");
    CHECK(refusal(words) == message);
  }
}

TEST_CASE("create prints the ID, and the engine's warnings beside it") {
  CommandRunner runner;
  runner.script.expect_ping("1.50");
  auto expected = plain();
  expected.host.dns = {"127.0.0.1"};
  runner.script.expect("POST /v1.50/containers/create?name=web")
      .with_body(body(expected))
      .reply_json(201, R"({"Id":"abc","Warnings":["one"]})");
  CHECK(runner.run(command::container_create, {"--name", "web", "--dns", "127.0.0.1", "busybox"}) ==
        CommandOutcome{"abc\n", "WARNING: one\nWARNING: Localhost DNS (127.0.0.1) may fail in containers.\n", {}});
}

TEST_CASE("create pulls an image that is missing, and creates again") {
  for (const bool quiet : {false, true}) {
    CommandRunner runner;
    runner.script.expect_ping("1.50");
    runner.script.expect("POST /v1.50/containers/create").with_body(body(plain())).reply_json(404, kMissing);
    runner.script.expect(kPull).with_header("X-Registry-Auth", "e30=").reply_json(200, kPullStream);
    runner.script.expect("POST /v1.50/containers/create").with_body(body(plain())).reply_json(201, kCreated);
    const auto words = quiet ? Words{"-q", "busybox"} : Words{"busybox"};
    CHECK(runner.run(command::container_create, words) ==
          CommandOutcome{kId + "\n", quiet ? "" : "Unable to find image 'busybox:latest' locally\n" + kPullText, {}});
  }
}

TEST_CASE("create --pull never, and an image's ID, are not pulled") {
  for (const Words& words :
       {Words{"--pull", "never", "busybox"}, Words{"--pull=", "busybox"}, Words{std::string(64, 'a')}}) {
    CommandRunner runner;
    runner.script.expect_ping("1.50");
    runner.script.expect("POST /v1.50/containers/create").with_any_body().reply_json(404, kMissing);
    CHECK(runner.run(command::container_create, words).error ==
          Error{ErrorKind::api, "Error response from daemon: No such image: busybox:latest", 404, 0});
  }
}

TEST_CASE("create --pull always pulls first, with the platform and the registry's credentials") {
  CommandRunner runner;
  runner.config = R"({"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"}}})";
  runner.environment["DOCKER_DEFAULT_PLATFORM"] = "linux/ARM64";
  runner.script.expect_ping("1.50");
  runner.script
      .expect("POST /v1.50/images/create?fromImage=docker.io%2Flibrary%2Fbusybox&platform=linux%2Farm64&tag=latest")
      .with_header(
          "X-Registry-Auth",
          "eyJ1c2VybmFtZSI6InUiLCJwYXNzd29yZCI6InAiLCJzZXJ2ZXJhZGRyZXNzIjoiaHR0cHM6Ly9pbmRleC5kb2NrZXIuaW8vdjEvIn0=")
      .reply_json(200, kPullStream);
  runner.script.expect("POST /v1.50/containers/create?platform=linux%2Farm64")
      .with_any_body()
      .reply_json(201, kCreated);
  CHECK(runner.run(command::container_create, {"--pull", "always", "busybox"}) ==
        CommandOutcome{kId + "\n", kPullText, {}});
}

TEST_CASE("create: an unknown platform, and a bad name, come before any request") {
  CommandRunner runner;
  runner.script.expect_ping("1.50");
  CHECK(
      runner.run(command::container_create, {"--platform", "bogus", "busybox"}).error ==
      error(
          R"(error parsing specified platform: "bogus": unknown operating system or architecture: invalid argument)"));
  CommandRunner other;
  other.script.expect_ping("1.50");
  CHECK(other.run(command::container_create, {"FOO"}).error.message ==
        "invalid reference format: repository name (library/FOO) must be lowercase");
}

TEST_CASE("create says what is wrong with its options under its name, with code 125") {
  CommandRunner runner;
  CHECK(runner.run(command::container_create, {"--pull", "bogus", "busybox"}).error ==
        Error{ErrorKind::generic,
              "docker: invalid pull option: 'bogus': must be one of \"always\", \"missing\" or \"never\"\n\n"
              "Run 'docker create --help' for more information",
              0, 125});
}

TEST_CASE("create --cidfile: the ID without a newline, or no file at all") {
  const test::TemporaryFolder folder;
  const auto file = folder / "cid";
  CommandRunner runner;
  runner.script.expect_ping("1.50");
  runner.script.expect("POST /v1.50/containers/create").with_any_body().reply_json(201, kCreated);
  CHECK(runner.run(command::container_create, {"--cidfile", file, "busybox"}).out == kId + "\n");
  CHECK(folder.content("cid") == kId);

  CommandRunner again;
  again.script.expect_ping("1.50");
  CHECK(again.run(command::container_create, {"--cidfile", file, "busybox"}).error ==
        error("container ID file found, make sure the other container isn't running or delete " + file));
  CHECK(folder.content("cid") == kId);

  CommandRunner failing;
  failing.script.expect_ping("1.50");
  failing.script.expect("POST /v1.50/containers/create").with_any_body().reply_json(500, R"({"message":"boom"})");
  CHECK(failing.run(command::container_create, {"--cidfile", file + "2", "busybox"}).error.message ==
        "Error response from daemon: boom");
  CHECK_FALSE(util::file_exists(file + "2"));
}

TEST_CASE("create tells the engine the terminal's size") {
  CommandRunner runner;
  runner.terminal = term::WindowSize{24, 80};
  runner.script.expect_ping("1.50");
  auto expected = plain();
  expected.host.console_size = {24, 80};
  runner.script.expect("POST /v1.50/containers/create").with_body(body(expected)).reply_json(201, kCreated);
  CHECK(runner.run(command::container_create, {"busybox"}).out == kId + "\n");
}

TEST_CASE("create refuses an image whose signature was to be verified") {
  CommandRunner runner;
  runner.script.expect_ping("1.50");
  runner.environment["DOCKER_CONTENT_TRUST"] = "1";
  CHECK(runner.run(command::container_create, {"busybox"}).error ==
        error("content trust is not supported: unset DOCKER_CONTENT_TRUST, or use --disable-content-trust"));
}

TEST_CASE("create --use-api-socket mounts the socket and leaves the credentials in the container") {
  CommandRunner runner;
  runner.config = R"({"auths":{"reg.io":{"auth":"dTpw"}}})";
  runner.script.expect_ping("1.50");
  auto expected = plain();
  expected.config.env = {"DOCKER_CONFIG=/run/secrets/docker"};
  auto& mount = expected.host.mounts.emplace_back();
  mount.type = "bind";
  mount.source = "/var/run/docker.sock";
  mount.target = "/var/run/docker.sock";
  mount.bind.emplace();
  runner.script.expect("POST /v1.50/containers/create").with_body(body(expected)).reply_json(201, kCreated);
  runner.script.expect("PUT /v1.50/containers/" + kId + "/archive?noOverwriteDirNonDir=true&path=%2F").with_any_body();
  CHECK(runner.run(command::container_create, {"--use-api-socket", "busybox"}) == CommandOutcome{kId + "\n", "", {}});
}
