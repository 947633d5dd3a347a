#include "confirm.hpp"

#include <array>
#include <csignal>

#include "dockerlite/term/signals.hpp"
#include "dockerlite/util/strings.hpp"
#include "input_wait.hpp"

namespace dockerlite::command {

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
