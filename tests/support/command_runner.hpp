#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "dockerlite/cli/command.hpp"
#include "dockerlite/command/context.hpp"
#include "support/scripted_transport.hpp"

namespace dockerlite::test {

/// A clock that stands still.
struct FixedClock final : util::Clock {
  std::chrono::system_clock::time_point time{std::chrono::seconds(1700000000)};
  std::chrono::system_clock::time_point now() const override { return time; }
};

/// What a command left behind.
struct CommandOutcome {
  std::string out, err;
  Error error{};  ///< empty message and code 0 if the command succeeded
  bool operator==(const CommandOutcome&) const = default;
};

inline std::ostream& operator<<(std::ostream& stream, const CommandOutcome& outcome) {
  return stream << "out \"" << outcome.out << "\" err \"" << outcome.err << "\" error kind "
                << static_cast<int>(outcome.error.kind) << " \"" << outcome.error.message << "\" status "
                << outcome.error.http_status << " code " << outcome.error.exit_code;
}

/// The world around one run of a command: streams, environment, config.json, clock and the engine's side of the
/// conversation.
class CommandRunner {
 public:
  Script script;
  std::string stdin_text;
  bool stdin_terminal = false;
  std::optional<term::WindowSize> terminal;  ///< of stdout and stderr; nothing: they are files
  std::map<std::string, std::string, std::less<>> environment;
  std::string config = "{}";
  std::string config_directory{};  ///< if set, config.json is the one in there
  FixedClock clock;

  /// Parses the words that follow the command's name, and runs it.
  CommandOutcome run(const cli::CommandSpec& spec, const std::vector<std::string>& words);
};

}  // namespace dockerlite::test
