// version and info. The engines' answers are shortened from those of 20.10 and 28.5, the output is docker 28's on them.
#include "support/catch.hpp"
#include "support/command_run.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::run_command;
using test::Script;

namespace {

constexpr const char* kVersion =
    R"({"Platform":{"Name":""},"Components":[{"Name":"Engine","Version":"20.10.24+dfsg1","Details":{"ApiVersion":"1.41",)"
    R"("Arch":"amd64","BuildTime":"2026-05-07T21:09:36.000000000+00:00","Experimental":"false","GitCommit":"5d6db84",)"
    R"("GoVersion":"go1.19.8","KernelVersion":"6.1","MinAPIVersion":"1.12","Os":"linux"}},{"Name":"docker-init",)"
    R"("Version":"0.19.0","Details":{"GitCommit":""}}],"Version":"20.10.24+dfsg1","ApiVersion":"1.41",)"
    R"("MinAPIVersion":"1.12","GitCommit":"5d6db84","GoVersion":"go1.19.8","Os":"linux","Arch":"amd64",)"
    R"("KernelVersion":"6.1","BuildTime":"2026-05-07T21:09:36.000000000+00:00"})";

const std::string kClientHalf =
    "Client:\n"
    " Version:           28.2.2\n"
    " API version:       1.41 (downgraded from 1.50)\n"
    " Go version:        go1.24.3\n"
    " Git commit:        e6534b4\n"
    " Built:             Fri May 30 12:07:14 2025\n"
    " OS/Arch:           linux/amd64\n"
    " Context:           default\n";

constexpr const char* kInfo =
    R"({"ID":"D35A","Containers":3,"ContainersRunning":1,"ContainersPaused":0,"ContainersStopped":2,"Images":2,)"
    R"("Driver":"overlay2","DriverStatus":[["Backing Filesystem","extfs"]],"Plugins":{"Volume":["local"],)"
    R"("Network":["bridge","host"],"Authorization":null,"Log":["json-file"]},"MemoryLimit":true,"Debug":false,"NFd":32,)"
    R"("LoggingDriver":"json-file","CgroupDriver":"cgroupfs","CgroupVersion":"1","KernelVersion":"6.1",)"
    R"("OperatingSystem":"Debian","OSType":"linux","Architecture":"x86_64","RegistryConfig":{"IndexConfigs":)"
    R"({"reg:5000":{"Name":"reg:5000","Mirrors":[],"Secure":false,"Official":false}},"InsecureRegistryCIDRs":)"
    R"(["127.0.0.0/8"],"Mirrors":["https://m/"]},"NCPU":2,"MemTotal":25276514304,"DockerRootDir":"/d","Name":"vm",)"
    R"("Labels":["a=b"],"ServerVersion":"20.10","Runtimes":{"runc":{"path":"runc"},"nvidia":{"path":"n"}},)"
    R"("DefaultRuntime":"runc","Swarm":{"LocalNodeState":"inactive"},"InitBinary":"docker-init",)"
    R"("ContainerdCommit":{"ID":"1.6"},"RuncCommit":{"ID":"1.1"},"InitCommit":{"ID":""},)"
    R"("SecurityOptions":["name=seccomp,profile=default","apparmor"],"CDISpecDirs":["/etc/cdi"],)"
    R"("DiscoveredDevices":[{"Source":"cdi","ID":"nvidia.com/gpu=0"}],"DefaultAddressPools":)"
    R"([{"Base":"10.0.0.0/8","Size":24}],"Warnings":["WARNING: No swap limit support"]})";

const std::string kInfoClient = "Client:\n Version:    28.2.2\n Context:    default\n Debug Mode: false\n\nServer:\n";

const std::string kInfoServer =
    " Containers: 3\n  Running: 1\n  Paused: 0\n  Stopped: 2\n Images: 2\n Server Version: 20.10\n"
    " Storage Driver: overlay2\n  Backing Filesystem: extfs\n Logging Driver: json-file\n Cgroup Driver: cgroupfs\n"
    " Cgroup Version: 1\n Plugins:\n  Volume: local\n  Network: bridge host\n  Log: json-file\n CDI spec directories:\n"
    "  /etc/cdi\n Discovered Devices:\n  cdi: nvidia.com/gpu=0\n Swarm: inactive\n Runtimes: nvidia runc\n"
    " Default Runtime: runc\n Init Binary: docker-init\n containerd version: 1.6\n runc version: 1.1\n"
    " init version: \n Security Options:\n  seccomp\n   Profile: default\n  apparmor\n Kernel Version: 6.1\n"
    " Operating System: Debian\n OSType: linux\n Architecture: x86_64\n CPUs: 2\n Total Memory: 23.54GiB\n Name: vm\n"
    " ID: D35A\n Docker Root Dir: /d\n Debug Mode: false\n Labels:\n  a=b\n Experimental: false\n"
    " Insecure Registries:\n  reg:5000\n  127.0.0.0/8\n Registry Mirrors:\n  https://m/\n Live Restore Enabled: false\n"
    " Default Address Pools:\n   Base: 10.0.0.0/8, Size: 24\n\n";

const Error kDown = error(ErrorKind::connection, "Cannot connect to the Docker daemon at unix:///x.");
const test::CommandSetup kOld{.pinned_api_version = "1.41"};

}  // namespace

TEST_CASE("version shows the client, then the engine and its components") {
  Script script;
  script.expect("GET /v1.41/version").reply_json(200, kVersion);
  CHECK(run_command(script, "version", kOld) ==
        CommandOutcome{kClientHalf + "\nServer:\n"
                                     " Engine:\n"
                                     "  Version:          20.10.24+dfsg1\n"
                                     "  API version:      1.41 (minimum version 1.12)\n"
                                     "  Go version:       go1.19.8\n"
                                     "  Git commit:       5d6db84\n"
                                     "  Built:            Thu May  7 21:09:36 2026\n"
                                     "  OS/Arch:          linux/amd64\n"
                                     "  Experimental:     false\n"
                                     " docker-init:\n"
                                     "  Version:          0.19.0\n"
                                     "  GitCommit:        \n",
                       ""});
}

TEST_CASE("version without an engine shows the client's half, and fails") {
  Script script;
  script.expect("GET /v1.41/version").fail(kDown);
  CHECK(run_command(script, "version", kOld) == CommandOutcome{kClientHalf, "", kDown});
}

TEST_CASE("an engine too old to list its components is its own component") {
  Script script;
  script.expect("GET /v1.41/version")
      .reply_json(200, R"({"Version":"17.05","ApiVersion":"1.29","Os":"linux","Arch":"arm","BuildTime":"long ago"})");
  CHECK(run_command(script, {"version", "-f", "{{json .Server.Components}}"}, kOld).out ==
        R"([{"Name":"Engine","Version":"17.05","Details":{"ApiVersion":"1.29","Arch":"arm","BuildTime":"long ago",)"
        R"("Experimental":"false","GitCommit":"","GoVersion":"","MinAPIVersion":"","Os":"linux"}}])"
        "\n");
}

TEST_CASE("version's templates see docker's types") {
  struct Case {
    std::string format, out, message;
  };
  const auto wanted = GENERATE(
      Case{"{{.Client.Version}} {{.Server.Version}}", "28.2.2 20.10.24+dfsg1\n", ""},
      Case{"a\t{{.Server.Os}}", "a                   linux\n", ""},
      Case{"{{json .Client}}",
           R"({"Version":"28.2.2","ApiVersion":"1.41","DefaultAPIVersion":"1.50","GitCommit":"e6534b4",)"
           R"("GoVersion":"go1.24.3","Os":"linux","Arch":"amd64","BuildTime":"Fri May 30 12:07:14 2025",)"
           R"("Context":"default"})"
           "\n",
           ""},
      Case{"x{{.Server.Nope}}", "x\n",
           "template: version:1:10: executing \"version\" at <.Server.Nope>: can't evaluate field Nope in type "
           "*types.Version"});
  Script script;
  script.expect("GET /v1.41/version").reply_json(200, kVersion);
  CHECK(run_command(script, {"version", "--format", wanted.format}, kOld) ==
        CommandOutcome{wanted.out, "", error(wanted.message)});
}

TEST_CASE("a template that cannot be parsed ends with 64, before the engine is asked") {
  Script script;
  CHECK(run_command(script, {"version", "-f", "{{"}, kOld).error ==
        Error{ErrorKind::generic, "template parsing error: template: version:1: unclosed action", 0, 64});
}

TEST_CASE("info shows the client, then everything of the engine, and its warnings on stderr") {
  Script script;
  script.expect("GET /v1.50/info").reply_json(200, kInfo);
  CHECK(run_command(script, "info") == CommandOutcome{kInfoClient + kInfoServer, "WARNING: No swap limit support\n"});
}

TEST_CASE("info names the user at Docker Hub") {
  Script script;
  script.expect("GET /v1.50/info").reply_json(200, kInfo);
  const auto outcome =
      run_command(script, "info", {.config = R"({"auths":{"https://index.docker.io/v1/":{"auth":"bWU6cHc="}}})"});
  CHECK(outcome.out.find("\n Username: me\n") != std::string::npos);
}

TEST_CASE("info without an engine shows the client's half, and fails") {
  Script script;
  script.expect("GET /v1.50/info").fail(kDown);
  CHECK(run_command(script, "system info") == CommandOutcome{kInfoClient, "", kDown});
}

TEST_CASE("an engine that answers info with an error is told on stderr") {
  Script script;
  script.expect("GET /v1.50/info").reply_json(500, R"({"message":"broken"})");
  CHECK(run_command(script, "info") == CommandOutcome{kInfoClient, "ERROR: Error response from daemon: broken\n",
                                                      error("errors pretty printing info")});
}

TEST_CASE("info's templates see docker's types") {
  struct Case {
    std::string format, out;
  };
  const auto wanted =
      GENERATE(Case{"{{.ServerVersion}} {{.NCPU}} {{.Info.MemTotal}}", "20.10 2 25276514304\n"},
               Case{"{{.Swarm.LocalNodeState}}{{.Plugins.Volume}}", "inactive[local]\n"},
               Case{"{{range $name, $runtime := .Runtimes}}{{$name}}={{.Path}} {{end}}", "nvidia=n runc=runc \n"},
               Case{"{{json .RegistryConfig}}",
                    R"({"IndexConfigs":{"reg:5000":{"Mirrors":[],"Name":"reg:5000","Official":false,"Secure":false}},)"
                    R"("InsecureRegistryCIDRs":["127.0.0.0/8"],"Mirrors":["https://m/"]})"
                    "\n"},
               Case{"{{json .ContainerdCommit}}{{.DriverStatus}}", "{\"ID\":\"1.6\"}[[Backing Filesystem extfs]]\n"});
  Script script;
  script.expect("GET /v1.50/info").reply_json(200, kInfo);
  CHECK(run_command(script, {"info", "--format", wanted.format}) == CommandOutcome{wanted.out, ""});
}

TEST_CASE("a template of the client's half alone does not ask the engine") {
  Script script;
  CHECK(run_command(script, {"info", "-f", "{{.ClientInfo.Version}} {{.ClientInfo.Debug}}"}) ==
        CommandOutcome{"28.2.2 false\n", ""});
}

TEST_CASE("a template without an engine sees zeros, and the command fails") {
  Script script;
  script.expect("GET /v1.50/info").fail(kDown);
  CHECK(run_command(script, {"info", "-f", "{{.ID}}{{.NCPU}}"}) == CommandOutcome{"0\n", "", kDown});
}

TEST_CASE("an answer of the wrong form is said in Go's words") {
  Script script;
  script.expect("GET /v1.50/info").reply_json(200, R"({"NCPU":"two"})");
  CHECK(run_command(script, "info").err ==
        "ERROR: Error reading remote info: json: cannot unmarshal string into Go struct field Info.NCPU of type int\n");
}
