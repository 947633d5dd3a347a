#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/command_runner.hpp"

namespace dockerlite::test {

/// What surrounds a command in a test.
struct CommandSetup {
  std::string input{};                         ///< standard input
  std::optional<term::WindowSize> terminal{};  ///< all three streams are a terminal of this size
  std::string config = "{}";                   ///< config.json
  std::string pinned_api_version = "1.50";     ///< no ping comes before the first request; empty: one does
  std::int64_t now = 1'700'000'000;            ///< seconds since 1970
  std::map<std::string, std::string, std::less<>> environment{};
  const cli::Program* tables = nullptr;  ///< of the whole program, for the commands that are about it
};

/// Runs a command line ("rm -f web", split at blanks) with the engine of a script. Options are parsed, gates are not
/// checked.
CommandOutcome run_command(Script& script, const std::string& line, const CommandSetup& setup = {});
/// The same for words with blanks inside.
CommandOutcome run_command(Script& script, const std::vector<std::string>& words, const CommandSetup& setup = {});

}  // namespace dockerlite::test
