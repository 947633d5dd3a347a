#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dockerlite/cli/command.hpp"

namespace dockerlite::app {

/// A command word that only gathers others ("container").
struct Group {
  std::string_view name;
  std::string_view summary;
  std::string_view usage;  ///< what docker prints after the name in a usage error; mostly nothing
};

const Group* find_group(std::string_view name);

/// A command as it was called: the spec, how many words its name took, and the name to show. An alias within a group is
/// shown by the group's proper name ("container list" as "container ls"); a top-level shortcut keeps its own ("ps").
struct Found {
  const cli::CommandSpec* spec = nullptr;
  std::size_t words = 0;
  std::string path;  ///< with "docker " in front
};
Found find_command(std::span<const std::string> words);

/// Help of `docker` itself and of a group, made from the table.
std::string root_help(unsigned width);
std::string group_help(const Group& group);

}  // namespace dockerlite::app
