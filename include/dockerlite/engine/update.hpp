#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dockerlite/opts/limits.hpp"

namespace dockerlite::engine {

/// What `POST /containers/NAME/update` can change; zero leaves a limit as it is.
struct ContainerUpdate {
  std::uint16_t blkio_weight = 0;
  std::int64_t cpu_period = 0, cpu_quota = 0;                      ///< microseconds
  std::int64_t cpu_realtime_period = 0, cpu_realtime_runtime = 0;  ///< microseconds
  std::int64_t cpu_shares = 0;
  std::string cpuset_cpus{}, cpuset_mems{};
  std::int64_t memory = 0, memory_reservation = 0, memory_swap = 0, kernel_memory = 0;  ///< bytes
  std::int64_t nano_cpus = 0;                                                           ///< billionths of a CPU
  std::int64_t pids_limit = 0;
  opts::RestartPolicy restart_policy{};
  bool operator==(const ContainerUpdate&) const = default;
};

/// The body, byte for byte as docker sends it: what cannot be updated is in it too, empty.
std::string update_body(const ContainerUpdate& update);

}  // namespace dockerlite::engine
