#include "interruption.hpp"

#include <signal.h>

#include <vector>

namespace dockerlite::command {

namespace {

std::vector<int> heeded_signals() {
  std::vector<int> signals;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action {};
    if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) signals.push_back(number);
  }
  return signals;
}

}  // namespace

Interruption::Interruption() : watcher_(heeded_signals()) {}

Result<void> Interruption::outcome(Result<void> result) {
  if (result || result.error().kind != ErrorKind::cancelled) return result;
  constexpr int kSignalled = 128;
  return Error{ErrorKind::exit_status, "", 0, kSignalled + watcher_.next().value_or(SIGINT)};
}

}  // namespace dockerlite::command
