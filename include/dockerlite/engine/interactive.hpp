#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// What the interactive commands ask `GET /containers/NAME/json` for.
struct ContainerState {
  std::string id;
  bool tty = false, open_stdin = false;
  bool running = false, paused = false, restarting = false;
  bool auto_remove = false;
  bool operator==(const ContainerState&) const = default;
};
Result<transport::Request> inspect_container(std::string_view name);
Result<ContainerState> decode_container_state(std::string_view body);

/// `POST /containers/NAME/attach`, to be hijacked.
struct AttachOptions {
  bool in = false, out = false, err = false;
  std::string detach_keys;
};
Result<transport::Request> attach_container(std::string_view name, const AttachOptions& options);

/// `POST /containers/NAME/wait`. The engine answers the head at once and the body when the condition is met:
/// "next-exit", "removed", or "" (not running).
Result<transport::Request> wait_container(std::string_view name, std::string_view condition);
struct WaitResult {
  std::int64_t status = 0;
  std::optional<std::string> error;  ///< the engine could not wait
  bool operator==(const WaitResult&) const = default;
};
/// A text that is not JSON (a proxy's) is the error.
Result<WaitResult> decode_wait_result(std::string_view body);

/// `GET /events` of one container. Engines before API 1.30 take no condition for a wait: what happens to the container
/// tells its end.
transport::Request container_events(const std::string& id);
/// Finds the event that ends a container's life: its exit, or its removal after that.
class ExitEvents {
 public:
  explicit ExitEvents(bool until_removed) : until_removed_(until_removed) {}
  /// Takes one event. Errors: not a JSON object.
  Result<void> take(std::string_view event);
  bool ended() const { return ended_; }
  std::int64_t status() const { return status_; }  ///< 125 until it is known

 private:
  static constexpr std::int64_t kUnknown = 125;
  bool until_removed_, ended_ = false;
  std::int64_t status_ = kUnknown;
};

Result<transport::Request> start_container(std::string_view name, std::string_view checkpoint = {},
                                           std::string_view checkpoint_directory = {});
/// `DELETE /containers/NAME`, with the anonymous volumes.
Result<transport::Request> remove_container(std::string_view name, bool force = false);
Result<transport::Request> kill_container(std::string_view name, std::string_view signal);

/// Rows and columns of a terminal, as the engine takes them.
using ConsoleSize = std::array<unsigned, 2>;
/// `POST .../resize`.
Result<transport::Request> resize_container(std::string_view name, ConsoleSize size);
transport::Request resize_exec(std::string_view exec_id, ConsoleSize size);

/// `POST /containers/NAME/exec` and what starts it.
struct ExecOptions {
  std::string user, working_directory, detach_keys;
  bool privileged = false, tty = false, detach = false;
  bool in = false, out = false, err = false;
  std::vector<std::string> env, command;
  std::optional<ConsoleSize> console_size;  ///< only for a terminal and API 1.42 or later
};
Result<transport::Request> create_exec(std::string_view name, const ExecOptions& options);
/// To be hijacked unless detached.
transport::Request start_exec(std::string_view exec_id, const ExecOptions& options);
transport::Request inspect_exec(std::string_view exec_id);
/// `Id` of the created exec; "" if the engine did not tell.
Result<std::string> decode_exec_id(std::string_view body);
Result<std::int64_t> decode_exec_exit_code(std::string_view body);

/// `GET /containers/NAME/logs`; the texts go out as they are, see opts for since and until.
struct LogsOptions {
  bool follow = false, timestamps = false, details = false;
  std::string since, until, tail;
};
Result<transport::Request> container_logs(std::string_view name, const LogsOptions& options);

}  // namespace dockerlite::engine
