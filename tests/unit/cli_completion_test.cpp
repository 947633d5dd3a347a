// What is offered for the last word of a line. The expected candidates and directives are those that docker 28 gives
// for the same kind of line.
#include "dockerlite/cli/completion.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using cli::Candidate;
using cli::Completion;
using cli::CompletionPlan;

namespace {

constexpr unsigned kDefault = cli::directive::kShellDefault, kError = cli::directive::kError,
                   kNoSpace = cli::directive::kNoSpace, kNoFiles = cli::directive::kNoFiles;

struct Options {
  std::string text;
  std::int64_t number{};
  bool flag{};
  std::vector<std::string> list, arguments;
};

Result<void> nothing(Context&, Options&) { return {}; }

using Row = cli::Option;
constexpr std::array kGlobals{
    cli::option<&Options::flag>("debug", 'D', "Log more"),
    cli::option<&Options::list>("host", 'H', "Engine"),
    cli::option<&Options::text>("context", 'c', "Context").with_completion(Completion::contexts),
};
constexpr std::array kRun{
    cli::option<&Options::list>("env", 'e', "Variable").with_completion(Completion::environment),
    cli::option<&Options::text>("hostname", 'h', "Host name"),
    cli::option<&Options::flag>("interactive", 'i', "Keep stdin open"),
    cli::option<&Options::text>("ipc", 0, "IPC").with_choices("container: host", Completion::namespaces),
    cli::option<&Options::list>("link", 0, "Link").with_completion(Completion::container_prefixes),
    cli::option<&Options::text>("log-driver", 0, "Driver").with_completion(Completion::log_drivers),
    cli::option<&Options::list>("log-opt", 0, "Option").with_completion(Completion::log_options),
    cli::option<&Options::number>("memory", 'm', "Memory"),
    cli::option<&Options::list>("net", 0, "Network").as_hidden(),
    cli::option<&Options::text>("old", 0, "Old").with_deprecated("use another"),
    cli::option<&Options::text>("pull", 0, "When to pull").with_choices("always missing never"),
    cli::option<&Options::list>("security-opt", 0, "Security").with_completion(Completion::security_options),
    cli::option<&Options::list>("ulimit", 0, "Limit").with_choices("core= nofile="),
    cli::option<&Options::text>("volume-driver", 0, "Driver").with_completion(Completion::volume_drivers),
};
constexpr std::array kRm{
    cli::option<&Options::flag>("force", 'f', "Kill it first"),
    cli::option<&Options::text>("file", 0, "A file"),
};

constexpr std::string_view kRootNames[] = {"docker"}, kRunNames[] = {"container run", "run"},
                           kRmNames[] = {"container rm", "container remove", "rm"}, kHiddenNames[] = {"__hidden"};

constexpr cli::CommandSpec kRoot =
    cli::make_command<Options, nothing>({.names = kRootNames, .options = kGlobals, .interspersed = false});
constexpr cli::CommandSpec kRunSpec = cli::make_command<Options, nothing>({
    .names = kRunNames,
    .summary = "Run it",
    .options = kRun,
    .interspersed = false,
    .completion = Completion::images,
    .completed_arguments = 1,
    .other_values = Completion::none,
});
constexpr cli::CommandSpec kRmSpec = cli::make_command<Options, nothing>(
    {.names = kRmNames, .summary = "Remove it", .options = kRm, .completion = Completion::removable_containers});
constexpr cli::CommandSpec kHidden =
    cli::make_command<Options, nothing>({.names = kHiddenNames, .summary = "Hidden", .hidden = true});

constexpr const cli::CommandSpec* kCommands[] = {&kRunSpec, &kRmSpec, &kHidden};
constexpr cli::Group kGroups[] = {{"container", "Containers", ""}, {"empty", "Nothing in it", ""}};

CompletionPlan plan(const std::vector<std::string>& words) {
  return cli::plan_completion({.root = kRoot, .groups = kGroups, .commands = kCommands, .version = "1"}, words);
}

/// A plan of words that mean what they say.
CompletionPlan words(std::vector<std::string> texts, unsigned directive) {
  CompletionPlan expected{.directive = directive};
  for (auto& text : texts) expected.candidates.push_back({std::move(text), {}});
  return expected;
}

CompletionPlan ask(Completion source) {
  return {.directive = kNoFiles, .source = source, .directive_without_source = kError};
}

CompletionPlan refused(std::string problem) { return {.directive = kDefault, .problem = std::move(problem)}; }

/// The texts of the candidates.
std::vector<std::string> texts(const CompletionPlan& plan) {
  std::vector<std::string> out;
  for (const Candidate& candidate : plan.candidates) out.push_back(candidate.text);
  return out;
}

}  // namespace

TEST_CASE("the first word is a command or a group that has commands; hidden ones are not offered", "[completion]") {
  const CompletionPlan all{.candidates = {{"container", "Containers"},
                                          {"help", "Show how to use a command"},
                                          {"rm", "Remove it"},
                                          {"run", "Run it"}},
                           .directive = kNoFiles};
  CHECK(plan({""}) == all);
  CHECK(plan({"-D", ""}) == all);
  CHECK(plan({"-H", "x", "--debug", ""}) == all);
  CHECK(plan({"ru"}) == CompletionPlan{.candidates = {{"run", "Run it"}}, .directive = kNoFiles});
  CHECK(plan({"container"}) == CompletionPlan{.candidates = {{"container", "Containers"}}, .directive = kNoFiles});
  CHECK(plan({"zzz"}) == CompletionPlan{.directive = kNoFiles});
  CHECK(plan({"nosuch", ""}) == CompletionPlan{.directive = kDefault});
}

TEST_CASE("a group's words are its commands, without aliases", "[completion]") {
  CHECK(texts(plan({"container", ""})) == std::vector<std::string>{"rm", "run"});
  CHECK(texts(plan({"container", "ru"})) == std::vector<std::string>{"run"});
  CHECK(plan({"container", "nosuch", ""}) == CompletionPlan{.directive = kDefault});
  CHECK(plan({"container", "-"}) == CompletionPlan{.directive = kNoFiles});
  CHECK(plan({"container", "--nosuch", ""}) ==
        refused("Error while parsing flags from args [--nosuch]: unknown flag: --nosuch"));
}

TEST_CASE("options are offered by both names, sorted, but for hidden and deprecated ones", "[completion]") {
  CHECK(texts(plan({"rm", "-"})) == std::vector<std::string>{"--file", "--force", "-f"});
  CHECK(plan({"container", "remove", "--fo"}) ==
        CompletionPlan{.candidates = {{"--force", "Kill it first"}}, .directive = kNoFiles});
  CHECK(texts(plan({"-"})) == std::vector<std::string>{"--context", "-c", "--debug", "-D", "--host", "-H"});
  CHECK(texts(plan({"run", "--n"})).empty());
  CHECK(texts(plan({"run", "--o"})).empty());
  CHECK(texts(plan({"run", "--h"})) == std::vector<std::string>{"--help", "--hostname"});  // -h is taken
  CHECK(texts(plan({"rm", "--h"})).empty());
}

TEST_CASE("an option that was given is offered again only if it may be repeated", "[completion]") {
  CHECK(texts(plan({"rm", "-f", "-"})) == std::vector<std::string>{"--file"});
  CHECK(texts(plan({"run", "-e", "A=1", "--e"})) == std::vector<std::string>{"--env"});
  CHECK(texts(plan({"run", "--pull=never", "--p"})).empty());
}

TEST_CASE("where options have ended, words that look like them are arguments", "[completion]") {
  CHECK(plan({"rm", "--", "-"}) == ask(Completion::stopped_containers));
  CHECK(plan({"run", "--", "--p"}) == ask(Completion::images));
  CHECK(plan({"run", "busy", "--p"}) == CompletionPlan{.directive = kNoFiles});
  CHECK(plan({"run", "busy", "--env", ""}) == CompletionPlan{.directive = kNoFiles});
  CHECK(plan({"run", "busy", "--nosuch", ""}) == CompletionPlan{.directive = kNoFiles});
}

TEST_CASE("a value is the word after an option, the rest of its word, or that of the last letter", "[completion]") {
  const auto pulls = words({"always", "missing", "never"}, kNoFiles);
  CHECK(plan({"run", "--pull", ""}) == pulls);
  CHECK(plan({"run", "--pull", "n"}) == pulls);  // the shell narrows them down
  CHECK(plan({"run", "--pull="}) == pulls);
  CHECK(plan({"run", "--pull=n"}) == pulls);
  CHECK(plan({"run", "-ie", ""}) == ask(Completion::environment));
  CHECK(plan({"run", "-ie="}) == ask(Completion::environment));
  CHECK(plan({"run", "-i", ""}) == ask(Completion::images));
  CHECK(plan({"-c", ""}) == ask(Completion::contexts));
  CHECK(plan({"--host", ""}) == CompletionPlan{.directive = kDefault});
}

TEST_CASE("an option whose row says nothing is as its command says", "[completion]") {
  CHECK(plan({"run", "--hostname", ""}) == CompletionPlan{.directive = kNoFiles});
  CHECK(plan({"rm", "--file", ""}) == CompletionPlan{.directive = kDefault});
}

TEST_CASE("words that are unfinished want no blank", "[completion]") {
  CHECK(plan({"run", "--ulimit", ""}) == words({"core=", "nofile="}, kNoSpace));
}

TEST_CASE("removable containers are the stopped ones, unless --force is given", "[completion]") {
  CHECK(plan({"rm", ""}) == ask(Completion::stopped_containers));
  CHECK(plan({"rm", "a", "b", ""}) == ask(Completion::stopped_containers));
  CHECK(plan({"rm", "-f", ""}) == ask(Completion::containers));
  CHECK(plan({"rm", "-f=false", ""}) == ask(Completion::stopped_containers));
}

TEST_CASE("only so many arguments are completed as the command says", "[completion]") {
  CHECK(plan({"run", ""}) == ask(Completion::images));
  CHECK(plan({"run", "busy", ""}) == CompletionPlan{.directive = kNoFiles});
}

TEST_CASE("a namespace is a word, or that of a container once so much is typed", "[completion]") {
  CHECK(plan({"run", "--ipc", ""}) == words({"container:", "host"}, kNoFiles));
  CHECK(plan({"run", "--ipc", "h"}) == words({"container:", "host"}, kNoFiles));
  CHECK(plan({"run", "--ipc", "con"}) == words({"container:"}, kNoSpace));
  CHECK(plan({"run", "--ipc=container:a"}) ==
        CompletionPlan{.directive = kNoFiles, .source = Completion::containers, .prefix = "container:"});
  CHECK(plan({"run", "--link", ""}) ==
        CompletionPlan{.directive = kNoSpace, .source = Completion::containers, .suffix = ":"});
}

TEST_CASE("drivers have stand-ins for an engine that does not answer", "[completion]") {
  auto volume = words({"local"}, kNoFiles);
  volume.source = Completion::volume_drivers;
  CHECK(plan({"run", "--volume-driver", ""}) == volume);
  auto log =
      words({"awslogs", "fluentd", "gcplogs", "gelf", "journald", "json-file", "local", "none", "splunk", "syslog"},
            kNoFiles);
  log.source = Completion::log_drivers;
  CHECK(plan({"run", "--log-driver", ""}) == log);
}

TEST_CASE("options of a log driver are those of the one that was named, else of all", "[completion]") {
  CHECK(plan({"run", "--log-driver", "local", "--log-opt", ""}) ==
        words({"max-buffer-size=", "mode=", "compress=", "max-file=", "max-size="}, kNoSpace | kNoFiles));
  CHECK(plan({"run", "--log-driver=none", "--log-opt", "x"}) == words({}, kNoSpace | kNoFiles));
  const auto all = plan({"run", "--log-opt", ""});
  CHECK(all.directive == kNoSpace);
  CHECK(all.candidates.size() == 53);
  CHECK(plan({"run", "--log-driver", "mine", "--log-opt", ""}) == all);
}

TEST_CASE("security options are offered in two steps", "[completion]") {
  const auto of = [](const std::string& typed) { return plan({"run", "--security-opt", typed}); };
  const auto first =
      words({"apparmor=", "label=", "no-new-privileges", "seccomp=", "systempaths=unconfined"}, kNoFiles);
  for (const char* typed : {"", "s", "n", "sy", "apparmor=x", "zzz"}) {
    CAPTURE(typed);
    CHECK(of(typed) == first);
  }
  for (const char* typed : {"a", "apparmor", "apparmor="}) CHECK(of(typed) == words({"apparmor="}, kNoSpace));
  for (const char* typed : {"l", "label"}) CHECK(of(typed) == words({"label="}, kNoSpace));
  for (const char* typed : {"se", "seccomp"}) CHECK(of(typed) == words({"seccomp="}, kNoSpace));
  for (const char* typed : {"label=", "label=u"})
    CHECK(of(typed) ==
          words({"label=disable", "label=level:", "label=role:", "label=type:", "label=user:"}, kNoSpace | kNoFiles));
  CHECK(of("label=d") == words({"label=disable"}, kNoFiles));
  CHECK(of("seccomp=") == words({"seccomp=unconfined"}, kNoFiles));
}

TEST_CASE("a line that makes no sense has a reason and no candidates", "[completion]") {
  CHECK(plan({"rm", "--nosuch", ""}) ==
        refused("Error while parsing flags from args [--nosuch]: unknown flag: --nosuch"));
  CHECK(plan({"container", "rm", "--nosuch="}) == refused("Subcommand 'rm' does not support flag 'nosuch'"));
  CHECK(plan({"run", "-m", "x", ""}) ==
        refused("Error while parsing flags from args [-m x]: invalid argument \"x\" for \"-m, --memory\" flag: "
                "strconv.ParseInt: parsing \"x\": invalid syntax"));
  CHECK(plan({"--debug=x", "ru"}) ==
        refused("Error while parsing flags from args [--debug=x]: invalid argument \"x\" for \"-D, --debug\" flag: "
                "strconv.ParseBool: parsing \"x\": invalid syntax"));
  CHECK(plan({"--debug=x", "run", ""}) == refused("unable to find a command for arguments: [--debug=x run]"));
  CHECK(plan({"run", "--pull", "-e", ""}) ==
        refused("Error while parsing flags from args [--pull]: flag needs an argument: --pull"));
}

TEST_CASE("directives have cobra's names", "[completion]") {
  CHECK(cli::directive_names(0) == "ShellCompDirectiveDefault");
  CHECK(cli::directive_names(1) == "ShellCompDirectiveError");
  CHECK(cli::directive_names(6) == "ShellCompDirectiveNoSpace, ShellCompDirectiveNoFileComp");
}

TEST_CASE("a script is for one shell and one name", "[completion]") {
  for (const char* shell : {"bash", "fish", "powershell", "zsh"}) {
    CAPTURE(shell);
    const auto script = cli::completion_script(shell, "docker-x", true);
    REQUIRE(script);
    CHECK(script->find('@' + std::string("NAME")) == std::string::npos);
    CHECK(script->find("@ID@") == std::string::npos);
    CHECK(script->find("@ASK@") == std::string::npos);
    CHECK(script->find("docker-x") != std::string::npos);
    CHECK(script->find("__completeNoDesc") == std::string::npos);
    CHECK(cli::completion_script(shell, "docker-x", false)->find("__completeNoDesc") != std::string::npos);
  }
  CHECK(cli::completion_script("bash", "docker-x", true)
            ->ends_with("complete -o default -F __docker_x_complete docker-x\n"));
  CHECK_FALSE(cli::completion_script("csh", "docker", true));
}
