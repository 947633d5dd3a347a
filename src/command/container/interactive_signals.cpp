#include "interactive_signals.hpp"

#include <poll.h>

#include <array>

#include "interactive_thread.hpp"

namespace dockerlite::command {
namespace {

// What wakes the main thread from a blocked write. Docker does not pass this one on either.
constexpr int kWakeSignal = SIGURG;
constexpr int kWakeInterval = 20;  // ms
constexpr int kForcedAfter = 3;

void do_nothing(int) {}

}  // namespace

SignalRelay::SignalRelay(Options options, Event& stop)
    : options_(std::move(options)), watcher_(options_.signals), stop_(stop) {
  struct sigaction action {};
  action.sa_handler = do_nothing;  // no SA_RESTART: the interrupted call has to end
  sigaction(kWakeSignal, &action, &old_action_);
  thread_ = start_thread([this] { run(); });
}

SignalRelay::~SignalRelay() {
  quit_.set();
  thread_.join();
  sigaction(kWakeSignal, &old_action_, nullptr);
}

void SignalRelay::on_resize(std::function<void()> action) {
  const std::lock_guard lock(mutex_);
  resize_ = std::move(action);
}

void SignalRelay::handle(int signal) {
  if (signal == SIGWINCH) {
    const std::lock_guard lock(mutex_);
    if (resize_) resize_();
  }
  if (options_.forward) options_.forward(signal);
  if (signal != SIGINT && signal != SIGTERM) return;
  if (options_.on_interrupt) options_.on_interrupt();
  if (options_.count_interrupts && ++interrupts_ == kForcedAfter) {
    forced_ = true;
    stop_.set();
  }
}

void SignalRelay::run() {
  std::array<pollfd, 3> entries{{{watcher_.fd(), POLLIN, 0}, {quit_.fd(), POLLIN, 0}, {stop_.fd(), POLLIN, 0}}};
  while (!quit_.is_set()) {
    if (stop_.is_set()) {
      // Again and again: the first one may come just before the write that it is to interrupt.
      pthread_kill(main_thread_, kWakeSignal);
      ::poll(entries.data(), 2, kWakeInterval);
    } else {
      ::poll(entries.data(), entries.size(), -1);
    }
    while (const auto signal = watcher_.next()) handle(*signal);
  }
}

}  // namespace dockerlite::command
