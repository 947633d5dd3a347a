#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "dockerlite/engine/client.hpp"
#include "dockerlite/engine/readiness.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// `--wait-timeout`: seconds, or a duration with units ("90", "1m30s").
class WaitTimeout {
 public:
  static constexpr std::string_view kTypeWord = "duration";
  Result<void> set(std::string_view text);
  std::chrono::milliseconds value{0};
  bool operator==(const WaitTimeout&) const = default;
};

enum class Until {
  ready,  ///< healthy if it has a health check, else running
  running,
  healthy,
  unhealthy,
  paused,
};

/// Whether a container in this state is where it was waited for; an error if it will not get there by itself.
Result<bool> reached(Until until, const engine::Readiness& now, std::string_view name);

/// Asks for the container's state until it is as wanted. Errors: it ended or became unhealthy first, it has no health
/// check, or `timeout` has passed: `timed out after 30s: container web is still starting`.
Result<void> wait_until(engine::Client& engine, const std::string& name, Until until,
                        std::optional<WaitTimeout> timeout);

}  // namespace dockerlite::command
