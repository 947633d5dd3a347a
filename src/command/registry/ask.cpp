#include "ask.hpp"

#include <csignal>

#include "../input_wait.hpp"
#include "dockerlite/term/signals.hpp"
#include "dockerlite/term/terminal.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {

Result<std::string> ask(Context& context, std::string_view prompt, bool hidden) {
  term::InputStream& in = context.io.in;
  // The signals are blocked before the echo goes and released after it is back, so none can leave the terminal without.
  term::SignalWatcher signals({SIGINT, SIGTERM});
  term::TerminalGuard silence;
  if (hidden) {
    DL_TRY(silence, term::TerminalGuard::no_echo(in.fd()));
  }
  context.io.out.write(prompt);
  DL_CHECK(context.io.out.flush());

  std::string line;
  bool ended = false;
  while (!ended) {
    if (const auto signal = wait_for_input(in, signals)) {
      context.io.out.write("\n");
      return Error{ErrorKind::cancelled, {}, 0, 128 + *signal};
    }
    char byte = 0;  // one at a time: what follows the line belongs to the next question
    DL_TRY(const std::size_t size, in.read(&byte, 1));
    if (size == 0) break;
    ended = byte == '\n';
    line += byte;
  }
  if (hidden || !ended) context.io.out.write("\n");
  return std::string(util::trim_space(line));
}

void print_note(Context& context, std::string_view text) {
  constexpr std::string_view kFancyHeader =
      "\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo \xE2\x86\x92 \x1b[0m\x1b[0m";
  constexpr std::string_view kPlainHeader = " Info -> ";
  constexpr std::size_t kHeaderWidth = 9;
  const bool fancy = context.io.err.is_terminal();
  std::string out = "\n";
  out += fancy ? kFancyHeader : kPlainHeader;
  bool first = true;
  for (const std::string& line : util::split(text, '\n')) {
    if (!first) out.append(kHeaderWidth, ' ');
    first = false;
    out += fancy ? "\x1b[3m" + line + "\x1b[0m\n" : line + "\n";
  }
  context.io.err.write(out);
}

}  // namespace dockerlite::command
