#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// What docker shows of one message of `GET /containers/NAME/stats`.
struct StatsSample {
  std::string id{};
  std::string name{};                      ///< with its leading slash
  double cpu_percent = 0;                  ///< of one CPU: four busy ones are 400
  double memory = 0;                       ///< bytes, without the page cache that can be given back
  double memory_limit = 0;                 ///< bytes
  double memory_percent = 0;               ///< of the limit
  double network_rx = 0, network_tx = 0;   ///< bytes
  double block_read = 0, block_write = 0;  ///< bytes
  std::uint64_t pids = 0;
  bool operator==(const StatsSample&) const = default;
};

/// Computes a sample as docker does: on Linux the CPU share from this and the previous reading in the message, and the
/// memory without `total_inactive_file` (cgroup v1) or `inactive_file` (v2); on Windows from the processor's 100 ns
/// intervals and the private working set. Errors: Go's texts for what is not JSON.
Result<StatsSample> decode_stats(std::string_view json, bool windows);

/// The engine's OS from its `Server` header, "Docker/28.5.2 (linux)"; "" if it does not tell.
std::string_view server_os(std::string_view server_header);

/// What `stats` needs of an event.
struct ContainerEvent {
  std::string action, id;
  bool operator==(const ContainerEvent&) const = default;
};
Result<ContainerEvent> decode_container_event(std::string_view json);

}  // namespace dockerlite::engine
