#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerlite/opts/filter.hpp"
#include "dockerlite/opts/platform.hpp"
#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

struct Port {
  std::string ip{};  ///< of the host; "" if the port is not published
  std::uint16_t private_port = 0, public_port = 0;
  std::string type{};  ///< "tcp", "udp", "sctp"
  bool operator==(const Port&) const = default;
};

struct Mount {
  std::string name{}, source{}, driver{};
  bool operator==(const Mount&) const = default;
};

/// One entry of `GET /containers/json`.
struct ContainerSummary {
  std::string id{};
  std::vector<std::string> names{};  ///< each with its leading slash; links hold a second one
  std::string image{}, image_id{}, command{};
  std::int64_t created = 0;  ///< seconds since 1970
  std::vector<Port> ports{};
  std::vector<std::pair<std::string, std::string>> labels{};  ///< sorted by key
  std::string state{}, status{};
  std::int64_t size_rw = 0, size_root_fs = 0;  ///< bytes; 0 unless asked for
  std::vector<std::string> networks{};         ///< in the engine's order
  std::vector<Mount> mounts{};
  std::optional<opts::Platform> platform{};  ///< of the image's manifest, from engines that tell
  bool operator==(const ContainerSummary&) const = default;
};

struct ContainerListOptions {
  bool all = false;
  int limit = 0;  ///< the last `limit` created ones, whatever their state; 0 or less: no limit
  bool size = false;
  opts::Filters filters{};
};

transport::Request list_containers(const ContainerListOptions& options);
/// Errors: Go's texts for an answer that is not such a list.
Result<std::vector<ContainerSummary>> decode_containers(std::string_view body);

/// One line of `GET /containers/NAME/changes`.
struct FilesystemChange {
  char kind = 0;  ///< 'C', 'A' or 'D'; 0 for one that is not known
  std::string path{};
  bool operator==(const FilesystemChange&) const = default;
};
Result<std::vector<FilesystemChange>> decode_changes(std::string_view body);

/// `GET /containers/NAME/top`.
struct Processes {
  std::vector<std::string> titles{};
  std::vector<std::vector<std::string>> rows{};
  bool operator==(const Processes&) const = default;
};
Result<Processes> decode_processes(std::string_view body);

struct PortBinding {
  std::string host_ip{}, host_port{};
  bool operator==(const PortBinding&) const = default;
};
/// `NetworkSettings.Ports` of `GET /containers/NAME/json`: "80/tcp" and where it is published, sorted by the first.
using PublishedPorts = std::vector<std::pair<std::string, std::vector<PortBinding>>>;
Result<PublishedPorts> decode_published_ports(std::string_view body);

/// The exit status in the answer of `POST /containers/NAME/wait`. A text that is not JSON (a proxy's) is the error.
Result<std::int64_t> decode_wait(std::string_view body);

/// `Warnings` in the answer of an update.
Result<std::vector<std::string>> decode_warnings(std::string_view body);

}  // namespace dockerlite::engine
