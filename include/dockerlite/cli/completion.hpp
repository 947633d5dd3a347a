#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/cli/program.hpp"

namespace dockerlite::cli {

/// What the shell is to do with the candidates: the bits of cobra's protocol, which docker's completion speaks.
namespace directive {
inline constexpr unsigned kShellDefault = 0;  ///< file names if there are no candidates
inline constexpr unsigned kError = 1;         ///< offer nothing
inline constexpr unsigned kNoSpace = 2;       ///< the word goes on after the candidate
inline constexpr unsigned kNoFiles = 4;
}  // namespace directive

/// The names of directives as they stand on standard error.
std::string directive_names(unsigned directive);

struct Candidate {
  std::string text{};
  std::string help{};
  bool operator==(const Candidate&) const = default;
};

/// What is offered for one word, before anybody has been asked.
struct CompletionPlan {
  std::vector<Candidate> candidates{};
  unsigned directive = directive::kShellDefault;
  std::string problem{};  ///< why there is nothing; for standard error
  /// The names to ask for, each to be put between prefix and suffix; Completion::none if all is known. If they cannot
  /// be had, `candidates` stand in for them.
  Completion source = Completion::none;
  std::string prefix{}, suffix{};
  std::optional<unsigned> directive_without_source{};  ///< kError, unless the source can be done without
  bool operator==(const CompletionPlan&) const = default;
};

/// What could stand in place of the last of `words`, which is being typed; there must be one. The words before it are
/// read as the command line would be: global options, command, options, arguments. Pure. As docker's, values are not
/// narrowed to what has been typed: the shell does that.
CompletionPlan plan_completion(const Program& program, std::span<const std::string> words);

/// A shell's completion script for the program called `name`. Nothing for a shell that is not known.
std::optional<std::string> completion_script(std::string_view shell, std::string_view name, bool descriptions);

}  // namespace dockerlite::cli
