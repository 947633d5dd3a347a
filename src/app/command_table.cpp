#include "command_table.hpp"

#include <algorithm>
#include <array>

#include "dockerlite/command/specs.hpp"
#include "globals.hpp"

namespace dockerlite::app {
namespace {

constexpr std::array kGroups{
    cli::Group{"container", "Work with containers", ""},
    cli::Group{"gpu", "See what GPUs the engine can hand out, and why not", "COMMAND"},
    cli::Group{"image", "Work with images", ""},
    cli::Group{"network", "Work with networks", ""},
    cli::Group{"system", "Work with the engine as a whole", ""},
    cli::Group{"volume", "Work with volumes", "COMMAND"},
};

/// The commands that most people need first, in the order in which they are shown.
constexpr std::array<std::string_view, 12> kCommon{"run",    "exec",  "ps",     "build",  "pull",    "push",
                                                   "images", "login", "logout", "search", "version", "info"};

std::string rows_text(std::string_view title, const std::vector<cli::NamedCommand>& rows) {
  if (rows.empty()) return "";
  std::string out = "\n" + std::string(title) + ":\n";
  std::size_t width = 11;
  for (const auto& row : rows) width = std::max(width, row.name.size());
  for (const auto& row : rows) {
    out +=
        "  " + std::string(row.name) + std::string(width + 1 - row.name.size(), ' ') + std::string(row.summary) + "\n";
  }
  return out;
}

}  // namespace

cli::Program program() {
  return {.root = root_spec(),
          .groups = kGroups,
          .commands = command::all_specs(),
          .version = kVersion,
          .release_date = kReleaseDate};
}

std::string root_help(unsigned width) {
  std::vector<cli::NamedCommand> common, management, others;
  for (const std::string_view name : kCommon) {
    const std::string word(name);
    if (const cli::Found found = find_command({&word, 1}); found.spec != nullptr)
      common.push_back({name, found.spec->summary});
  }
  for (const cli::Group& group : kGroups)
    if (!cli::group_commands(program(), group).empty()) management.push_back({group.name, group.summary});
  for (const cli::NamedCommand& row : cli::top_commands(program()))
    if (std::find(kCommon.begin(), kCommon.end(), row.name) == kCommon.end()) others.push_back(row);
  return "Usage:  docker [OPTIONS] COMMAND\n\n" + std::string(root_spec().summary) + "\n" +
         rows_text("Common Commands", common) + rows_text("Management Commands", management) +
         rows_text("Commands", others) + "\nGlobal Options:\n" + cli::options_help(root_spec().options, width) +
         "\nRun 'docker COMMAND --help' for more on a command.\n";
}

std::string group_help(const cli::Group& group) {
  const std::string path = "docker " + std::string(group.name);
  return "Usage:  " + path + " COMMAND\n\n" + std::string(group.summary) + "\n" +
         rows_text("Commands", cli::group_commands(program(), group)) + "\nRun '" + path +
         " COMMAND --help' for more on a command.\n";
}

}  // namespace dockerlite::app
