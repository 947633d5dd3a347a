#include "confirm.hpp"

#include <poll.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "dockerlite/term/signals.hpp"
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

Result<void> confirm(Context& context, std::string_view question) {
  context.io.out.write(std::string(question).append(" [y/N] "));
  DL_CHECK(context.io.out.flush());
  term::SignalWatcher signals({SIGINT, SIGTERM});
  std::string line;
  while (!util::contains(line, "\n")) {
    if (const auto signal = wait_for_input(context.io.in, signals)) {
      context.io.out.write("\n");
      return Error{ErrorKind::cancelled, {}, 0, 128 + *signal};
    }
    std::array<char, 512> buffer{};
    const auto size = context.io.in.read(buffer.data(), buffer.size());
    if (!size || *size == 0) break;
    line.append(buffer.data(), *size);
  }
  if (util::equal_fold(util::trim_space(util::cut(line, "\n").before), "y")) return {};
  return error(ErrorKind::cancelled, {});
}

}  // namespace dockerlite::command
