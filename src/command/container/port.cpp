#include <algorithm>

#include "../no_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/query.hpp"

namespace dockerlite::command {
namespace {

std::string host_and_port(const engine::PortBinding& binding) {
  const bool ipv6 = util::contains(binding.host_ip, ":");
  return (ipv6 ? "[" + binding.host_ip + "]" : binding.host_ip) + ":" + binding.host_port;
}

/// Where one port ("80", "53/udp") is published.
Result<std::vector<std::string>> one_port(const engine::PublishedPorts& ports, const std::string& wanted,
                                          const std::string& container) {
  const auto [port, protocol, found] = util::cut(wanted, "/");
  if (const auto number = util::parse_uint(port, 10, 16); !number) {
    return error("Error: invalid port (" + std::string(port) + "): " + number.error().message);
  }
  const std::string key = std::string(port) + "/" + std::string(protocol.empty() ? "tcp" : protocol);
  const auto entry =
      std::find_if(ports.begin(), ports.end(), [&](const auto& candidate) { return candidate.first == key; });
  if (entry == ports.end() || entry->second.empty()) {
    return error("Error: No public port '" + wanted + "' published for " + container);
  }
  std::vector<std::string> lines;
  for (const auto& binding : entry->second) lines.push_back(host_and_port(binding));
  return lines;
}

std::vector<std::string> all_ports(const engine::PublishedPorts& ports) {
  std::vector<std::string> lines;
  for (const auto& [port, bindings] : ports) {
    for (const auto& binding : bindings) lines.push_back(port + " -> " + host_and_port(binding));
  }
  return lines;
}

Result<void> run(Context& context, NoOptions& options) {
  const std::string& container = options.arguments[0];
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(std::string path, engine::container_path(container, "json"));
  DL_TRY(const std::string answer, engine->call({.path = std::move(path)}));
  DL_TRY(const engine::PublishedPorts ports, engine::decode_published_ports(answer));
  std::vector<std::string> lines;
  if (options.arguments.size() > 1 && !options.arguments[1].empty()) {
    DL_TRY(lines, one_port(ports, options.arguments[1], container));
  } else {
    lines = all_ports(ports);
  }
  std::sort(lines.begin(), lines.end(), util::natural_less);
  for (const auto& line : lines) context.io.out.write(line + "\n");
  return {};
}

constexpr std::string_view kNames[] = {"container port", "port"};

}  // namespace

constinit const cli::CommandSpec container_port = cli::make_command<NoOptions, run>({
    .names = kNames,
    .usage = "CONTAINER [PRIVATE_PORT[/PROTO]]",
    .summary = "Show where a container's ports are published, or one of them",
    .arguments = cli::Arguments::between(1, 2),
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
