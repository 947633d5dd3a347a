#include "dockerlite/command/specs.hpp"
#include "support/catch.hpp"
#include "support/command_runner.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::CommandRunner;

namespace {

/// An engine on another machine (its kernel is none of ours), so that the machine of the test does not count.
std::string info(const std::string& members) {
  return R"({"ServerVersion":"28.5.2","KernelVersion":"0.0.0-other","OperatingSystem":"Debian 13","Architecture":"x86_64",)"
         R"("DefaultRuntime":"runc","CDISpecDirs":["/etc/cdi"],"SecurityOptions":["name=seccomp"],)" +
         members + "}";
}

const std::string kNothing = info(R"("Runtimes":{"runc":{"path":"runc"}})");
const std::string kRuntime =
    info(R"("Runtimes":{"runc":{"path":"runc"},"nvidia":{"path":"nvidia-container-runtime"}})");
const std::string kCdi = info(
    R"("Runtimes":{"runc":{}},"DiscoveredDevices":[{"Source":"cdi","ID":"nvidia.com/gpu=0"},{"Source":"cdi","ID":"nvidia.com/gpu=GPU-1"},)"
    R"({"Source":"cdi","ID":"nvidia.com/gpu=all"},{"Source":"other","ID":"nvidia.com/gpu=9"}])");
const std::string kNoDriver = R"({"message":"could not select device driver \"\" with capabilities: [[gpu]]"})";

CommandOutcome run(const cli::CommandSpec& spec, const std::string& answer, const std::vector<std::string>& words,
                   const std::function<void(test::Script&)>& more = {}) {
  CommandRunner runner;
  runner.script.expect_ping("1.50");
  runner.script.expect("GET /v1.50/info").reply_json(200, answer);
  if (more) more(runner.script);
  return runner.run(spec, words);
}

const Error kUnusable{ErrorKind::exit_status, "", 0, 1};

void expect_trial(test::Script& script, int start_status, const std::string& start_answer) {
  script.expect("POST /v1.50/containers/create").with_any_body().reply_json(201, R"({"Id":"c1","Warnings":[]})");
  script.expect("POST /v1.50/containers/c1/start").reply_json(start_status, start_answer);
  script.expect("DELETE /v1.50/containers/c1?force=1&v=1").reply(204);
}

}  // namespace

TEST_CASE("gpu ls lists what a remote engine says of its CDI devices") {
  CHECK(run(command::gpu_ls, kCdi, {}) == CommandOutcome{"INDEX     UUID      NAME      REACHABLE BY\n0                "
                                                         "             CDI\n          GPU-1               CDI\n",
                                                         "",
                                                         {}});
  CHECK(run(command::gpu_ls, kCdi, {"-q"}) == CommandOutcome{"0\nGPU-1\n", "", {}});
  CHECK(run(command::gpu_ls, kCdi, {"--format", "json"}) ==
        CommandOutcome{"{\"ID\":\"0\",\"Index\":\"0\",\"Name\":\"\",\"UUID\":\"\",\"Ways\":\"CDI\"}\n"
                       "{\"ID\":\"GPU-1\",\"Index\":\"\",\"Name\":\"\",\"UUID\":\"GPU-1\",\"Ways\":\"CDI\"}\n",
                       "",
                       {}});
  CHECK(run(command::gpu_ls, kNothing, {}) == CommandOutcome{"INDEX     UUID      NAME      REACHABLE BY\n", "", {}});
}

TEST_CASE("gpu ls refuses a broken template before it asks the engine") {
  CommandRunner runner;
  CHECK(runner.run(command::gpu_ls, {"--format", "{{"}).error ==
        error("template parsing error: template: :1: unclosed action"));
}

TEST_CASE("gpu doctor says what an engine without any way has, and fails") {
  CHECK(run(command::gpu_doctor, kNothing, {}) ==
        CommandOutcome{"CHECK            STATUS    FOUND\n"
                       "engine           ok        Docker Engine 28.5.2, API 1.50, Debian 13, x86_64\n"
                       "GPU requests     ok        taken since API 1.40\n"
                       "device driver    unknown   no engine tells; it shows when a container starts\n"
                       "runtime nvidia   absent    not registered; the engine has runc\n"
                       "CDI devices      absent    none of kind nvidia.com/gpu in /etc/cdi\n"
                       "\n"
                       "What can be done:\n"
                       "  runtime nvidia: On the engine's machine: nvidia-ctk runtime configure --runtime=docker, then "
                       "restart the engine.\n"
                       "  CDI devices: On the engine's machine: nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml\n"
                       "\n"
                       "No GPU container can start.\n",
                       "", kUnusable});
}

TEST_CASE("gpu doctor succeeds where the engine has a way, in each format") {
  CHECK(run(command::gpu_doctor, kRuntime, {"--format", "{{.Usable}} {{.Ways}} {{len .Checks}}"}) ==
        CommandOutcome{"true [runtime] 5\n", "", {}});
  CHECK(run(command::gpu_doctor, kCdi, {"--format", "{{json .Ways}}"}) == CommandOutcome{"[\"CDI\"]\n", "", {}});
  const CommandOutcome json = run(command::gpu_doctor, kRuntime, {"--format", "json"});
  CHECK(json.out.starts_with(
      R"({"Checks":[{"Found":"Docker Engine 28.5.2, API 1.50, Debian 13, x86_64","Name":"engine","NextStep":"","Status":"ok"},)"));
  CHECK(json.out.ends_with("],\"Usable\":true,\"Ways\":[\"runtime\"]}\n"));
  CHECK(run(command::gpu_doctor, kRuntime, {"--format", "{{.Nope.X"}).error ==
        error("template parsing error: template: :1: unclosed action"));
}

TEST_CASE("gpu doctor --image proves it by a container") {
  const std::vector<std::string> words = {"--image", "img", "--format",
                                          "{{.Usable}} {{.Ways}} {{range .Checks}}{{if eq .Name \"container of "
                                          "img\"}}{{.Status}}: {{.Found}}{{end}}{{end}}"};
  CHECK(run(command::gpu_doctor, kNothing, words, [](test::Script& script) { expect_trial(script, 204, ""); }) ==
        CommandOutcome{"true [device driver] ok: started with --gpus all\n", "", {}});
  CHECK(run(command::gpu_doctor, kNothing, words, [](test::Script& script) { expect_trial(script, 500, kNoDriver); }) ==
        CommandOutcome{"false [] problem: Error response from daemon: could not select device driver \"\" with "
                       "capabilities: [[gpu]]\n",
                       "", kUnusable});
  CHECK(run(command::gpu_doctor, kNothing, words, [](test::Script& script) {
          expect_trial(script, 400, R"({"message":"exec: \"true\": executable file not found in $PATH"})");
        }) == CommandOutcome{"true [device driver] ok: started with --gpus all\n", "", {}});
}

TEST_CASE("gpu doctor --image takes the way that the engine has") {
  const std::vector<std::string> words = {
      "--image", "img", "--format",
      "{{.Usable}} {{range .Checks}}{{if eq .Name \"container of img\"}}{{.Found}}{{end}}{{end}}"};
  const auto twice = [](test::Script& script) {
    expect_trial(script, 500, kNoDriver);
    expect_trial(script, 204, "");
  };
  CHECK(
      run(command::gpu_doctor, kCdi, words, twice) ==
      CommandOutcome{"true started: the engine has no GPU device driver; using --device nvidia.com/gpu=all\n", "", {}});
  CHECK(
      run(command::gpu_doctor, kRuntime, words, twice) ==
      CommandOutcome{
          "true started: the engine has no GPU device driver; using --runtime nvidia with NVIDIA_VISIBLE_DEVICES=all\n",
          "",
          {}});
}

TEST_CASE("gpu doctor --image says that the image is not there") {
  const auto outcome = run(command::gpu_doctor, kRuntime, {"--image", "img"}, [](test::Script& script) {
    script.expect("POST /v1.50/containers/create")
        .with_any_body()
        .reply_json(404, R"({"message":"No such image: img:latest"})");
  });
  CHECK(outcome.error == kUnusable);
  CHECK(outcome.out.find("  container of img: Pull the image first: dockerlite pull img\n") != std::string::npos);
}
