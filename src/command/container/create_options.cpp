#include "dockerlite/command/container/create_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dockerlite/format/json_indent.hpp"
#include "dockerlite/opts/address.hpp"
#include "dockerlite/opts/device.hpp"
#include "dockerlite/opts/dotenv.hpp"
#include "dockerlite/opts/key_value_file.hpp"
#include "dockerlite/opts/modes.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

using List = std::vector<std::string>;

bool has(const opts::AttachList& attach, std::string_view stream) {
  return std::find(attach.values.begin(), attach.values.end(), stream) != attach.values.end();
}

Result<void> check_mac_address(std::string_view address) {
  if (!address.empty() && !opts::is_mac_address(address))
    return error(fmt::format("{} is not a valid mac address", address));
  return {};
}

Result<void> add_devices(engine::HostConfig& host, const CreateOptions& options, std::string_view server_os) {
  host.device_requests = options.gpus.requests();
  List cdi_names;
  for (const auto& text : options.devices) {
    if (gpu::is_cdi_device_name(text)) {
      cdi_names.push_back(text);
      continue;
    }
    DL_TRY(auto device, opts::parse_device(text, server_os));
    host.devices.push_back(std::move(device));
  }
  if (!cdi_names.empty()) host.device_requests.push_back(gpu::make_cdi_request(std::move(cdi_names)));
  return {};
}

/// The variables of files, then those of `-e` (a bare name takes its value from ours, and stays bare without one), then
/// the proxies that the user has not set. The last value of a name given twice with `-e` counts. docker 28 sends those
/// of `-e` in random order; here they keep theirs.
Result<List> environment_of(const CreateOptions& options, const CreateInputs& inputs) {
  DL_TRY(auto result, opts::read_key_value_files(options.env_files, &inputs.environment));
  DL_TRY(auto dotenv, opts::read_dotenv_files(options.dotenv_files, inputs.environment));
  std::move(dotenv.begin(), dotenv.end(), std::back_inserter(result));
  const auto& given = options.env.values;
  const auto name_of = [](std::string_view text) { return util::cut(text, "=").before; };
  const auto has_name = [&](std::string_view name) {
    return [name_of, name](std::string_view text) { return name_of(text) == name; };
  };
  for (auto text = given.begin(); text != given.end(); ++text) {
    if (std::any_of(text + 1, given.end(), has_name(name_of(*text)))) continue;
    const bool bare = !util::contains(*text, "=");
    const auto value = bare ? inputs.environment.get(*text) : std::nullopt;
    result.push_back(value ? fmt::format("{}={}", *text, *value) : *text);
  }
  for (const auto& [name, value] : inputs.proxies)
    if (std::none_of(given.begin(), given.end(), has_name(name))) result.push_back(fmt::format("{}={}", name, value));
  return result;
}

Result<std::optional<engine::Healthcheck>> healthcheck_of(const CreateOptions& options) {
  const bool given = !options.health_command.empty() || options.health_interval.value != 0 ||
                     options.health_timeout.value != 0 || options.health_start_period.value != 0 ||
                     options.health_retries != 0 || options.health_start_interval.value != 0;
  if (options.no_healthcheck) {
    if (given) return error("--no-healthcheck conflicts with --health-* options");
    return std::optional(engine::Healthcheck{.test = {"NONE"}});
  }
  if (!given) return std::optional<engine::Healthcheck>{};
  for (const auto& [name, value] :
       {std::pair<std::string_view, std::int64_t>{"interval", options.health_interval.value},
        {"timeout", options.health_timeout.value},
        {"retries", options.health_retries},
        {"start-period", options.health_start_period.value},
        {"start-interval", options.health_start_interval.value}})
    if (value < 0) return error(fmt::format("--health-{} cannot be negative", name));

  engine::Healthcheck check;
  if (!options.health_command.empty()) check.test = {"CMD-SHELL", options.health_command};
  check.interval = options.health_interval.value;
  check.timeout = options.health_timeout.value;
  check.start_period = options.health_start_period.value;
  check.start_interval = options.health_start_interval.value;
  check.retries = options.health_retries;
  return std::optional(std::move(check));
}

/// The content of a seccomp profile as one line of JSON.
Result<std::string> read_seccomp_profile(const std::string& path) {
  const auto text = util::read_file(path);
  if (!text) return error(fmt::format("opening seccomp profile ({}) failed: {}", path, text.error().message));
  std::string compact;
  if (const auto result = format::compact_json(compact, *text); !result)
    return error(fmt::format("compacting json for seccomp profile ({}) failed: {}", path, result.error().message));
  return compact;
}

/// Checks the values of `--security-opt`, puts the profile in place of a seccomp file's name, and takes out
/// "systempaths=unconfined", which is the client's to handle.
Result<void> add_security_options(engine::HostConfig& host, const List& values) {
  if (values.empty()) return {};
  auto& result = host.security_options.emplace();
  for (const auto& text : values) {
    const auto [key, value, found] = util::cut(text, util::contains(text, "=") ? "=" : ":");
    if (key != "no-new-privileges" && (!found || value.empty()))
      return error(fmt::format("Invalid --security-opt: {}", util::go_quote(text)));
    if (key == "seccomp" && value != "builtin" && value != "unconfined") {
      DL_TRY(const auto profile, read_seccomp_profile(std::string(value)));
      result.push_back("seccomp=" + profile);
    } else if (text == "systempaths=unconfined") {
      host.system_paths_unconfined = true;
    } else {
      result.push_back(text);
    }
  }
  return {};
}

Result<void> add_storage_options(engine::HostConfig& host, const List& values) {
  for (const auto& text : values) {
    const auto [key, value, found] = util::cut(text, "=");
    if (!found) return error("invalid storage option");
    host.storage_options[std::string(key)] = value;
  }
  return {};
}

/// What the options that are not per network add to the first network. Errors: the same thing said in both places.
Result<void> add_common_network_options(opts::NetworkAttachment& network, const CreateOptions& options) {
  const auto conflict = [](std::string_view option, std::string_view field) {
    return error(fmt::format("conflicting options: cannot specify both --{} and per-network {}", option, field));
  };
  const auto add_list = [](List& target, const List& values) {
    if (!values.empty()) target = values;
  };
  const auto add_text = [](std::string& target, const std::string& value) {
    if (!value.empty()) target = value;
  };
  if (!network.aliases.empty() && !options.network_aliases.empty()) return conflict("network-alias", "alias");
  if (!network.ipv4.empty() && !options.ipv4.empty()) return conflict("ip", "IPv4 address");
  if (!network.ipv6.empty() && !options.ipv6.empty()) return conflict("ip6", "IPv6 address");
  if (!network.mac_address.empty() && !options.mac_address.empty()) return conflict("mac-address", "MAC address");
  if (!network.link_local_ips.empty() && !options.link_local_ips.empty())
    return conflict("link-local-ip", "link-local IP addresses");
  add_list(network.aliases, options.network_aliases);
  // On other networks a link is the host config's.
  if (opts::is_user_defined_network(network.target)) add_list(network.links, options.links.values);
  add_text(network.ipv4, options.ipv4);
  add_text(network.ipv6, options.ipv6);
  add_text(network.mac_address, options.mac_address);
  add_list(network.link_local_ips, options.link_local_ips);
  return {};
}

Result<engine::Endpoint> endpoint_of(const opts::NetworkAttachment& network) {
  if (util::trim_space(network.target).empty()) return error("no name set for network");
  if (!opts::is_user_defined_network(network.target)) {
    if (!network.aliases.empty()) return error("network-scoped aliases are only supported for user-defined networks");
    if (!network.links.empty()) return error("links are only supported for user-defined networks");
  }
  DL_CHECK(check_mac_address(network.mac_address));
  return engine::Endpoint{.ipv4 = network.ipv4,
                          .ipv6 = network.ipv6,
                          .link_local_ips = network.link_local_ips,
                          .links = network.links,
                          .aliases = network.aliases,
                          .mac_address = network.mac_address,
                          .driver_options = network.driver_options,
                          .gateway_priority = network.gateway_priority};
}

Result<void> add_networks(engine::CreateRequest& request, const CreateOptions& options) {
  auto networks = options.networks.values;
  const bool implied = networks.empty();
  if (implied) networks.emplace_back().target = "default";
  request.host.network_mode = networks.front().target;
  DL_CHECK(add_common_network_options(networks.front(), options));

  bool user_defined = false, other = false;
  for (const auto& network : networks) {
    (opts::is_user_defined_network(network.target) ? user_defined : other) = true;
    DL_TRY(auto endpoint, endpoint_of(network));
    if (request.endpoints.count(network.target) != 0)
      return error(fmt::format("network {} is specified multiple times", util::go_quote(network.target)));
    // A single network about which nothing is said is left to the engine.
    if (!implied && networks.size() == 1 && endpoint == engine::Endpoint{}) continue;
    request.endpoints.emplace(network.target, std::move(endpoint));
  }
  if (user_defined && other)
    return error("conflicting options: cannot attach both user-defined and non-user-defined network-modes");

  const auto main = request.endpoints.find(opts::network_name(request.host.network_mode));
  if (main != request.endpoints.end()) request.config.mac_address = main->second.mac_address;
  return {};
}

void add_resources(engine::HostConfig& host, const CreateOptions& options) {
  host.cpu_shares = options.cpu_shares;
  host.memory = options.memory.value;
  host.nano_cpus = options.cpus.value;
  host.cgroup_parent = options.cgroup_parent;
  host.block_io_weight = options.block_io_weight;
  host.block_io_weight_devices = options.block_io_weight_devices.values;
  host.read_bps = options.device_read_bps.values;
  host.write_bps = options.device_write_bps.values;
  host.read_iops = options.device_read_iops.values;
  host.write_iops = options.device_write_iops.values;
  host.cpu_period = options.cpu_period;
  host.cpu_quota = options.cpu_quota;
  host.cpu_realtime_period = options.cpu_rt_period;
  host.cpu_realtime_runtime = options.cpu_rt_runtime;
  host.cpuset_cpus = options.cpuset_cpus;
  host.cpuset_mems = options.cpuset_mems;
  host.device_cgroup_rules = options.device_cgroup_rules.values;
  host.kernel_memory = options.kernel_memory.value;
  host.memory_reservation = options.memory_reservation.value;
  host.memory_swap = options.memory_swap.value;
  host.memory_swappiness = options.memory_swappiness;
  host.oom_kill_disable = options.oom_kill_disable;
  host.pids_limit = options.pids_limit;
  for (const auto& [name, limit] : options.ulimits.values) host.ulimits.push_back(limit);
  host.cpu_count = options.cpu_count;
  host.cpu_percent = options.cpu_percent;
  host.io_maximum_iops = options.io_max_iops;
  host.io_maximum_bandwidth = static_cast<std::uint64_t>(options.io_max_bandwidth.value);
}

void add_host_settings(engine::HostConfig& host, const CreateOptions& options) {
  host.container_id_file = options.cid_file;
  host.log_driver = options.log_driver;
  host.log_options = opts::key_values_to_map(options.log_options);
  host.auto_remove = options.auto_remove;
  host.volume_driver = options.volume_driver;
  host.volumes_from = options.volumes_from;
  host.annotations = options.annotations.values;
  host.cap_add = options.cap_add;
  host.cap_drop = options.cap_drop;
  host.cgroupns_mode = options.cgroupns;
  host.dns = options.dns.values;
  host.dns_options = options.dns_options;
  host.dns_search = options.dns_search.values;
  host.extra_hosts = options.extra_hosts.values;
  host.group_add = options.group_add;
  host.ipc_mode = options.ipc;
  host.links = options.links.values;
  host.oom_score_adj = options.oom_score_adj;
  host.pid_mode = options.pid;
  host.privileged = options.privileged;
  host.publish_all_ports = options.publish_all;
  host.read_only_root = options.read_only;
  host.tmpfs = opts::parse_tmpfs(options.tmpfs);
  host.uts_mode = options.uts;
  host.userns_mode = options.userns;
  host.shm_size = options.shm_size.value;
  host.sysctls = options.sysctls.values;
  host.runtime = options.runtime;
  host.isolation = options.isolation;
  host.mounts = options.mounts.values;
  host.init = options.init;
}

void add_config(engine::ContainerConfig& config, const CreateOptions& options) {
  config.hostname = options.hostname;
  config.domainname = options.domainname;
  config.user = options.user;
  config.attach_stdin = options.interactive || has(options.attach, "stdin");
  config.attach_stdout = options.attach.empty() || has(options.attach, "stdout");
  config.attach_stderr = options.attach.empty() || has(options.attach, "stderr");
  config.tty = options.tty;
  config.open_stdin = options.interactive;
  config.stdin_once = config.open_stdin && config.attach_stdin;
  config.image = options.arguments.front();
  config.command.assign(options.arguments.begin() + 1, options.arguments.end());
  if (options.entrypoint) config.entrypoint = List{*options.entrypoint};
  config.working_directory = options.working_directory;
  config.mac_address = options.mac_address;
  config.stop_signal = options.stop_signal;
  config.stop_timeout = options.stop_timeout;
}

Result<void> check_modes(const CreateOptions& options) {
  if (!opts::is_valid_pid_mode(options.pid)) return error("--pid: invalid PID mode");
  if (!opts::is_valid_uts_mode(options.uts)) return error("--uts: invalid UTS mode");
  if (!opts::is_valid_userns_mode(options.userns)) return error("--userns: invalid USER mode");
  if (!opts::is_valid_cgroupns_mode(options.cgroupns)) return error("--cgroupns: invalid CGROUP mode");
  return {};
}

}  // namespace

// The order of the checks is docker's: of several things that are wrong, the same one is reported.
Result<engine::CreateRequest> build_create_request(const CreateOptions& options, const CreateInputs& inputs) {
  engine::CreateRequest request;
  auto& host = request.host;
  request.name = options.name;
  add_config(request.config, options);
  add_host_settings(host, options);
  add_resources(host, options);

  DL_CHECK(check_mac_address(options.mac_address));
  if (options.memory_swappiness < -1 || options.memory_swappiness > 100)
    return error(fmt::format("invalid value: {}. Valid memory swappiness range is 0-100", options.memory_swappiness));
  DL_TRY(request.volumes, opts::parse_volumes(options.volumes, inputs.server_os));
  DL_TRY(request.ports, opts::parse_ports(options.publish, options.expose));
  DL_CHECK(add_devices(host, options, inputs.server_os));
  DL_TRY(request.config.env, environment_of(options, inputs));
  DL_TRY(auto labels, opts::read_key_value_files(options.label_files, nullptr));
  labels.insert(labels.end(), options.labels.values.begin(), options.labels.values.end());
  request.config.labels = opts::key_values_to_map(labels);
  DL_CHECK(check_modes(options));
  DL_TRY(host.restart_policy, opts::parse_restart_policy(options.restart));
  if (options.log_driver == "none" && !options.log_options.empty())
    return error("invalid logging opts for driver none");
  DL_CHECK(add_security_options(host, options.security_options));
  DL_CHECK(add_storage_options(host, options.storage_options));
  DL_TRY(request.config.healthcheck, healthcheck_of(options));
  if (options.auto_remove && !host.restart_policy.none())
    return error("conflicting options: cannot specify both --restart and --rm");
  DL_CHECK(add_networks(request, options));
  return request;
}

}  // namespace dockerlite::command
