#pragma once

#include <string>
#include <thread>

#include "dockerlite/engine/client.hpp"
#include "dockerlite/engine/interactive.hpp"
#include "interactive_event.hpp"

namespace dockerlite::command {

/// Waits for the end of a container in a thread of its own. The destructor ends the call, wherever it is.
class ExitWaiter {
 public:
  ExitWaiter(engine::Client& engine, transport::Request wait_request);
  /// Waits for the events of container `id` instead: until it has ended, or is removed. For engines before API 1.30.
  ExitWaiter(engine::Client& engine, const std::string& id, bool until_removed);
  ExitWaiter(const ExitWaiter&) = delete;
  ExitWaiter& operator=(const ExitWaiter&) = delete;
  ~ExitWaiter();

  /// The engine is waiting, so that no exit can be missed from now on; or the call has failed.
  const Event& acknowledged() const { return acknowledged_; }
  void wait_acknowledged() const;
  const Event& finished() const { return finished_; }
  /// Once finished.
  const Result<engine::WaitResult>& result() const { return result_; }

 private:
  Result<engine::WaitResult> wait(engine::Client& engine, transport::Request request);
  Result<engine::WaitResult> watch(engine::Client& engine, const std::string& id, bool until_removed);
  void finish(Result<engine::WaitResult> result);

  Event cancel_, acknowledged_, finished_;
  Result<engine::WaitResult> result_ = engine::WaitResult{};
  std::thread thread_;
};

/// Removes a container that does not run, with its anonymous volumes.
Result<void> remove_stopped(engine::Client& engine, const std::string& id);

/// A container's own status becomes the client's, without a word.
Result<void> pass_on_status(std::int64_t status);

/// The end of run and start: a failed wait is logged, as docker logs it, and counts as 125.
Result<void> exit_with(const Result<engine::WaitResult>& result);

}  // namespace dockerlite::command
