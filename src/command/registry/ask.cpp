#include "ask.hpp"

#include <poll.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "dockerlite/term/signals.hpp"
#include "dockerlite/term/terminal.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

/// Waits until the input can be read; the signal if one comes first.
std::optional<int> wait_for_input(const term::InputStream& in, term::SignalWatcher& signals) {
  if (in.fd() < 0) return std::nullopt;
  while (true) {
    std::array<pollfd, 2> ready{{{in.fd(), POLLIN, 0}, {signals.fd(), POLLIN, 0}}};
    if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR) return std::nullopt;
    if (const auto signal = signals.next()) return signal;
    if (ready[0].revents != 0) return std::nullopt;
  }
}

}  // namespace

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
