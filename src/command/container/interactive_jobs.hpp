#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "interactive_event.hpp"

namespace dockerlite::command {

/// Does small jobs (signals and sizes to send to the engine) one after the other, in a thread that starts with the
/// first. The destructor drops what has not begun and cancels what runs.
class JobQueue {
 public:
  using Job = std::function<void()>;

  JobQueue() = default;
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;
  ~JobQueue();

  /// Does the job after those posted before it, but not before `delay` has passed (others go first meanwhile).
  void post(Job job, std::chrono::milliseconds delay = {});
  /// For the requests of a job.
  int cancel_fd() const { return quit_.fd(); }

 private:
  using Clock = std::chrono::steady_clock;
  struct Entry {
    Clock::time_point due;
    Job job;
  };
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Entry> entries_;  ///< in the order of posting
  Event quit_;
  std::thread thread_;
};

}  // namespace dockerlite::command
