#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "app/command_table.hpp"
#include "dockerlite/command/specs.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

const std::vector<const cli::CommandSpec*>& commands() {
  static const std::vector<const cli::CommandSpec*> table{
#define DL_COMMAND(name) &command::name,
#include "dockerlite/command/specs.inc"
#undef DL_COMMAND
  };
  return table;
}

std::string compatibility_page() {
  std::ifstream file(DOCKERLITE_SOURCE_DIR "/docs/COMPATIBILITY.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("every name leads to its command, and no two commands share one", "[app]") {
  std::set<std::string_view> seen;
  for (const cli::CommandSpec* spec : commands()) {
    for (const std::string_view name : spec->names) {
      CAPTURE(name);
      CHECK(seen.insert(name).second);
      const auto words = util::split(name, ' ');
      const cli::Found found = app::find_command(words);
      CHECK(found.spec == spec);
      CHECK(found.words == words.size());
      if (words.size() > 1) CHECK(app::find_group(words[0]) != nullptr);
    }
  }
}

TEST_CASE("an alias in a group is shown by its proper name, a shortcut by its own", "[app]") {
  const auto shown = [](std::vector<std::string> words) { return app::find_command(words).path; };
  CHECK(shown({"container", "list", "-a"}) == "docker container ls");
  CHECK(shown({"container", "ps"}) == "docker container ls");
  CHECK(shown({"ps", "x"}) == "docker ps");
  CHECK(shown({"image", "list"}) == "docker image ls");
  CHECK(shown({"images"}) == "docker images");
  CHECK(shown({"container", "nosuch"}).empty());
  CHECK(shown({"PS"}).empty());
}

TEST_CASE("the help of docker lists each top-level name once, and each group that has commands", "[app]") {
  const std::string help = app::root_help(80);
  for (const std::string_view name : {"run", "ps", "login", "rm", "container", "image", "system"}) {
    CAPTURE(name);
    const std::string row = "\n  " + std::string(name) + " ";
    const auto first = help.find(row);
    CHECK(first != std::string::npos);
    CHECK(help.find(row, first + 1) == std::string::npos);
  }
}

TEST_CASE("each command and option beyond docker's is on the compatibility page", "[app]") {
  const std::string page = compatibility_page();
  REQUIRE_FALSE(page.empty());
  for (const cli::CommandSpec* spec : commands()) {
    if (spec->names[0].starts_with("gpu ")) {
      CAPTURE(spec->names[0]);
      CHECK(page.find("`" + std::string(spec->names[0]) + "`") != std::string::npos);
      continue;
    }
    for (const cli::Option& option : spec->options) {
      if (!option.extra) continue;
      // A row of the table of extras: the command's name and the option in one line.
      const std::string command(util::cut(spec->names[0], " ").found && spec->names.size() > 1 ? spec->names.back()
                                                                                               : spec->names[0]);
      CAPTURE(command, option.name);
      std::istringstream lines(page);
      bool listed = false;
      for (std::string line; std::getline(lines, line);) {
        listed = listed || (line.find("`" + command + "`") != std::string::npos &&
                            line.find("`--" + std::string(option.name)) != std::string::npos);
      }
      CHECK(listed);
    }
  }
}
