#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dockerlite/cli/program.hpp"

namespace dockerlite::app {

inline constexpr std::string_view kVersion = "0.1.0";
inline constexpr std::string_view kReleaseDate = "2026-11-25";

/// All tables of the program.
cli::Program program();

inline const cli::Group* find_group(std::string_view name) { return cli::find_group(program(), name); }
inline cli::Found find_command(std::span<const std::string> words) { return cli::find_command(program(), words); }

/// Help of `docker` itself and of a group, made from the table.
std::string root_help(unsigned width);
std::string group_help(const cli::Group& group);

}  // namespace dockerlite::app
