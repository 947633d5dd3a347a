#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

struct Ulimit {
  std::string name;
  std::int64_t soft = 0, hard = 0;  ///< -1: unlimited
  bool operator==(const Ulimit&) const = default;
};

/// `name=soft[:hard]`. Errors: "invalid ulimit argument: x", "invalid ulimit type: x", "ulimit soft limit must be less
/// ...".
Result<Ulimit> parse_ulimit(std::string_view text);

/// `--ulimit`; the last value of a name wins.
struct UlimitOption {
  static constexpr std::string_view kTypeWord = "ulimit";
  std::map<std::string, Ulimit> values;
  Result<void> set(std::string_view text);
  bool operator==(const UlimitOption&) const = default;
};

struct WeightDevice {
  std::string path;
  std::uint16_t weight = 0;
  bool operator==(const WeightDevice&) const = default;
};

/// `--blkio-weight-device PATH:WEIGHT`. Errors: "bad format: x", "bad format for device path: x", "invalid weight for
/// device: x".
struct WeightDeviceOption {
  static constexpr std::string_view kTypeWord = "list";
  std::vector<WeightDevice> values;
  Result<void> set(std::string_view text);
  bool operator==(const WeightDeviceOption&) const = default;
};

struct ThrottleDevice {
  std::string path;
  std::uint64_t rate = 0;
  bool operator==(const ThrottleDevice&) const = default;
};

/// `--device-read-bps PATH:RATE` and `--device-write-bps`; bytes per second with a unit.
struct ThrottleBytesOption {
  static constexpr std::string_view kTypeWord = "list";
  std::vector<ThrottleDevice> values;
  Result<void> set(std::string_view text);
  bool operator==(const ThrottleBytesOption&) const = default;
};

/// `--device-read-iops PATH:RATE` and `--device-write-iops`; operations per second.
struct ThrottleOperationsOption {
  static constexpr std::string_view kTypeWord = "list";
  std::vector<ThrottleDevice> values;
  Result<void> set(std::string_view text);
  bool operator==(const ThrottleOperationsOption&) const = default;
};

struct RestartPolicy {
  std::string name;
  std::int64_t maximum_retry_count = 0;
  bool none() const { return name.empty() || name == "no"; }
  bool operator==(const RestartPolicy&) const = default;
};

/// `name[:max-retries]`; the name is the engine's to check. Errors: "invalid restart policy format: ...".
Result<RestartPolicy> parse_restart_policy(std::string_view text);

}  // namespace dockerlite::opts
