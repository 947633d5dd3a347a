// __complete asks the engine for names; completion and __man print and write what the tables hold.
#include <algorithm>

#include "app/command_table.hpp"
#include "dockerlite/cli/completion.hpp"
#include "dockerlite/cli/man.hpp"
#include "dockerlite/command/specs.hpp"
#include "support/catch.hpp"
#include "support/command_run.hpp"
#include "support/temporary_folder.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::CommandSetup;
using test::Script;

namespace {

constexpr const char* kContainers =
    R"([{"Id":"i1","Names":["/web","/db/web"],"State":"running"},{"Id":"i2","Names":["/old"],"State":"exited"},)"
    R"({"Id":"i3","Names":["/new"],"State":"created"},{"Id":"i4","Names":["/held"],"State":"paused"}])";

CommandOutcome run(Script& script, const std::vector<std::string>& words,
                   const std::map<std::string, std::string, std::less<>>& environment = {}) {
  const cli::Program program = app::program();
  CommandSetup setup;
  setup.tables = &program;
  setup.environment = environment;
  return test::run_command(script, words, setup);
}

const std::string kNoFiles = "Completion ended with directive: ShellCompDirectiveNoFileComp\n";
const std::string kError = "Completion ended with directive: ShellCompDirectiveError\n";

}  // namespace

TEST_CASE("container names: those whose state fits, links and all", "[completion]") {
  const auto names = [](const std::vector<std::string>& line, const std::string& target) {
    Script script;
    script.expect("GET /v1.50/containers/json" + target).reply_json(200, kContainers);
    std::vector<std::string> words{"__complete"};
    words.insert(words.end(), line.begin(), line.end());
    const CommandOutcome outcome = run(script, words);
    CHECK(outcome.err == kNoFiles);
    return outcome.out;
  };
  CHECK(names({"rm", ""}, "?all=1") == "old\nnew\n:4\n");
  CHECK(names({"rm", "-f", ""}, "?all=1") == "web\ndb/web\nold\nnew\nheld\n:4\n");
  CHECK(names({"start", ""}, "?all=1") == "old\nnew\n:4\n");
  CHECK(names({"logs", ""}, "?all=1") == "web\ndb/web\nold\nnew\nheld\n:4\n");
  CHECK(names({"pause", ""}, "") == "web\ndb/web\nold\nnew\n:4\n");
  CHECK(names({"unpause", ""}, "") == "held\n:4\n");
  CHECK(names({"stop", "web", ""}, "") == "web\ndb/web\nold\nnew\nheld\n:4\n");
  CHECK(names({"run", "--ipc", "container:"}, "?all=1") ==
        "container:web\ncontainer:db/web\ncontainer:old\ncontainer:new\ncontainer:held\n:4\n");
}

TEST_CASE("container IDs are offered where the environment asks for them", "[completion]") {
  Script script;
  script.expect("GET /v1.50/containers/json").reply_json(200, kContainers);
  CHECK(run(script, {"__complete", "unpause", ""}, {{"DOCKER_COMPLETION_SHOW_CONTAINER_IDS", "yes"}}) ==
        CommandOutcome{"i4\nheld\n:4\n", kNoFiles});
}

TEST_CASE("images, networks and drivers", "[completion]") {
  Script script;
  script.expect("GET /v1.50/images/json")
      .reply_json(200, R"([{"Id":"a","RepoTags":["a:1","b:2"]},{"Id":"b","RepoTags":null}])");
  CHECK(run(script, {"__complete", "run", ""}) == CommandOutcome{"a:1\nb:2\n:4\n", kNoFiles});
  script.expect("GET /v1.50/networks").reply_json(200, R"([{"Name":"host"}])");
  CHECK(run(script, {"__complete", "run", "--network", ""}) == CommandOutcome{"host\n:4\n", kNoFiles});
  script.expect("GET /v1.50/info").reply_json(200, R"({"Plugins":{"Log":["gelf"],"Volume":["nfs"]}})");
  CHECK(run(script, {"__complete", "run", "--log-driver", ""}) == CommandOutcome{"gelf\n:4\n", kNoFiles});
  script.expect("GET /v1.50/info").reply_json(200, R"({"Plugins":{"Log":["gelf"],"Volume":["nfs"]}})");
  CHECK(run(script, {"__complete", "run", "--volume-driver="}) == CommandOutcome{"nfs\n:4\n", kNoFiles});
}

TEST_CASE("an engine that fails leaves no candidates and no words about it", "[completion]") {
  const auto down = [](Script& script, const std::string& line) {
    script.expect(line).fail(error("Cannot connect to the Docker daemon"));
  };
  Script script;
  down(script, "GET /v1.50/containers/json?all=1");
  CHECK(run(script, {"__complete", "rm", ""}) == CommandOutcome{":1\n", kError});
  script.expect("GET /v1.50/networks").reply_json(500, R"({"message":"no"})");
  CHECK(run(script, {"__complete", "run", "--network", ""}) == CommandOutcome{":1\n", kError});
  down(script, "GET /v1.50/info");
  CHECK(run(script, {"__complete", "run", "--volume-driver", ""}) == CommandOutcome{"local\n:4\n", kNoFiles});
  down(script, "GET /v1.50/containers/json?all=1");
  CHECK(run(script, {"__complete", "run", "--link", ""}) ==
        CommandOutcome{":2\n", "Completion ended with directive: ShellCompDirectiveNoSpace\n"});
}

TEST_CASE("variables are offered by name alone", "[completion]") {
  Script script;
  CHECK(run(script, {"__complete", "run", "-e", ""}, {{"TOKEN", "secret"}, {"A", "1"}}) ==
        CommandOutcome{"A\nTOKEN\n:4\n", kNoFiles});
}

TEST_CASE("descriptions are our help; the environment or the other command leaves them out", "[completion]") {
  Script script;
  const CommandOutcome with{"--force\tKill the container first if it is running\n:4\n", kNoFiles};
  const CommandOutcome without{"--force\n:4\n", kNoFiles};
  CHECK(run(script, {"__complete", "rm", "--fo"}) == with);
  CHECK(run(script, {"__completeNoDesc", "rm", "--fo"}) == without);
  CHECK(run(script, {"__complete", "rm", "--fo"}, {{"COBRA_COMPLETION_DESCRIPTIONS", "0"}}) == without);
  CHECK(run(script, {"__complete", "rm", "--fo"},
            {{"DOCKER_COMPLETION_DESCRIPTIONS", "true"}, {"COBRA_COMPLETION_DESCRIPTIONS", "0"}}) == with);
}

TEST_CASE("__complete takes options as words, and needs one word", "[completion]") {
  Script script;
  CHECK(run(script, {"__complete", "--help"}) == CommandOutcome{":4\n", kNoFiles});
  CHECK(run(script, {"__complete", "rm", "--nosuch", ""}) ==
        CommandOutcome{":0\n",
                       "[Debug] [Error] Error while parsing flags from args [--nosuch]: unknown flag: --nosuch\n"
                       "Completion ended with directive: ShellCompDirectiveDefault\n"});
  CHECK(run(script, {"__complete"}) == CommandOutcome{"", "", error("requires at least 1 arg(s), only received 0")});
}

TEST_CASE("completion prints the script of a shell, or help", "[completion]") {
  Script script;
  const CommandOutcome bash = run(script, {"completion", "bash"});
  CHECK(bash == CommandOutcome{*cli::completion_script("bash", "dockerlite", true), ""});
  CHECK(run(script, {"completion", "fish", "--no-descriptions"}) ==
        CommandOutcome{*cli::completion_script("fish", "dockerlite", false), ""});
  const CommandOutcome help{cli::help_text(command::system_completion, "docker completion", 80), ""};
  CHECK(run(script, {"completion"}) == help);
  CHECK(run(script, {"completion", "csh"}) == help);
  CHECK(run(script, {"completion", "bash", "x"}) ==
        CommandOutcome{"", "", error(ErrorKind::arguments, "unknown command \"x\" for \"docker completion bash\"")});
}

TEST_CASE("__man writes a page for each name", "[man]") {
  const test::TemporaryFolder folder;
  Script script;
  CHECK(run(script, {"__man", folder / "man1"}) == CommandOutcome{});
  const cli::Program program = app::program();
  std::vector<std::string> expected{"d man1 755"};
  for (const cli::ManPage& page : cli::man_pages(program))
    expected.push_back("f man1/" + page.name + ".1 644 " + page.text);
  std::sort(expected.begin(), expected.end());
  CHECK(folder.listing() == expected);
  CHECK(expected.size() > 50);
}
