#include "dockerlite/opts/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dockerlite/opts/size.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

constexpr std::array<std::string_view, 15> kUlimitNames = {"core",    "cpu",      "data",   "fsize",      "locks",
                                                           "memlock", "msgqueue", "nice",   "nofile",     "nproc",
                                                           "rss",     "rtprio",   "rttime", "sigpending", "stack"};

struct DeviceValue {
  std::string_view path, value;
};

/// Splits PATH:VALUE. The path has to be below /dev.
Result<DeviceValue> split_device(std::string_view text) {
  const auto [path, value, found] = util::cut(text, ":");
  if (!found || path.empty()) return error(fmt::format("bad format: {}", text));
  if (!path.starts_with("/dev/")) return error(fmt::format("bad format for device path: {}", text));
  return DeviceValue{path, value};
}

}  // namespace

Result<Ulimit> parse_ulimit(std::string_view text) {
  const auto [name, limits, found] = util::cut(text, "=");
  if (!found) return error(fmt::format("invalid ulimit argument: {}", text));
  if (std::find(kUlimitNames.begin(), kUlimitNames.end(), name) == kUlimitNames.end())
    return error(fmt::format("invalid ulimit type: {}", name));

  const auto parts = util::split(limits, ':');
  if (parts.size() > 2)
    return error(fmt::format("too many limit value arguments - {}, can only have up to two, `soft[:hard]`", limits));
  // Docker reads the hard limit first: of two bad ones it names that.
  DL_TRY(const auto hard, util::parse_int(parts.back()));
  DL_TRY(const auto soft, util::parse_int(parts.front()));
  if (hard != -1 && soft == -1)
    return error(fmt::format(
        "ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: {}", hard));
  if (hard != -1 && soft > hard)
    return error(fmt::format("ulimit soft limit must be less than or equal to hard limit: {} > {}", soft, hard));
  return Ulimit{std::string(name), soft, hard};
}

Result<void> UlimitOption::set(std::string_view text) {
  DL_TRY(auto limit, parse_ulimit(text));
  values[limit.name] = limit;
  return {};
}

Result<void> WeightDeviceOption::set(std::string_view text) {
  DL_TRY(const auto device, split_device(text));
  const auto weight = util::parse_uint(device.value, 10, 16);
  if (!weight || (*weight > 0 && (*weight < 10 || *weight > 1000)))
    return error(fmt::format("invalid weight for device: {}", text));
  values.push_back({std::string(device.path), static_cast<std::uint16_t>(*weight)});
  return {};
}

Result<void> ThrottleBytesOption::set(std::string_view text) {
  DL_TRY(const auto device, split_device(text));
  const auto rate = parse_ram_bytes(device.value);
  if (!rate || *rate < 0)
    return error(
        fmt::format("invalid rate for device: {}. The correct format is <device-path>:<number>[<unit>]. Number must be "
                    "a positive integer. Unit is optional and can be kb, mb, or gb",
                    text));
  values.push_back({std::string(device.path), static_cast<std::uint64_t>(*rate)});
  return {};
}

Result<void> ThrottleOperationsOption::set(std::string_view text) {
  DL_TRY(const auto device, split_device(text));
  const auto rate = util::parse_uint(device.value);
  if (!rate)
    return error(
        fmt::format("invalid rate for device: {}. The correct format is <device-path>:<number>. Number must be "
                    "a positive integer",
                    text));
  values.push_back({std::string(device.path), *rate});
  return {};
}

Result<RestartPolicy> parse_restart_policy(std::string_view text) {
  const auto [name, count, found] = util::cut(text, ":");
  if (found && name.empty()) return error("invalid restart policy format: no policy provided before colon");
  RestartPolicy policy{std::string(name), 0};
  if (!count.empty()) {
    const auto parsed = util::parse_int(count);
    if (!parsed) return error("invalid restart policy format: maximum retry count must be an integer");
    policy.maximum_retry_count = *parsed;
  }
  return policy;
}

}  // namespace dockerlite::opts
