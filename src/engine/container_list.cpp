#include <algorithm>
#include <string>
#include <vector>

#include "decode.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/query.hpp"
#include "json_reader.hpp"

namespace dockerlite::engine {
namespace {

Port read_port(JsonReader& json) {
  Port port;
  for (json.begin_object(); json.next_member();) {
    if (json.key() == "IP") {
      port.ip = json.string();
    } else if (json.key() == "PrivatePort") {
      port.private_port = static_cast<std::uint16_t>(json.integer());
    } else if (json.key() == "PublicPort") {
      port.public_port = static_cast<std::uint16_t>(json.integer());
    } else if (json.key() == "Type") {
      port.type = json.string();
    } else {
      json.skip();
    }
  }
  return port;
}

Mount read_mount(JsonReader& json) {
  Mount mount;
  for (json.begin_object(); json.next_member();) {
    if (json.key() == "Name") {
      mount.name = json.string();
    } else if (json.key() == "Source") {
      mount.source = json.string();
    } else if (json.key() == "Driver") {
      mount.driver = json.string();
    } else {
      json.skip();
    }
  }
  return mount;
}

opts::Platform read_platform(JsonReader& json) {
  opts::Platform platform;
  for (json.begin_object(); json.next_member();) {
    if (json.key() == "os") {
      platform.os = json.string();
    } else if (json.key() == "os.version") {
      platform.os_version = json.string();
    } else if (json.key() == "architecture") {
      platform.architecture = json.string();
    } else if (json.key() == "variant") {
      platform.variant = json.string();
    } else {
      json.skip();
    }
  }
  return platform;
}

std::optional<opts::Platform> read_manifest(JsonReader& json) {
  std::optional<opts::Platform> platform;
  for (json.begin_object(); json.next_member();) {
    if (json.key() == "platform" && json.peek() == '{') {
      platform = read_platform(json);
    } else {
      json.skip();
    }
  }
  return platform;
}

std::vector<std::string> read_network_names(JsonReader& json) {
  std::vector<std::string> names;
  for (json.begin_object(); json.next_member();) {
    if (json.key() != "Networks") {
      json.skip();
      continue;
    }
    for (json.begin_object(); json.next_member(); json.skip()) names.emplace_back(json.key());
  }
  return names;
}

/// Reads a member into the summary, if lists show it.
void read_member(JsonReader& json, ContainerSummary& container) {
  const std::string_view key = json.key();
  if (key == "Id") {
    container.id = json.string();
  } else if (key == "Names") {
    for (json.begin_array(); json.next_element();) container.names.push_back(json.string());
  } else if (key == "Image") {
    container.image = json.string();
  } else if (key == "ImageID") {
    container.image_id = json.string();
  } else if (key == "Command") {
    container.command = json.string();
  } else if (key == "Created") {
    container.created = json.integer();
  } else if (key == "Ports") {
    for (json.begin_array(); json.next_element();) container.ports.push_back(read_port(json));
  } else if (key == "SizeRw") {
    container.size_rw = json.integer();
  } else if (key == "SizeRootFs") {
    container.size_root_fs = json.integer();
  } else if (key == "Labels") {
    for (json.begin_object(); json.next_member();) {
      std::string name(json.key());
      container.labels.emplace_back(std::move(name), json.string());
    }
    std::sort(container.labels.begin(), container.labels.end());
  } else if (key == "State") {
    container.state = json.string();
  } else if (key == "Status") {
    container.status = json.string();
  } else if (key == "NetworkSettings") {
    container.networks = read_network_names(json);
  } else if (key == "Mounts") {
    for (json.begin_array(); json.next_element();) container.mounts.push_back(read_mount(json));
  } else if (key == "ImageManifestDescriptor") {
    container.platform = read_manifest(json);
  } else {
    json.skip();
  }
}

std::string_view kind_of(char first) {
  switch (first) {
    case '{':
      return "object";
    case '"':
      return "string";
    case 't':
    case 'f':
      return "bool";
    default:
      return "number";
  }
}

}  // namespace

Result<std::vector<ContainerSummary>> decode_containers(std::string_view body) {
  std::vector<ContainerSummary> containers;
  JsonReader json(body);
  const char first = json.peek();
  for (json.begin_array(); json.next_element();) {
    auto& container = containers.emplace_back();
    for (json.begin_object(); json.next_member();) read_member(json, container);
  }
  if (json.failed() || !json.at_end()) return decode_error(body);
  if (first != '[' && first != 'n') return unexpected_kind(kind_of(first), "[]container.Summary");
  return containers;
}

transport::Request list_containers(const ContainerListOptions& options) {
  transport::Request request{.path = "/containers/json"};
  if (options.all) request.query.add("all", "1");
  if (options.limit > 0) request.query.add("limit", std::to_string(options.limit));
  if (options.size) request.query.add("size", "1");
  if (!options.filters.empty()) request.query.add("filters", filters_json(options.filters));
  return request;
}

}  // namespace dockerlite::engine
