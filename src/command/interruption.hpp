#pragma once

#include "dockerlite/term/signals.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// While it lives, a signal that asks the program to end only ends the request whose `cancel_fd` is `fd()`, so that
/// what is half written can be removed. Signals that the program was started to ignore stay ignored.
class Interruption {
 public:
  Interruption();
  int fd() const { return watcher_.fd(); }
  /// The outcome of a request: if it was cancelled by a signal, the silent error that ends the program with 128+n.
  Result<void> outcome(Result<void> result);

 private:
  term::SignalWatcher watcher_;
};

}  // namespace dockerlite::command
