#pragma once

#include <string>
#include <vector>

#include "dockerlite/cli/program.hpp"

namespace dockerlite::cli {

struct ManPage {
  std::string name;  ///< without its section: "dockerlite-run"
  std::string text;
};

/// The page of a command, in the macros of man(7), under one of its names.
std::string command_page(const Program& program, const CommandSpec& spec, std::string_view name);
/// The page of the program: its commands and global options.
std::string program_page(const Program& program);
/// All pages: the program's, and one for each name of each command that is not hidden.
std::vector<ManPage> man_pages(const Program& program);

}  // namespace dockerlite::cli
