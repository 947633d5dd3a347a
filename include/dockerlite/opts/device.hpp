#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

/// One element of HostConfig.Devices.
struct DeviceMapping {
  std::string path_on_host, path_in_container, cgroup_permissions;
  bool operator==(const DeviceMapping&) const = default;
};

/// `--device HOST[:CONTAINER][:rwm]` for an engine on `server_os`; on Windows the engine checks it. Errors:
/// "bad format for path: x", "bad mode specified: x", "x is not an absolute path", "unknown server OS: x".
Result<DeviceMapping> parse_device(std::string_view text, std::string_view server_os);

}  // namespace dockerlite::opts
