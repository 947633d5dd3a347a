#pragma once

#include <span>
#include <string>
#include <vector>

#include "dockerlite/cli/option.hpp"

namespace dockerlite::cli {

/// The word behind an option's name, its type or the word that the help text puts in backquotes, and the help without
/// backquotes.
struct Described {
  std::string type;
  std::string help;
};
Described describe(const Option& option);

std::vector<const Option*> sorted_options(std::span<const Option> options);  ///< by name

}  // namespace dockerlite::cli
