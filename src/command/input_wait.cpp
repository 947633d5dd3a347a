#include "input_wait.hpp"

#include <poll.h>

#include <array>
#include <cerrno>

namespace dockerlite::command {

std::optional<int> wait_for_input(const term::InputStream& in, term::SignalWatcher& signals) {
  if (in.fd() < 0) return std::nullopt;
  while (true) {
    std::array<pollfd, 2> ready{{{in.fd(), POLLIN, 0}, {signals.fd(), POLLIN, 0}}};
    if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR) return std::nullopt;
    if (const auto signal = signals.next()) return signal;
    if (ready[0].revents != 0) return std::nullopt;
  }
}

}  // namespace dockerlite::command
