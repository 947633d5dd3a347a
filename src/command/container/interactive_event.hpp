#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

#include "dockerlite/util/file.hpp"

namespace dockerlite::command {

/// Something that happens once, told between threads: a flag to look at and a descriptor to poll (readable from then
/// on).
class Event {
 public:
  Event() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

  void set() {
    if (set_.exchange(true)) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(fd_.get(), &one, sizeof one);
  }
  bool is_set() const { return set_; }
  const std::atomic<bool>& flag() const { return set_; }
  int fd() const { return fd_.get(); }

 private:
  std::atomic<bool> set_{false};
  util::UniqueFd fd_;
};

/// Waits until one of both has happened.
void wait_for_either(const Event& first, const Event& second);

}  // namespace dockerlite::command
