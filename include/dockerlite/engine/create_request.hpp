#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/gpu/gpu_request.hpp"
#include "dockerlite/opts/device.hpp"
#include "dockerlite/opts/limits.hpp"
#include "dockerlite/opts/mount.hpp"
#include "dockerlite/opts/platform.hpp"
#include "dockerlite/opts/port.hpp"
#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

using StringList = std::vector<std::string>;
using StringMap = std::map<std::string, std::string>;

/// `Healthcheck` of a container; times in nanoseconds, 0: inherit from the image.
struct Healthcheck {
  StringList test;
  std::int64_t interval = 0, timeout = 0, start_period = 0, start_interval = 0;
  std::int64_t retries = 0;
  bool operator==(const Healthcheck&) const = default;
};

/// The portable half of a create request. Lists that are empty are sent as null, where docker sends null.
struct ContainerConfig {
  std::string hostname, domainname, user;
  bool attach_stdin = false, attach_stdout = false, attach_stderr = false;
  bool tty = false, open_stdin = false, stdin_once = false;
  StringList env, command;
  std::optional<Healthcheck> healthcheck;
  std::string image;
  std::string working_directory;
  std::optional<StringList> entrypoint;  ///< [""] takes the image's away
  std::string mac_address;               ///< only for an API below 1.44
  StringMap labels;
  std::string stop_signal;
  std::optional<std::int64_t> stop_timeout;  ///< seconds
  bool operator==(const ContainerConfig&) const = default;
};

/// The half that depends on the host. Sizes in bytes.
struct HostConfig {
  std::string container_id_file;
  std::string log_driver;
  StringMap log_options;
  std::string network_mode = "default";
  opts::RestartPolicy restart_policy{"no", 0};
  bool auto_remove = false;
  std::string volume_driver;
  StringList volumes_from;
  std::array<unsigned, 2> console_size{};  ///< rows, columns of the terminal
  StringMap annotations;
  StringList cap_add, cap_drop;
  std::string cgroupns_mode;
  StringList dns, dns_options, dns_search, extra_hosts, group_add;
  std::string ipc_mode;
  StringList links;
  std::int64_t oom_score_adj = 0;
  std::string pid_mode;
  bool privileged = false, publish_all_ports = false, read_only_root = false;
  std::optional<StringList> security_options;
  StringMap storage_options, tmpfs;
  std::string uts_mode, userns_mode;
  std::int64_t shm_size = 0;
  StringMap sysctls;
  std::string runtime, isolation;

  std::int64_t cpu_shares = 0, memory = 0, nano_cpus = 0;
  std::string cgroup_parent;
  std::uint16_t block_io_weight = 0;
  std::vector<opts::WeightDevice> block_io_weight_devices;
  std::vector<opts::ThrottleDevice> read_bps, write_bps, read_iops, write_iops;
  std::int64_t cpu_period = 0, cpu_quota = 0, cpu_realtime_period = 0, cpu_realtime_runtime = 0;
  std::string cpuset_cpus, cpuset_mems;
  std::vector<opts::DeviceMapping> devices;
  StringList device_cgroup_rules;
  std::vector<gpu::DeviceRequest> device_requests;
  std::int64_t kernel_memory = 0;  ///< only API 1.40 and 1.41 know it
  std::int64_t memory_reservation = 0, memory_swap = 0, memory_swappiness = -1;
  bool oom_kill_disable = false;
  std::int64_t pids_limit = 0;
  std::vector<opts::Ulimit> ulimits;
  std::int64_t cpu_count = 0, cpu_percent = 0;
  std::uint64_t io_maximum_iops = 0, io_maximum_bandwidth = 0;
  std::vector<opts::Mount> mounts;
  bool system_paths_unconfined = false;  ///< sends empty lists of masked and read-only paths
  std::optional<bool> init;
  bool operator==(const HostConfig&) const = default;
};

/// One entry of `EndpointsConfig`.
struct Endpoint {
  std::string ipv4, ipv6;
  StringList link_local_ips;
  StringList links, aliases;
  std::string mac_address;
  StringMap driver_options;
  std::int64_t gateway_priority = 0;
  bool operator==(const Endpoint&) const = default;
};

/// `POST /containers/create`.
struct CreateRequest {
  ContainerConfig config;
  opts::Ports ports;      ///< `ExposedPorts` of the config and `PortBindings` of the host config
  opts::Volumes volumes;  ///< `Volumes` of the config and `Binds` of the host config
  HostConfig host;
  std::map<std::string, Endpoint> endpoints;
  std::string name;
  std::optional<opts::Platform> platform;
  bool operator==(const CreateRequest&) const = default;
};

/// Fits a request to an API version, as docker's client does: what the version does not know goes, or is refused.
/// Errors:
/// `"specify mac-address per network" requires API version 1.44, but the Docker daemon API version is 1.43`, ...
Result<void> fit_create_request(CreateRequest& request, std::string_view api_version);

/// The JSON body, with docker's keys in docker's order and a newline at the end.
std::string create_body(const CreateRequest& request);

/// The request for a fitted CreateRequest.
transport::Request create_container(const CreateRequest& request);

/// The engine's answer.
struct CreatedContainer {
  std::string id;
  StringList warnings;
  bool operator==(const CreatedContainer&) const = default;
};
Result<CreatedContainer> decode_created_container(std::string_view body);

}  // namespace dockerlite::engine
