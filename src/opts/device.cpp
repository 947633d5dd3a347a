#include "dockerlite/opts/device.hpp"

#include <fmt/format.h>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

/// Letters of "rwm", each at most once, at least one.
bool is_device_mode(std::string_view mode) {
  if (mode.empty()) return false;
  for (std::size_t i = 0; i < mode.size(); ++i)
    if (std::string_view("rwm").find(mode[i]) == std::string_view::npos ||
        mode.find(mode[i], i + 1) != std::string_view::npos)
      return false;
  return true;
}

Result<DeviceMapping> parse_linux_device(std::string_view text) {
  const auto parts = util::split(text, ':');
  if (parts.size() > 3 || parts[0].empty()) return error(fmt::format("bad format for path: {}", text));

  DeviceMapping device{parts[0], {}, "rwm"};
  std::string container_path = parts[0];
  if (parts.size() == 1) {
    device.path_on_host = util::clean_path(parts[0]);
  } else if (parts.size() == 2 && is_device_mode(parts[1])) {
    device.path_on_host = util::clean_path(parts[0]);
    device.cgroup_permissions = parts[1];
  } else if (parts.size() == 2) {
    container_path = parts[1];
    device.path_in_container = util::clean_path(parts[1]);
  } else {
    container_path = parts[1];
    if (!is_device_mode(parts[2])) return error(fmt::format("bad mode specified: {}", parts[2]));
    device.path_in_container = parts[1];
    device.cgroup_permissions = parts[2];
  }
  if (!container_path.starts_with('/')) return error(fmt::format("{} is not an absolute path", container_path));
  if (device.path_in_container.empty()) device.path_in_container = device.path_on_host;
  return device;
}

}  // namespace

Result<DeviceMapping> parse_device(std::string_view text, std::string_view server_os) {
  if (server_os == "linux") return parse_linux_device(text);
  if (server_os == "windows") return DeviceMapping{std::string(text), {}, {}};
  return error(fmt::format("unknown server OS: {}", server_os));
}

}  // namespace dockerlite::opts
