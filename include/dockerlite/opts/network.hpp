#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

/// One `--network` of run and create.
struct NetworkAttachment {
  std::string target;  ///< name, ID or mode ("host", "container:x")
  std::vector<std::string> aliases;
  std::map<std::string, std::string> driver_options;
  std::vector<std::string> links;
  std::string ipv4, ipv6, mac_address;
  std::vector<std::string> link_local_ips;
  std::int64_t gateway_priority = 0;
  bool operator==(const NetworkAttachment&) const = default;
};

/// `--network NAME` or `--network name=NAME,alias=...,ip=...`. Docker lower-cases all of the long form.
/// Errors: "network name/id is not specified", "invalid field key x", "invalid gw-priority (x): invalid syntax", ...
struct NetworkOption {
  static constexpr std::string_view kTypeWord = "network";
  std::vector<NetworkAttachment> values;
  Result<void> set(std::string_view text);
  bool operator==(const NetworkOption&) const = default;
};

/// Neither one of the engine's own modes (default, bridge, host, none) nor "container:x".
bool is_user_defined_network(std::string_view mode);
/// The key of a mode among the endpoints: "container" for "container:x", else the mode itself.
std::string network_name(std::string_view mode);

}  // namespace dockerlite::opts
