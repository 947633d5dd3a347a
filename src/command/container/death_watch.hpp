#pragma once

#include <string>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// Kills a container when this process ends without having called it off, whatever ended it, SIGKILL included. A child
/// in a session of its own holds the reading end of a pipe that only we write to; its end of file is our end, and the
/// child becomes `dockerlite kill CONTAINER`. Only what ends that child too (a whole control group, the machine) leaves
/// the container running.
class DeathWatch {
 public:
  /// `host` is the engine's endpoint. Call it before any thread is started. Errors: no pipe or process to be had.
  static Result<DeathWatch> begin(const std::string& host, const std::string& container);
  /// The container has ended: nothing is left to be killed.
  void call_off();

 private:
  explicit DeathWatch(util::UniqueFd pipe) : pipe_(std::move(pipe)) {}
  util::UniqueFd pipe_;
};

}  // namespace dockerlite::command
