#include "command_table.hpp"

#include <algorithm>
#include <array>

#include "dockerlite/command/specs.hpp"
#include "globals.hpp"

namespace dockerlite::app {
namespace {

constexpr std::array kGroups{
    Group{"container", "Work with containers", ""},
    Group{"gpu", "See what GPUs the engine can hand out, and why not", "COMMAND"},
    Group{"image", "Work with images", ""},
    Group{"network", "Work with networks", ""},
    Group{"system", "Work with the engine as a whole", ""},
    Group{"volume", "Work with volumes", "COMMAND"},
};

/// The commands that most people need first, in the order in which they are shown.
constexpr std::array<std::string_view, 12> kCommon{"run",    "exec",  "ps",     "build",  "pull",    "push",
                                                   "images", "login", "logout", "search", "version", "info"};

std::size_t word_count(std::string_view name) {
  return static_cast<std::size_t>(std::count(name.begin(), name.end(), ' ')) + 1;
}

std::string_view first_word(std::string_view name) { return util::cut(name, " ").before; }

bool starts_with_name(std::span<const std::string> words, std::string_view name) {
  std::size_t index = 0;
  for (auto rest = util::cut(name, " ");; rest = util::cut(rest.after, " ")) {
    if (index == words.size() || words[index++] != rest.before) return false;
    if (!rest.found) return true;
  }
}

struct Row {
  std::string_view name, summary;
};

std::string rows_text(std::string_view title, const std::vector<Row>& rows) {
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

void sort_by_name(std::vector<Row>& rows) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
}

std::vector<Row> group_rows(const Group& group) {
  std::vector<Row> rows;
  for (const cli::CommandSpec* spec : command::all_specs()) {
    const std::string_view name = spec->names[0];
    if (word_count(name) == 2 && first_word(name) == group.name && !spec->hidden)
      rows.push_back({util::cut(name, " ").after, spec->summary});
  }
  sort_by_name(rows);
  return rows;
}

}  // namespace

const Group* find_group(std::string_view name) {
  const auto found =
      std::find_if(kGroups.begin(), kGroups.end(), [&](const Group& group) { return group.name == name; });
  return found == kGroups.end() ? nullptr : &*found;
}

Found find_command(std::span<const std::string> words) {
  for (const cli::CommandSpec* spec : command::all_specs()) {
    for (const std::string_view name : spec->names) {
      if (!starts_with_name(words, name)) continue;
      const std::size_t count = word_count(name);
      const auto proper = std::find_if(spec->names.begin(), spec->names.end(), [&](std::string_view other) {
        return word_count(other) == count && (count == 1 || first_word(other) == first_word(name));
      });
      return {spec, count, "docker " + std::string(*proper)};
    }
  }
  return {};
}

std::string root_help(unsigned width) {
  std::vector<Row> common, management, others;
  for (const std::string_view name : kCommon) {
    const std::string word(name);
    if (const Found found = find_command({&word, 1}); found.spec != nullptr)
      common.push_back({name, found.spec->summary});
  }
  for (const Group& group : kGroups)
    if (!group_rows(group).empty()) management.push_back({group.name, group.summary});
  for (const cli::CommandSpec* spec : command::all_specs()) {
    for (const std::string_view name : spec->names) {
      if (word_count(name) != 1 || spec->hidden || std::find(kCommon.begin(), kCommon.end(), name) != kCommon.end())
        continue;
      others.push_back({name, spec->summary});
    }
  }
  sort_by_name(others);
  return "Usage:  docker [OPTIONS] COMMAND\n\n" + std::string(root_spec().summary) + "\n" +
         rows_text("Common Commands", common) + rows_text("Management Commands", management) +
         rows_text("Commands", others) + "\nGlobal Options:\n" + cli::options_help(root_spec().options, width) +
         "\nRun 'docker COMMAND --help' for more on a command.\n";
}

std::string group_help(const Group& group) {
  const std::string path = "docker " + std::string(group.name);
  return "Usage:  " + path + " COMMAND\n\n" + std::string(group.summary) + "\n" +
         rows_text("Commands", group_rows(group)) + "\nRun '" + path + " COMMAND --help' for more on a command.\n";
}

}  // namespace dockerlite::app
