#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

struct PortBinding {
  std::string host_ip, host_port;
  bool operator==(const PortBinding&) const = default;
};

/// Config.ExposedPorts and HostConfig.PortBindings; ports are "80/tcp".
struct Ports {
  std::set<std::string> exposed;
  std::map<std::string, std::vector<PortBinding>> bindings;
  bool operator==(const Ports&) const = default;
};

struct PortRange {
  std::uint64_t first = 0, last = 0;
  bool operator==(const PortRange&) const = default;
};
/// "80" or "80-90". Errors: "empty string specified for ports", "invalid range specified for port: x", Go's ParseUint
/// errors.
Result<PortRange> parse_port_range(std::string_view text);

/// The values of `-p` ([ip:][host]:container[/protocol], ranges, or published=,target=,protocol=) and `--expose`
/// (port[-port][/protocol]). Errors: "invalid hostPort: x", "invalid proto: x", "invalid port format for --expose: x",
/// ...
Result<Ports> parse_ports(const std::vector<std::string>& publish, const std::vector<std::string>& expose);

}  // namespace dockerlite::opts
