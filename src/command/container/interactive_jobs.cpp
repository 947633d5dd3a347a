#include "interactive_jobs.hpp"

#include <algorithm>

#include "interactive_thread.hpp"

namespace dockerlite::command {

JobQueue::~JobQueue() {
  {
    const std::lock_guard lock(mutex_);
    quit_.set();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void JobQueue::post(Job job, std::chrono::milliseconds delay) {
  const std::lock_guard lock(mutex_);
  if (quit_.is_set()) return;
  entries_.push_back({Clock::now() + delay, std::move(job)});
  if (!thread_.joinable()) thread_ = start_thread([this] { work(); });
  changed_.notify_all();
}

void JobQueue::work() {
  std::unique_lock lock(mutex_);
  while (!quit_.is_set()) {
    if (entries_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto next = std::ranges::min_element(entries_, {}, &Entry::due);  // the first of equals
    if (next->due > Clock::now()) {
      changed_.wait_until(lock, next->due);
      continue;
    }
    const Job job = std::move(next->job);
    entries_.erase(next);
    lock.unlock();
    job();
    lock.lock();
  }
}

}  // namespace dockerlite::command
