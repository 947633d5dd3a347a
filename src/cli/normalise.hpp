#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dockerlite/cli/command.hpp"

namespace dockerlite::cli {

/// One occurrence of an option on the command line.
struct Occurrence {
  const Option* option;
  std::string value;
};

/// argv in a canonical form: each occurrence with its value, in order, then what is left.
struct Normalised {
  std::vector<Occurrence> occurrences;
  std::vector<std::string> positionals;
  bool help = false;
  bool help_by_letter = false;  ///< asked for with the deprecated -h
  std::optional<Error>
      error;  ///< stopped here: everything before it is still in `occurrences`. The message is the cause alone.
};

/// Reads words as pflag does: `--name=v`, `--name v`, `-nv`, `-n v`, `-n=v`, clusters, switches that take no separate
/// word, `--`. Pure; knows the table and nothing of what the values mean.
Normalised normalise(std::span<const Option> table, std::span<const std::string> words, bool interspersed);

}  // namespace dockerlite::cli
