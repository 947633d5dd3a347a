#pragma once

#include <string>
#include <string_view>

#include "dockerlite/command/context.hpp"

namespace dockerlite::command {

/// Prints `prompt` on stdout and reads a line from the terminal, without white space around it. With `hidden` what is
/// typed is not shown, and the line is ended once it has come. The end of the input gives "", with the line ended
/// (docker would wait for ever). On Ctrl-C or SIGTERM the line is ended and the error is of kind cancelled with exit
/// code 128 + n.
Result<std::string> ask(Context& context, std::string_view prompt, bool hidden);

/// docker's "Info" block on stderr: styled on a terminal. Lines after the first are indented to its text.
void print_note(Context& context, std::string_view text);

}  // namespace dockerlite::command
