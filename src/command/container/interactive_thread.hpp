#pragma once

#include <csignal>
#include <thread>
#include <utility>

namespace dockerlite::command {

/// Starts a thread that no signal is ever delivered to: they are the main thread's, or the relay's.
template <class Function>
std::thread start_thread(Function&& function) {
  sigset_t all, original;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &original);
  std::thread thread(std::forward<Function>(function));
  pthread_sigmask(SIG_SETMASK, &original, nullptr);
  return thread;
}

}  // namespace dockerlite::command
