#include "dockerlite/engine/create_request.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "decode.hpp"
#include "dockerlite/cli/command.hpp"
#include "dockerlite/opts/capability.hpp"
#include "json_writer.hpp"

namespace dockerlite::engine {
namespace {

Error needs_version(std::string_view feature, std::string_view required, std::string_view version) {
  return error(fmt::format("\"{}\" requires API version {}, but the Docker daemon API version is {}", feature, required,
                           version));
}

template <class T, class Write>
void write_list(JsonWriter& json, std::string_view name, const std::vector<T>& list, Write write) {
  json.key(name).begin_array();
  for (const auto& element : list) write(json, element);
  json.end_array();
}

template <class Keys>
void write_key_set(JsonWriter& json, std::string_view name, const Keys& keys) {
  json.key(name).begin_object();
  for (const auto& key : keys) {
    json.key(key).begin_object();
    json.end_object();
  }
  json.end_object();
}

void write_optional_list(JsonWriter& json, std::string_view name, const std::optional<StringList>& list) {
  if (list)
    json.member(name, *list);
  else
    json.key(name).null();
}

void write_healthcheck(JsonWriter& json, const Healthcheck& check) {
  json.key("Healthcheck").begin_object();
  json.optional_member("Test", check.test);
  json.optional_member("Interval", check.interval);
  json.optional_member("Timeout", check.timeout);
  json.optional_member("StartPeriod", check.start_period);
  json.optional_member("StartInterval", check.start_interval);
  json.optional_member("Retries", check.retries);
  json.end_object();
}

void write_config(JsonWriter& json, const CreateRequest& request) {
  const auto& config = request.config;
  json.member("Hostname", config.hostname);
  json.member("Domainname", config.domainname);
  json.member("User", config.user);
  json.member("AttachStdin", config.attach_stdin);
  json.member("AttachStdout", config.attach_stdout);
  json.member("AttachStderr", config.attach_stderr);
  if (!request.ports.exposed.empty()) write_key_set(json, "ExposedPorts", request.ports.exposed);
  json.member("Tty", config.tty);
  json.member("OpenStdin", config.open_stdin);
  json.member("StdinOnce", config.stdin_once);
  json.member_or_null("Env", config.env);
  json.member_or_null("Cmd", config.command);
  if (config.healthcheck) write_healthcheck(json, *config.healthcheck);
  json.member("Image", config.image);
  write_key_set(json, "Volumes", request.volumes.anonymous);
  json.member("WorkingDir", config.working_directory);
  write_optional_list(json, "Entrypoint", config.entrypoint);
  json.optional_member("MacAddress", config.mac_address);
  json.key("OnBuild").null();
  json.member("Labels", config.labels);
  json.optional_member("StopSignal", config.stop_signal);
  if (config.stop_timeout) json.member("StopTimeout", *config.stop_timeout);
}

void write_port_bindings(JsonWriter& json, const opts::Ports& ports) {
  json.key("PortBindings").begin_object();
  for (const auto& [port, bindings] : ports.bindings)
    write_list(json, port, bindings, [](JsonWriter& out, const opts::PortBinding& binding) {
      out.begin_object();
      out.member("HostIp", binding.host_ip);
      out.member("HostPort", binding.host_port);
      out.end_object();
    });
  json.end_object();
}

void write_throttles(JsonWriter& json, std::string_view name, const std::vector<opts::ThrottleDevice>& devices) {
  write_list(json, name, devices, [](JsonWriter& out, const opts::ThrottleDevice& device) {
    out.begin_object();
    out.member("Path", device.path);
    out.member("Rate", device.rate);
    out.end_object();
  });
}

void write_device_request(JsonWriter& json, const gpu::DeviceRequest& request) {
  json.begin_object();
  json.member("Driver", request.driver);
  json.member("Count", request.count);
  write_optional_list(json, "DeviceIDs", request.device_ids);
  if (request.capabilities)
    write_list(json, "Capabilities", *request.capabilities,
               [](JsonWriter& out, const StringList& all_of) { out.value(all_of); });
  else
    json.key("Capabilities").null();
  if (request.options)
    json.member("Options", *request.options);
  else
    json.key("Options").null();
  json.end_object();
}

void write_mount(JsonWriter& json, const opts::Mount& mount) {
  json.begin_object();
  json.optional_member("Type", mount.type);
  json.optional_member("Source", mount.source);
  json.optional_member("Target", mount.target);
  json.optional_member("ReadOnly", mount.read_only);
  json.optional_member("Consistency", mount.consistency);
  if (const auto& bind = mount.bind) {
    json.key("BindOptions").begin_object();
    json.optional_member("Propagation", bind->propagation);
    json.optional_member("NonRecursive", bind->non_recursive);
    json.optional_member("ReadOnlyNonRecursive", bind->read_only_non_recursive);
    json.optional_member("ReadOnlyForceRecursive", bind->read_only_force_recursive);
    json.end_object();
  }
  if (const auto& volume = mount.volume) {
    json.key("VolumeOptions").begin_object();
    json.optional_member("NoCopy", volume->no_copy);
    json.optional_member("Labels", volume->labels);
    json.optional_member("Subpath", volume->subpath);
    json.key("DriverConfig").begin_object();
    json.optional_member("Name", volume->driver);
    json.optional_member("Options", volume->driver_options);
    json.end_object();
    json.end_object();
  }
  if (const auto& image = mount.image) {
    json.key("ImageOptions").begin_object();
    json.optional_member("Subpath", image->subpath);
    json.end_object();
  }
  if (const auto& tmpfs = mount.tmpfs) {
    json.key("TmpfsOptions").begin_object();
    json.optional_member("SizeBytes", tmpfs->size_bytes);
    json.optional_member("Mode", tmpfs->mode);
    json.end_object();
  }
  json.end_object();
}

void write_resources(JsonWriter& json, const HostConfig& host) {
  json.member("CpuShares", host.cpu_shares);
  json.member("Memory", host.memory);
  json.member("NanoCpus", host.nano_cpus);
  json.member("CgroupParent", host.cgroup_parent);
  json.member("BlkioWeight", host.block_io_weight);
  write_list(json, "BlkioWeightDevice", host.block_io_weight_devices,
             [](JsonWriter& out, const opts::WeightDevice& device) {
               out.begin_object();
               out.member("Path", device.path);
               out.member("Weight", device.weight);
               out.end_object();
             });
  write_throttles(json, "BlkioDeviceReadBps", host.read_bps);
  write_throttles(json, "BlkioDeviceWriteBps", host.write_bps);
  write_throttles(json, "BlkioDeviceReadIOps", host.read_iops);
  write_throttles(json, "BlkioDeviceWriteIOps", host.write_iops);
  json.member("CpuPeriod", host.cpu_period);
  json.member("CpuQuota", host.cpu_quota);
  json.member("CpuRealtimePeriod", host.cpu_realtime_period);
  json.member("CpuRealtimeRuntime", host.cpu_realtime_runtime);
  json.member("CpusetCpus", host.cpuset_cpus);
  json.member("CpusetMems", host.cpuset_mems);
  write_list(json, "Devices", host.devices, [](JsonWriter& out, const opts::DeviceMapping& device) {
    out.begin_object();
    out.member("PathOnHost", device.path_on_host);
    out.member("PathInContainer", device.path_in_container);
    out.member("CgroupPermissions", device.cgroup_permissions);
    out.end_object();
  });
  json.member_or_null("DeviceCgroupRules", host.device_cgroup_rules);
  if (host.device_requests.empty())
    json.key("DeviceRequests").null();
  else
    write_list(json, "DeviceRequests", host.device_requests, write_device_request);
  json.optional_member("KernelMemory", host.kernel_memory);
  json.member("MemoryReservation", host.memory_reservation);
  json.member("MemorySwap", host.memory_swap);
  json.member("MemorySwappiness", host.memory_swappiness);
  json.member("OomKillDisable", host.oom_kill_disable);
  json.member("PidsLimit", host.pids_limit);
  write_list(json, "Ulimits", host.ulimits, [](JsonWriter& out, const opts::Ulimit& limit) {
    out.begin_object();
    out.member("Name", limit.name);
    out.member("Hard", limit.hard);
    out.member("Soft", limit.soft);
    out.end_object();
  });
  json.member("CpuCount", host.cpu_count);
  json.member("CpuPercent", host.cpu_percent);
  json.member("IOMaximumIOps", host.io_maximum_iops);
  json.member("IOMaximumBandwidth", host.io_maximum_bandwidth);
}

void write_host_config(JsonWriter& json, const CreateRequest& request) {
  const auto& host = request.host;
  json.key("HostConfig").begin_object();
  json.member_or_null("Binds", request.volumes.binds);
  json.member("ContainerIDFile", host.container_id_file);
  json.key("LogConfig").begin_object();
  json.member("Type", host.log_driver);
  json.member("Config", host.log_options);
  json.end_object();
  json.member("NetworkMode", host.network_mode);
  write_port_bindings(json, request.ports);
  json.key("RestartPolicy").begin_object();
  json.member("Name", host.restart_policy.name);
  json.member("MaximumRetryCount", host.restart_policy.maximum_retry_count);
  json.end_object();
  json.member("AutoRemove", host.auto_remove);
  json.member("VolumeDriver", host.volume_driver);
  json.member_or_null("VolumesFrom", host.volumes_from);
  json.key("ConsoleSize").begin_array();
  for (const unsigned size : host.console_size) json.value(size);
  json.end_array();
  json.optional_member("Annotations", host.annotations);
  json.member_or_null("CapAdd", host.cap_add);
  json.member_or_null("CapDrop", host.cap_drop);
  json.member("CgroupnsMode", host.cgroupns_mode);
  json.member("Dns", host.dns);
  json.member("DnsOptions", host.dns_options);
  json.member("DnsSearch", host.dns_search);
  json.member_or_null("ExtraHosts", host.extra_hosts);
  json.member_or_null("GroupAdd", host.group_add);
  json.member("IpcMode", host.ipc_mode);
  json.member("Cgroup", "");
  json.member_or_null("Links", host.links);
  json.member("OomScoreAdj", host.oom_score_adj);
  json.member("PidMode", host.pid_mode);
  json.member("Privileged", host.privileged);
  json.member("PublishAllPorts", host.publish_all_ports);
  json.member("ReadonlyRootfs", host.read_only_root);
  write_optional_list(json, "SecurityOpt", host.security_options);
  json.optional_member("StorageOpt", host.storage_options);
  json.optional_member("Tmpfs", host.tmpfs);
  json.member("UTSMode", host.uts_mode);
  json.member("UsernsMode", host.userns_mode);
  json.member("ShmSize", host.shm_size);
  json.optional_member("Sysctls", host.sysctls);
  json.optional_member("Runtime", host.runtime);
  json.member("Isolation", host.isolation);
  write_resources(json, host);
  if (!host.mounts.empty()) write_list(json, "Mounts", host.mounts, write_mount);
  for (const std::string_view paths : {"MaskedPaths", "ReadonlyPaths"})
    write_optional_list(json, paths,
                        host.system_paths_unconfined ? std::optional<StringList>(StringList{}) : std::nullopt);
  if (host.init) json.member("Init", *host.init);
  json.end_object();
}

void write_endpoint(JsonWriter& json, std::string_view network, const Endpoint& endpoint) {
  json.key(network).begin_object();
  if (endpoint.ipv4.empty() && endpoint.ipv6.empty() && endpoint.link_local_ips.empty()) {
    json.key("IPAMConfig").null();
  } else {
    json.key("IPAMConfig").begin_object();
    json.optional_member("IPv4Address", endpoint.ipv4);
    json.optional_member("IPv6Address", endpoint.ipv6);
    json.optional_member("LinkLocalIPs", endpoint.link_local_ips);
    json.end_object();
  }
  json.member_or_null("Links", endpoint.links);
  json.member_or_null("Aliases", endpoint.aliases);
  json.member("MacAddress", endpoint.mac_address);
  json.member_or_null("DriverOpts", endpoint.driver_options);
  json.member("GwPriority", endpoint.gateway_priority);
  // What only the engine fills in; docker sends its zero values.
  json.member("NetworkID", "");
  json.member("EndpointID", "");
  json.member("Gateway", "");
  json.member("IPAddress", "");
  json.member("IPPrefixLen", 0);
  json.member("IPv6Gateway", "");
  json.member("GlobalIPv6Address", "");
  json.member("GlobalIPv6PrefixLen", 0);
  json.key("DNSNames").null();
  json.end_object();
}

}  // namespace

Result<void> fit_create_request(CreateRequest& request, std::string_view api_version) {
  auto& [config, ports, volumes, host, endpoints, name, platform] = request;
  const auto below = [api_version](std::string_view version) { return cli::version_less(api_version, version); };

  if (config.stop_timeout && below("1.25")) return needs_version("stop timeout", "1.25", api_version);
  if (platform && below("1.41")) return needs_version("specify container image platform", "1.41", api_version);
  if (config.healthcheck && config.healthcheck->start_interval != 0 && below("1.44"))
    return needs_version("specify health-check start interval", "1.44", api_version);
  const bool has_mac_address = std::any_of(endpoints.begin(), endpoints.end(),
                                           [](const auto& endpoint) { return !endpoint.second.mac_address.empty(); });
  if (has_mac_address && below("1.44")) return needs_version("specify mac-address per network", "1.44", api_version);

  if (below("1.25")) host.auto_remove = false;
  if (below("1.40") || !below("1.42")) host.kernel_memory = 0;
  // Engines below 1.42 on Linux do not heed the size.
  if (platform && platform->os == "linux" && below("1.42")) host.console_size = {0, 0};
  if (below("1.44")) {
    for (const auto& mount : host.mounts) {
      if (mount.bind && mount.bind->read_only_force_recursive)
        return error("bind-recursive=readonly requires API v1.44 or later");
      if (mount.bind && mount.bind->non_recursive && below("1.40"))
        return error("bind-recursive=disabled requires API v1.40 or later");
    }
  } else {
    config.mac_address.clear();
  }
  host.cap_add = opts::normalize_capabilities(host.cap_add);
  host.cap_drop = opts::normalize_capabilities(host.cap_drop);
  return {};
}

std::string create_body(const CreateRequest& request) {
  JsonWriter json;
  json.begin_object();
  write_config(json, request);
  write_host_config(json, request);
  json.key("NetworkingConfig").begin_object();
  json.key("EndpointsConfig").begin_object();
  for (const auto& [network, endpoint] : request.endpoints) write_endpoint(json, network, endpoint);
  json.end_object();
  json.end_object();
  json.end_object();
  return json.take() + "\n";
}

transport::Request create_container(const CreateRequest& request) {
  transport::Request out{.method = transport::Method::post, .path = "/containers/create"};
  if (!request.name.empty()) out.query.add("name", request.name);
  if (request.platform) out.query.add("platform", request.platform->text());
  out.body = create_body(request);
  out.content_type = "application/json";
  return out;
}

Result<CreatedContainer> decode_created_container(std::string_view body) {
  DL_TRY(const auto document, decode_document(body));
  if (!document.is_object()) return unexpected_kind(document.type_name(), "container.CreateResponse");
  return CreatedContainer{text_at(document, "Id"), texts_at(document, "Warnings")};
}

}  // namespace dockerlite::engine
