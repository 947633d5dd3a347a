#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// How far a container is, from `GET /containers/NAME/json`.
struct Readiness {
  std::string status;  ///< "created", "running", "paused", "restarting", "removing", "exited", "dead"
  std::string health;  ///< "starting", "healthy", "unhealthy"; "" if it has no health check
  std::int64_t exit_code = 0;
  bool operator==(const Readiness&) const = default;
};
Result<Readiness> decode_readiness(std::string_view body);

}  // namespace dockerlite::engine
