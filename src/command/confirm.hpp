#pragma once

#include <string_view>

#include "dockerlite/command/context.hpp"

namespace dockerlite::command {

/// Prints `question` and " [y/N] " on stdout and reads a line. Success only for y or Y: anything else, the end of the
/// input too, is an error of kind cancelled, which ends the command with exit code 0 and without a word, as in docker.
/// On Ctrl-C or SIGTERM the line is ended and the exit code is 128 + n (docker's is 0, which a script would take for
/// done).
Result<void> confirm(Context& context, std::string_view question);

}  // namespace dockerlite::command
