#pragma once

#include <pthread.h>

#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "dockerlite/term/signals.hpp"
#include "interactive_event.hpp"

namespace dockerlite::command {

/// Receives the signals of an interactive command in a thread of its own, so that they are served even while the
/// command is stuck in writing to a pipe that nobody reads. The thread that makes it is the main thread.
class SignalRelay {
 public:
  struct Options {
    std::vector<int> signals;                 ///< what is caught; everything else keeps its effect
    std::function<void(int signal)> forward;  ///< called for each signal; may be null
    bool count_interrupts = false;            ///< the third SIGINT or SIGTERM stops the command
    std::function<void()> on_interrupt;       ///< called after `forward` for SIGINT and SIGTERM; may be null
  };

  /// `stop` is watched: once it is set, here or elsewhere, the main thread is woken from what it is blocked in.
  SignalRelay(Options options, Event& stop);
  SignalRelay(const SignalRelay&) = delete;
  SignalRelay& operator=(const SignalRelay&) = delete;
  ~SignalRelay();

  /// Called for each SIGWINCH from now on.
  void on_resize(std::function<void()> action);
  /// The third interrupt has come, and set `stop`.
  bool forced() const { return forced_; }

 private:
  void run();
  void handle(int signal);

  Options options_;
  term::SignalWatcher watcher_;
  struct sigaction old_action_ {};
  const pthread_t main_thread_ = pthread_self();
  std::mutex mutex_;
  std::function<void()> resize_;
  int interrupts_ = 0;
  std::atomic<bool> forced_{false};
  Event& stop_;
  Event quit_;
  std::thread thread_;
};

}  // namespace dockerlite::command
