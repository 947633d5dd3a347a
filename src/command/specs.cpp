#include "dockerlite/command/specs.hpp"

#include <array>

namespace dockerlite::command {
namespace {

constexpr std::array kSpecs{
#define DL_COMMAND(name) &name,  // NOLINT(bugprone-macro-parentheses): a variable's name
#include "dockerlite/command/specs.inc"
#undef DL_COMMAND
};

}  // namespace

std::span<const cli::CommandSpec* const> all_specs() { return kSpecs; }

}  // namespace dockerlite::command
