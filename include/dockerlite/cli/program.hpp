#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/cli/command.hpp"

namespace dockerlite::cli {

/// A command word that only gathers others ("container").
struct Group {
  std::string_view name;
  std::string_view summary;
  std::string_view usage;  ///< what docker prints after the name in a usage error; mostly nothing
};

/// All tables of the program: what help, completion and man pages are made from.
struct Program {
  const CommandSpec& root;  ///< the global options
  std::span<const Group> groups;
  std::span<const CommandSpec* const> commands;
  std::string_view version;       ///< the program's own
  std::string_view release_date;  ///< of that version, for the man pages
};

const Group* find_group(const Program& program, std::string_view name);

/// A command as it was called: the spec, how many words its name took, and the name to show. An alias within a group is
/// shown by the group's proper name ("container list" as "container ls"); a top-level shortcut keeps its own ("ps").
struct Found {
  const CommandSpec* spec = nullptr;
  std::size_t words = 0;
  std::string path{};  ///< with "docker " in front
};
Found find_command(const Program& program, std::span<const std::string> words);

/// A name that can be typed, and what it does.
struct NamedCommand {
  std::string_view name, summary;
};
/// The commands of a group, sorted by name; hidden ones and aliases are left out.
std::vector<NamedCommand> group_commands(const Program& program, const Group& group);
/// The commands of one word, shortcuts included, sorted by name; hidden ones are left out.
std::vector<NamedCommand> top_commands(const Program& program);
/// All that can be the first word: these, the groups that have commands, and "help"; sorted by name.
std::vector<NamedCommand> first_words(const Program& program);

}  // namespace dockerlite::cli
