#include "dockerlite/cli/command.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

struct TestOptions {
  bool all{}, interactive{}, tty{}, remove{true};
  std::string entrypoint = "unset";
  std::int64_t last = -1;
  std::vector<std::string> env;
  std::optional<int> timeout;
  std::vector<std::string> arguments;
  bool operator==(const TestOptions&) const = default;
};

Result<void> run(Context&, TestOptions&) { return {}; }

constexpr std::array kOptions{
    cli::option<&TestOptions::all>("all", 'a', "All of them"),
    cli::option<&TestOptions::entrypoint>("entrypoint", 0, "Replace the entrypoint"),
    cli::option<&TestOptions::env>("env", 'e', "Set a variable").with_since("1.25"),
    cli::option<&TestOptions::interactive>("interactive", 'i', "Keep stdin open"),
    cli::option<&TestOptions::last>("last", 'n', "The last n"),
    cli::option<&TestOptions::remove>("rm", 0, "Remove it afterwards"),
    cli::option<&TestOptions::timeout>("time", 0, "Seconds").with_deprecated("use --timeout instead"),
    cli::option<&TestOptions::tty>("tty", 't', "Have a terminal").with_since("1.40"),
};
static_assert(cli::valid_options(kOptions));

constexpr std::string_view kNames[] = {"container show", "show"};

cli::CommandSpec spec(cli::Arguments arguments, bool interspersed) {
  return cli::make_command<TestOptions, run>({.names = kNames,
                                              .usage = "[OPTIONS] NAME",
                                              .summary = "Show it",
                                              .options = kOptions,
                                              .arguments = arguments,
                                              .interspersed = interspersed});
}

TestOptions parsed(std::vector<std::string> words, bool interspersed = true) {
  auto result = cli::parse(spec(cli::Arguments::at_least(0), interspersed), "docker show", words);
  REQUIRE(result.ok());
  return *static_cast<TestOptions*>(result->options.get());
}

Error refused(std::vector<std::string> words, cli::Arguments arguments = cli::Arguments::at_least(0)) {
  auto result = cli::parse(spec(arguments, true), "docker show", words);
  REQUIRE_FALSE(result.ok());
  return result.error();
}

/// What docker prints after the cause of a flag error.
std::string with_usage(std::string cause, const std::string& hint = "Run") {
  return std::move(cause) + "\n\nUsage:  docker show [OPTIONS] NAME\n\n" + hint +
         " 'docker show --help' for more information";
}

}  // namespace

TEST_CASE("each spelling that docker takes means the same option", "[cli]") {
  using Words = std::vector<std::string>;
  for (const Words& words :
       {Words{"-eA=1"}, Words{"-e", "A=1"}, Words{"-e=A=1"}, Words{"--env=A=1"}, Words{"--env", "A=1"}})
    CHECK(parsed(words) == TestOptions{.env = {"A=1"}});
  CHECK(parsed({"-it"}) == TestOptions{.interactive = true, .tty = true});
  CHECK(parsed({"-it=false"}) == TestOptions{.interactive = true, .tty = false});
  CHECK(parsed({"-ieA=1"}) == TestOptions{.interactive = true, .env = {"A=1"}});
  CHECK(parsed({"--rm=false"}) == TestOptions{.remove = false});
  CHECK(parsed({"--rm"}) == TestOptions{.remove = true});
  CHECK(parsed({"--entrypoint="}) == TestOptions{.entrypoint = ""});
  CHECK(parsed({"--entrypoint", ""}) == TestOptions{.entrypoint = ""});
  CHECK(parsed({"--entrypoint", "[a,b]"}) == TestOptions{.entrypoint = "[a,b]"});
}

TEST_CASE("a repeated scalar's last value wins and a list keeps the order", "[cli]") {
  CHECK(parsed({"-n1", "--last=2", "-n", "3"}) == TestOptions{.last = 3});
  CHECK(parsed({"-e", "B", "--env=A", "-eC"}) == TestOptions{.env = {"B", "A", "C"}});
}

TEST_CASE("an option with a value swallows the next word whatever it is", "[cli]") {
  CHECK(parsed({"--env", "--all", "x"}) == TestOptions{.env = {"--all"}, .arguments = {"x"}});
  CHECK(parsed({"-e", "--", "x"}) == TestOptions{.env = {"--"}, .arguments = {"x"}});
}

TEST_CASE("where options may stand", "[cli]") {
  SECTION("anywhere, and -- ends them") {
    CHECK(parsed({"x", "-a", "y"}) == TestOptions{.all = true, .arguments = {"x", "y"}});
    CHECK(parsed({"x", "--", "-a"}) == TestOptions{.arguments = {"x", "-a"}});
    CHECK(parsed({"-", "-a"}) == TestOptions{.all = true, .arguments = {"-"}});
  }
  SECTION("only before the first argument, as run has it") {
    CHECK(parsed({"-a", "image", "-i", "--", "x"}, false) ==
          TestOptions{.all = true, .arguments = {"image", "-i", "--", "x"}});
    CHECK(parsed({"--", "image", "b"}, false) == TestOptions{.arguments = {"image", "b"}});
  }
}

TEST_CASE("bad flags get pflag's words", "[cli]") {
  const auto cause = [](std::vector<std::string> words) { return refused(std::move(words)); };
  CHECK(cause({"--bogus"}) == error(ErrorKind::usage, with_usage("unknown flag: --bogus")));
  CHECK(cause({"--al"}) == error(ErrorKind::usage, with_usage("unknown flag: --al")));
  CHECK(cause({"-az"}) == error(ErrorKind::usage, with_usage("unknown shorthand flag: 'z' in -z")));
  CHECK(cause({"--env"}) == error(ErrorKind::usage, with_usage("flag needs an argument: --env")));
  CHECK(cause({"-ie"}) == error(ErrorKind::usage, with_usage("flag needs an argument: 'e' in -e")));
  CHECK(cause({"-n="}) == error(ErrorKind::usage, with_usage("invalid argument \"=\" for \"-n, --last\" flag: "
                                                             "strconv.ParseInt: parsing \"=\": invalid syntax")));
  CHECK(cause({"--all=maybe"}) ==
        error(ErrorKind::usage, with_usage("invalid argument \"maybe\" for \"-a, --all\" flag: "
                                           "strconv.ParseBool: parsing \"maybe\": invalid syntax")));
  CHECK(cause({"--time=x"}) == error(ErrorKind::usage, with_usage("invalid argument \"x\" for \"--time\" flag: "
                                                                  "strconv.ParseInt: parsing \"x\": invalid syntax")));
}

TEST_CASE("the first mistake on the line is the one that is reported", "[cli]") {
  CHECK(refused({"-n", "x", "--bogus"}).message == with_usage("invalid argument \"x\" for \"-n, --last\" flag: "
                                                              "strconv.ParseInt: parsing \"x\": invalid syntax"));
  CHECK(refused({"--bogus", "-n", "x"}).message == with_usage("unknown flag: --bogus"));
  CHECK(refused({"--help", "--bogus"}).message == with_usage("unknown flag: --bogus"));
}

TEST_CASE("argument counts are refused in docker's words", "[cli]") {
  const auto message = [](cli::Arguments rule, std::vector<std::string> words) {
    return refused(std::move(words), rule);
  };
  CHECK(message(cli::Arguments::none(), {"x"}) ==
        error(ErrorKind::arguments, with_usage("docker: 'docker show' accepts no arguments")));
  CHECK(message(cli::Arguments::exactly(1), {}) ==
        error(ErrorKind::arguments, with_usage("docker: 'docker show' requires 1 argument")));
  CHECK(message(cli::Arguments::exactly(2), {"x"}) ==
        error(ErrorKind::arguments, with_usage("docker: 'docker show' requires 2 arguments")));
  CHECK(message(cli::Arguments::at_least(1), {}) ==
        error(ErrorKind::arguments, with_usage("docker: 'docker show' requires at least 1 argument", "See")));
  CHECK(message(cli::Arguments::at_most(1), {"a", "b"}) ==
        error(ErrorKind::arguments, with_usage("docker: 'docker show' requires at most 1 argument", "SRun")));
  CHECK(message(cli::Arguments::between(1, 2), {}) ==
        error(ErrorKind::arguments, with_usage("docker: 'docker show' requires at least 1 and at most 2 arguments")));
}

TEST_CASE("help and deprecated options leave a notice", "[cli]") {
  auto help = cli::parse(spec(cli::Arguments::exactly(1), true), "docker show", std::vector<std::string>{"-h"});
  REQUIRE(help.ok());
  CHECK(help->help);
  CHECK(help->notices == std::vector<std::string>{"Flag shorthand -h has been deprecated, use --help"});
  auto old = cli::parse(spec(cli::Arguments::at_least(0), true), "docker show",
                        std::vector<std::string>{"--time=1", "--time=2"});
  REQUIRE(old.ok());
  CHECK(old->notices == std::vector<std::string>{"Flag --time has been deprecated, use --timeout instead"});
}

TEST_CASE("options that the engine is too old for are refused together", "[cli]") {
  const auto table = spec(cli::Arguments::at_least(0), true);
  auto line = cli::parse(table, "docker show", std::vector<std::string>{"-t", "-eA"});
  REQUIRE(line.ok());
  CHECK(cli::check_gates(table, "docker show", *line, "1.40", "linux", false).ok());
  const auto refusal = cli::check_gates(table, "docker show", *line, "1.9", "linux", false);
  REQUIRE_FALSE(refusal.ok());
  CHECK(refusal.error() == error("\"--env\" requires API version 1.25, but the Docker daemon API version is 1.9\n"
                                 "\"--tty\" requires API version 1.40, but the Docker daemon API version is 1.9"));
}

TEST_CASE("help is made from the table", "[cli]") {
  CHECK(cli::help_text(spec(cli::Arguments::exactly(1), true), "docker show", 80) ==
        "Usage:  docker show [OPTIONS] NAME\n"
        "\n"
        "Show it\n"
        "\n"
        "Aliases:\n"
        "  docker container show, docker show\n"
        "\n"
        "Options:\n"
        "  -a, --all                 All of them\n"
        "      --entrypoint string   Replace the entrypoint\n"
        "  -e, --env list            Set a variable\n"
        "  -i, --interactive         Keep stdin open\n"
        "  -n, --last int            The last n\n"
        "      --rm                  Remove it afterwards\n"
        "  -t, --tty                 Have a terminal\n");
}
