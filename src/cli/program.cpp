#include "dockerlite/cli/program.hpp"

#include <algorithm>

namespace dockerlite::cli {
namespace {

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

void sort_by_name(std::vector<NamedCommand>& rows) {
  std::sort(rows.begin(), rows.end(), [](const NamedCommand& a, const NamedCommand& b) { return a.name < b.name; });
}

}  // namespace

const Group* find_group(const Program& program, std::string_view name) {
  for (const Group& group : program.groups)
    if (group.name == name) return &group;
  return nullptr;
}

Found find_command(const Program& program, std::span<const std::string> words) {
  for (const CommandSpec* spec : program.commands) {
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

std::vector<NamedCommand> group_commands(const Program& program, const Group& group) {
  std::vector<NamedCommand> rows;
  for (const CommandSpec* spec : program.commands) {
    const std::string_view name = spec->names[0];
    if (word_count(name) == 2 && first_word(name) == group.name && !spec->hidden)
      rows.push_back({util::cut(name, " ").after, spec->summary});
  }
  sort_by_name(rows);
  return rows;
}

std::vector<NamedCommand> top_commands(const Program& program) {
  std::vector<NamedCommand> rows;
  for (const CommandSpec* spec : program.commands) {
    for (const std::string_view name : spec->names)
      if (word_count(name) == 1 && !spec->hidden) rows.push_back({name, spec->summary});
  }
  sort_by_name(rows);
  return rows;
}

std::vector<NamedCommand> first_words(const Program& program) {
  std::vector<NamedCommand> rows = top_commands(program);
  for (const Group& group : program.groups)
    if (!group_commands(program, group).empty()) rows.push_back({group.name, group.summary});
  rows.push_back({"help", "Show how to use a command"});
  sort_by_name(rows);
  return rows;
}

}  // namespace dockerlite::cli
