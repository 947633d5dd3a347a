#include "support/catch.hpp"
#include "support/command_run.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::run_command;
using test::Script;

namespace {

constexpr const char* kWeb = R"({"Id":"abc","Name":"/web","State":{"Running":true},"Extra":1e3})";

Error missing(const std::string& message) { return {ErrorKind::api, message, 404, 0}; }

/// The answers that no type of object has the name.
void expect_nowhere(Script& script, const std::string& name) {
  for (const std::string& path :
       {"containers/" + name + "/json", "images/" + name + "/json", "networks/" + name, "volumes/" + name})
    script.expect("GET /v1.50/" + path).reply_json(404, R"({"message":"no"})");
  script.expect("GET /v1.50/info").reply_json(200, R"({"Swarm":{"ControlAvailable":false}})");
  script.expect("GET /v1.50/plugins/" + name + "/json").reply_json(404, R"({"message":"no"})");
}

}  // namespace

TEST_CASE("inspect prints the engine's document, re-indented") {
  Script script;
  script.expect("GET /v1.50/containers/web/json").reply_json(200, kWeb);
  CHECK(run_command(script, "inspect web") == CommandOutcome{R"([
    {
        "Id": "abc",
        "Name": "/web",
        "State": {
            "Running": true
        },
        "Extra": 1e3
    }
]
)",
                                                             ""});
  script.expect("GET /v1.50/containers/web/json?size=1").reply_json(200, kWeb);
  CHECK(run_command(script, "container inspect --size -f json web") ==
        CommandOutcome{"[" + std::string(kWeb) + "]\n", ""});
}

TEST_CASE("inspect goes from type to type, and asks an image last of all for no size") {
  Script script;
  script.expect("GET /v1.50/containers/x/json?size=1").reply_json(404, R"({"message":"no"})");
  script.expect("GET /v1.50/images/x/json").reply_json(200, R"({"Id":"sha256:1","RepoTags":["x:1"]})");
  CHECK(run_command(script, std::vector<std::string>{"inspect", "-s", "-f", "{{.RepoTags}} {{.ID}}", "x"}) ==
        CommandOutcome{"[x:1] sha256:1\n", "WARNING: --size ignored for image\n"});
}

TEST_CASE("what inspect finds is printed, and what it does not find is an error") {
  Script script;
  script.expect("GET /v1.50/containers/web/json").reply_json(200, kWeb);
  expect_nowhere(script, "gone");
  CHECK(run_command(script, std::vector<std::string>{"inspect", "-f", "{{.Name}}", "web", "gone"}) ==
        CommandOutcome{"/web\n", "", error("Error: No such object: gone")});
  expect_nowhere(script, "gone");
  CHECK(run_command(script, "inspect gone") == CommandOutcome{"[]\n", "", error("Error: No such object: gone")});
}

TEST_CASE("a failing template prints an empty line, and its error names the document's key") {
  Script script;
  script.expect("GET /v1.50/containers/web/json").reply_json(200, kWeb);
  CHECK(run_command(script, std::vector<std::string>{"inspect", "-f", "{{.Nope}}", "web"}) ==
        CommandOutcome{"\n", "",
                       error("template parsing error: template: :1:2: executing \"\" at <.Nope>: map has no entry for "
                             "key \"Nope\"")});
}

TEST_CASE("a template that does not parse has an exit code of its own, and nothing is asked of the engine") {
  Script script;
  const Error unclosed{ErrorKind::generic, "template parsing error: template: :1: unclosed action", 0, 64};
  CHECK(run_command(script, "inspect -f {{ web") == CommandOutcome{"", "", unclosed});
  CHECK(run_command(script, "image inspect -f {{ web") == CommandOutcome{"", "", unclosed});
}

TEST_CASE("inspect of a type asks for that type alone") {
  Script script;
  script.expect("GET /v1.50/networks/n").reply_json(404, R"({"message":"network n not found"})");
  CHECK(run_command(script, "inspect --type network n") ==
        CommandOutcome{"[]\n", "", missing("Error response from daemon: network n not found")});
  script.expect("GET /v1.50/services/s?insertDefaults=true").reply_json(200, "{}");
  CHECK(run_command(script, "inspect --type=service s") == CommandOutcome{"[\n    {}\n]\n", ""});
  const std::string choices =
      R"(must be one of "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume")";
  CHECK(run_command(script, "inspect --type bogus n").error == error("unknown type: \"bogus\": " + choices));
  CHECK(run_command(script, "inspect --type= n").error == error("type is empty: " + choices));
}

TEST_CASE("an image of a platform is asked for by its JSON") {
  Script script;
  script.expect("GET /v1.50/images/a/b:1/json?platform=%7B%22architecture%22%3A%22arm64%22%2C%22os%22%3A%22linux%22%7D")
      .reply_json(200, "{}");
  CHECK(run_command(script, "image inspect --platform linux/arm64 a/b:1") == CommandOutcome{"[\n    {}\n]\n", ""});
}

TEST_CASE("inspect --as-run prints a run command, and takes no format") {
  Script script;
  script.expect("GET /v1.50/info").reply_json(200, R"({"LoggingDriver":"json-file","DefaultRuntime":"runc"})");
  script.expect("GET /v1.50/containers/web/json")
      .reply_json(200, R"({"Id":"abc","Name":"/web","Image":"sha256:1","Config":{"Image":"busybox","Cmd":["sh"]},)"
                       R"("HostConfig":{"NetworkMode":"default","LogConfig":{"Type":"json-file"},"Runtime":"runc"}})");
  script.expect("GET /v1.50/images/sha256:1/json").reply_json(200, R"({"Id":"sha256:1","Config":{"Cmd":["sh"]}})");
  const auto outcome = run_command(script, "inspect --as-run web");
  CHECK(outcome.out.starts_with("docker run "));
  CHECK(outcome.out.ends_with(" busybox\n"));
  CHECK(outcome.error == Error{});
  CHECK(run_command(script, "container inspect --as-run -f x web").error ==
        error("conflicting options: --as-run and --format cannot be used together"));
}
