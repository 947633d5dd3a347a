#pragma once

#include <span>

#include "dockerlite/cli/command.hpp"

/// Every command, one line each in specs.inc. A command's file defines `constinit const cli::CommandSpec <name>`.
namespace dockerlite::command {

#define DL_COMMAND(name) extern const cli::CommandSpec name;
#include "dockerlite/command/specs.inc"
#undef DL_COMMAND

/// All of them, in no particular order.
std::span<const cli::CommandSpec* const> all_specs();

}  // namespace dockerlite::command
