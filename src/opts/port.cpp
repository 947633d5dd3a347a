#include "dockerlite/opts/port.hpp"

#include <fmt/format.h>

#include "dockerlite/opts/address.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

struct PortAndProtocol {
  std::string_view port, protocol;
};

/// "80/udp"; tcp if nothing is said. What follows a second "/" is ignored, as docker does.
PortAndProtocol split_protocol(std::string_view text) {
  const auto [port, rest, found] = util::cut(text, "/");
  if (port.empty()) return {};
  const auto protocol = util::cut(rest, "/").before;
  return {port, protocol.empty() ? std::string_view("tcp") : protocol};
}

/// What is wrong with "[address]", in the words of Go's net.SplitHostPort, or "".
std::string_view bracket_fault(std::string_view text) {
  const auto end = text.find(']');
  if (end == std::string_view::npos) return "missing ']' in address";
  if (end + 1 < text.size()) return text[end + 1] == ':' ? "too many colons in address" : "missing port in address";
  if (text.find('[', 1) != std::string_view::npos) return "unexpected '[' in address";
  return {};
}

/// Turns the long form, published=8080,target=80,protocol=udp, into the short one.
Result<std::string> to_short_form(std::string_view text) {
  if (!util::contains(text, "=")) return std::string(text);
  std::string published, target, protocol = "tcp";
  for (const auto& field : util::split(text, ',')) {
    const auto [key, value, found] = util::cut(field, "=");
    if (!found || key.empty())
      return error(fmt::format("invalid publish opts format (should be name=value but got '{}')", field));
    if (key == "published") published = value;
    if (key == "target") target = value;
    if (key == "protocol") protocol = value;
  }
  return fmt::format("{}:{}/{}", published, target, protocol);
}

Result<void> publish_port(Ports& ports, std::string_view spec) {
  // [ip:][host-port:]container-port: the last two colons separate, an IPv6 address may have more.
  std::string_view ip, host_port, container = spec;
  if (const auto last = spec.rfind(':'); last != std::string_view::npos) {
    container = spec.substr(last + 1);
    host_port = spec.substr(0, last);
    if (const auto before = host_port.rfind(':'); before != std::string_view::npos) {
      ip = host_port.substr(0, before);
      host_port = host_port.substr(before + 1);
    }
  }
  const auto [container_port, protocol] = split_protocol(container);

  if (ip.starts_with('[')) {
    if (const auto fault = bracket_fault(ip); !fault.empty())
      return error(fmt::format("invalid IP address {}: address {}:: {}", ip, ip, fault));
    ip = ip.substr(1, ip.size() - 2);
  }
  if (!ip.empty() && !IpAddress::parse(ip)) return error(fmt::format("invalid IP address: {}", ip));
  if (container_port.empty()) return error(fmt::format("no port specified: {}<empty>", spec));

  const auto inside = parse_port_range(container_port);
  if (!inside) return error(fmt::format("invalid containerPort: {}", container_port));
  PortRange outside;
  if (!host_port.empty()) {
    const auto parsed = parse_port_range(host_port);
    if (!parsed) return error(fmt::format("invalid hostPort: {}", host_port));
    outside = *parsed;
    // A range outside for one port inside is a choice of ports for the engine.
    if (inside->first != inside->last && inside->last - inside->first != outside.last - outside.first)
      return error(
          fmt::format("invalid ranges specified for container and host Ports: {} and {}", container_port, host_port));
  }
  const auto lower = util::to_lower(protocol);
  if (lower != "tcp" && lower != "udp" && lower != "sctp") return error(fmt::format("invalid proto: {}", protocol));

  for (std::uint64_t i = 0; i <= inside->last - inside->first; ++i) {
    auto port = fmt::format("{}/{}", inside->first + i, lower);
    std::string host;
    if (!host_port.empty()) host = std::to_string(outside.first + i);
    if (inside->first == inside->last && outside.first != outside.last) host += "-" + std::to_string(outside.last);
    ports.exposed.insert(port);
    ports.bindings[std::move(port)].push_back({std::string(ip), std::move(host)});
  }
  return {};
}

Result<void> expose_ports(Ports& ports, std::string_view spec) {
  if (util::contains(spec, ":")) return error(fmt::format("invalid port format for --expose: {}", spec));
  const auto [port, protocol] = split_protocol(spec);
  const auto range = parse_port_range(port);
  if (!range)
    return error(fmt::format("invalid range format for --expose: {}, error: {}", spec, range.error().message));
  for (auto number = range->first; number <= range->last; ++number)
    ports.exposed.insert(fmt::format("{}/{}", number, protocol));
  return {};
}

}  // namespace

Result<PortRange> parse_port_range(std::string_view text) {
  if (text.empty()) return error("empty string specified for ports");
  const auto parts = util::split(text, '-');
  DL_TRY(const auto first, util::parse_uint(parts[0], 10, 16));
  if (parts.size() == 1) return PortRange{first, first};
  DL_TRY(const auto last, util::parse_uint(parts[1], 10, 16));
  if (last < first) return error(fmt::format("invalid range specified for port: {}", text));
  return PortRange{first, last};
}

Result<Ports> parse_ports(const std::vector<std::string>& publish, const std::vector<std::string>& expose) {
  std::vector<std::string> specs;
  for (const auto& text : publish) {
    DL_TRY(auto spec, to_short_form(text));
    specs.push_back(std::move(spec));
  }
  Ports ports;
  for (const auto& spec : specs) DL_CHECK(publish_port(ports, spec));
  for (const auto& spec : expose) DL_CHECK(expose_ports(ports, spec));
  return ports;
}

}  // namespace dockerlite::opts
