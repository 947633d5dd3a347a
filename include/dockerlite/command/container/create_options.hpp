#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/cli/choices.hpp"
#include "dockerlite/cli/option.hpp"
#include "dockerlite/engine/create_request.hpp"
#include "dockerlite/gpu/gpu_request.hpp"
#include "dockerlite/opts/limits.hpp"
#include "dockerlite/opts/lists.hpp"
#include "dockerlite/opts/mount.hpp"
#include "dockerlite/opts/network.hpp"
#include "dockerlite/opts/size.hpp"
#include "dockerlite/util/environment.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// What create and run have in common; `arguments` is IMAGE [COMMAND] [ARG...].
struct CreateOptions {
  using List = std::vector<std::string>;

  // How the container is made.
  std::string name, pull = "missing", cid_file;
  std::optional<std::string> platform;  ///< not given: DOCKER_DEFAULT_PLATFORM
  bool quiet = false, use_api_socket = false;
  std::optional<bool> disable_content_trust;

  // The process and its streams.
  opts::AttachList attach;
  opts::EnvList env;
  List env_files, dotenv_files;
  std::optional<std::string> entrypoint;
  bool interactive = false, tty = false;
  std::string user, working_directory, stop_signal;
  std::optional<std::int64_t> stop_timeout;
  std::optional<bool> init;

  // What it is called, and what becomes of it.
  std::string hostname, domainname;
  opts::LabelList labels;
  List label_files;
  opts::MapOption annotations;
  bool auto_remove = false;
  std::string restart = "no";
  std::string health_command;
  opts::Duration health_interval, health_timeout, health_start_period, health_start_interval;
  std::int64_t health_retries = 0;
  bool no_healthcheck = false;

  // Files.
  List volumes, volumes_from, tmpfs, storage_options;
  opts::MountOption mounts;
  std::string volume_driver;
  bool read_only = false;

  // Network.
  opts::NetworkOption networks;
  List network_aliases, link_local_ips, publish, expose, dns_options;
  opts::ExtraHostList extra_hosts;
  opts::DnsServerList dns;
  opts::DnsSearchList dns_search;
  opts::LinkList links;
  std::string ipv4, ipv6, mac_address;
  bool publish_all = false;

  // Devices.
  List devices;
  gpu::GpuOption gpus;
  bool no_gpu_translation = false;
  opts::DeviceCgroupRuleList device_cgroup_rules;

  // Security and namespaces.
  List cap_add, cap_drop, group_add, security_options;
  bool privileged = false;
  std::string cgroupns, ipc, pid, userns, uts, isolation, runtime, cgroup_parent;
  opts::SysctlOption sysctls;

  // Logging.
  std::string log_driver;
  List log_options;

  // Resources.
  std::uint16_t block_io_weight = 0;
  opts::WeightDeviceOption block_io_weight_devices;
  opts::ThrottleBytesOption device_read_bps, device_write_bps;
  opts::ThrottleOperationsOption device_read_iops, device_write_iops;
  std::int64_t cpu_count = 0, cpu_percent = 0, cpu_period = 0, cpu_quota = 0, cpu_rt_period = 0, cpu_rt_runtime = 0;
  std::int64_t cpu_shares = 0;
  opts::NanoCpus cpus;
  std::string cpuset_cpus, cpuset_mems;
  opts::MemoryBytes io_max_bandwidth, kernel_memory, memory, memory_reservation, shm_size;
  std::uint64_t io_max_iops = 0;
  opts::MemorySwapBytes memory_swap;
  std::int64_t memory_swappiness = -1;
  bool oom_kill_disable = false;
  std::int64_t oom_score_adj = 0;
  std::int64_t pids_limit = 0;
  opts::UlimitOption ulimits;

  List arguments;

  bool operator==(const CreateOptions&) const = default;
};

/// Makes the row of a member that the options struct O has from CreateOptions.
template <class O>
struct CreateRow {
  template <auto Member>
  static constexpr cli::Option row(std::string_view name, char letter, std::string_view help) {
    auto option = cli::option<Member>(name, letter, help);
    option.set = [](void* options, std::string_view text) -> Result<void> {
      return cli::assign(static_cast<O*>(options)->*Member, text);
    };
    return option;
  }
};

/// The rows of all options of create, for an options struct O that is or inherits CreateOptions.
template <class O>
constexpr auto create_option_rows() {
  using C = CreateOptions;
  using R = CreateRow<O>;
  using cli::Completion;
  return std::array{
      R::template row<&C::extra_hosts>("add-host", 0, "Name an address in the container's hosts file, `host:ip`"),
      R::template row<&C::annotations>("annotation", 0, "Give the OCI runtime an annotation, key=value")
          .with_since("1.43"),
      R::template row<&C::attach>("attach", 'a', "Connect to stdin, stdout or stderr")
          .with_choices("stderr stdin stdout"),
      R::template row<&C::block_io_weight>("blkio-weight", 0, "Share of block I/O, 10 to 1000; 0 turns it off"),
      R::template row<&C::block_io_weight_devices>("blkio-weight-device", 0, "Share of one device's I/O, path:weight"),
      R::template row<&C::cap_add>("cap-add", 0, "Grant a Linux capability").with_choices(cli::kCapabilityChoices),
      R::template row<&C::cap_drop>("cap-drop", 0, "Take a Linux capability away")
          .with_choices(cli::kCapabilityChoices),
      R::template row<&C::cgroup_parent>("cgroup-parent", 0, "Parent of the container's cgroup"),
      R::template row<&C::cgroupns>("cgroupns", 0, "Cgroup namespace: the host's or a private one")
          .with_since("1.41")
          .with_choices("host private"),
      R::template row<&C::cid_file>("cidfile", 0, "Write the container's ID to a new file")
          .with_completion(Completion::files),
      R::template row<&C::cpu_count>("cpu-count", 0, "Number of CPUs (Windows only)").with_os("windows"),
      R::template row<&C::cpu_percent>("cpu-percent", 0, "Percentage of the CPUs (Windows only)").with_os("windows"),
      R::template row<&C::cpu_period>("cpu-period", 0, "Length of a scheduler period, microseconds"),
      R::template row<&C::cpu_quota>("cpu-quota", 0, "CPU time in each scheduler period, microseconds"),
      R::template row<&C::cpu_rt_period>("cpu-rt-period", 0, "Length of a real-time period, microseconds")
          .with_since("1.25"),
      R::template row<&C::cpu_rt_runtime>("cpu-rt-runtime", 0, "CPU time in each real-time period, microseconds")
          .with_since("1.25"),
      R::template row<&C::cpu_shares>("cpu-shares", 'c', "Share of CPU time, relative to other containers"),
      R::template row<&C::cpus>("cpus", 0, "How many CPUs it may use, 1.5 for one and a half").with_since("1.25"),
      R::template row<&C::cpuset_cpus>("cpuset-cpus", 0, "CPUs it may run on: 0-3, 0,1"),
      R::template row<&C::cpuset_mems>("cpuset-mems", 0, "Memory nodes it may use: 0-3, 0,1"),
      R::template row<&C::devices>("device", 0, "Give it a device of the host, or a CDI device by name"),
      R::template row<&C::device_cgroup_rules>("device-cgroup-rule", 0, "Allow devices by rule: c 42:* rmw"),
      R::template row<&C::device_read_bps>("device-read-bps", 0, "Most bytes a second read from a device, path:rate"),
      R::template row<&C::device_read_iops>("device-read-iops", 0, "Most reads a second from a device, path:rate"),
      R::template row<&C::device_write_bps>("device-write-bps", 0,
                                            "Most bytes a second written to a device, path:rate"),
      R::template row<&C::device_write_iops>("device-write-iops", 0, "Most writes a second to a device, path:rate"),
      R::template row<&C::disable_content_trust>("disable-content-trust", 0, "Do not verify the image's signature")
          .with_default("true"),
      R::template row<&C::dns>("dns", 0, "Address of a DNS server"),
      R::template row<&C::dns_options>("dns-opt", 0, "Option of the DNS resolver").as_hidden(),
      R::template row<&C::dns_options>("dns-option", 0, "Option of the DNS resolver"),
      R::template row<&C::dns_search>("dns-search", 0, "Domain that names are looked up in"),
      R::template row<&C::domainname>("domainname", 0, "NIS domain name of the container"),
      R::template row<&C::dotenv_files>("dotenv-file", 0,
                                        "Set the variables of a dotenv file: quotes, export, comments")
          .with_completion(Completion::files)
          .as_extra(),
      R::template row<&C::entrypoint>("entrypoint", 0, "Program to run in place of the image's ENTRYPOINT"),
      R::template row<&C::env>("env", 'e', "Set an environment variable; a bare name passes yours on")
          .with_completion(Completion::environment),
      R::template row<&C::env_files>("env-file", 0, "Set the environment variables that a file lists")
          .with_completion(Completion::files),
      R::template row<&C::expose>("expose", 0, "Port or range of ports that the container serves"),
      // Engines before API 1.40 are not gated by the table: GpuSupport first looks for another way.
      R::template row<&C::gpus>("gpus", 0, "GPUs to give it: all, auto, how many, or 'device=0' by index or ID"),
      R::template row<&C::group_add>("group-add", 0, "Further group of the process"),
      R::template row<&C::health_command>("health-cmd", 0, "Command that tells whether the container is healthy"),
      R::template row<&C::health_interval>("health-interval", 0, "Time between two health checks").with_default("0s"),
      R::template row<&C::health_retries>("health-retries", 0, "Failed checks in a row that mean unhealthy"),
      R::template row<&C::health_start_interval>("health-start-interval", 0, "Time between checks while it starts")
          .with_since("1.44")
          .with_default("0s"),
      R::template row<&C::health_start_period>("health-start-period", 0, "Time to start in, when failures do not count")
          .with_since("1.29")
          .with_default("0s"),
      R::template row<&C::health_timeout>("health-timeout", 0, "Longest time a health check may take")
          .with_default("0s"),
      R::template row<&C::hostname>("hostname", 'h', "Host name inside the container"),
      R::template row<&C::init>("init", 0, "Run an init in it that passes signals on and reaps processes")
          .with_since("1.25"),
      R::template row<&C::interactive>("interactive", 'i', "Keep stdin open"),
      R::template row<&C::io_max_bandwidth>("io-maxbandwidth", 0,
                                            "Most bytes a second on the system drive (Windows only)")
          .with_os("windows"),
      R::template row<&C::io_max_iops>("io-maxiops", 0, "Most operations a second on the system drive (Windows only)")
          .with_os("windows"),
      R::template row<&C::ipv4>("ip", 0, "IPv4 address in its network"),
      R::template row<&C::ipv6>("ip6", 0, "IPv6 address in its network"),
      R::template row<&C::ipc>("ipc", 0, "IPC namespace: none, private, shareable, host, container:NAME")
          .with_choices("container: host none private shareable", Completion::namespaces),
      R::template row<&C::isolation>("isolation", 0, "How it is isolated (Windows)"),
      R::template row<&C::kernel_memory>("kernel-memory", 0, "Most memory of the kernel's it may use"),
      R::template row<&C::labels>("label", 'l', "Set a label, key=value"),
      R::template row<&C::label_files>("label-file", 0, "Set the labels that a file lists")
          .with_completion(Completion::files),
      R::template row<&C::links>("link", 0, "Link to another container, name:alias")
          .with_completion(Completion::container_prefixes),
      R::template row<&C::link_local_ips>("link-local-ip", 0, "Link-local address, IPv4 or IPv6"),
      R::template row<&C::log_driver>("log-driver", 0, "Where its output is kept")
          .with_completion(Completion::log_drivers),
      R::template row<&C::log_options>("log-opt", 0, "Option of the log driver, key=value")
          .with_completion(Completion::log_options),
      R::template row<&C::mac_address>("mac-address", 0, "MAC address: 92:d0:c6:0a:29:33"),
      R::template row<&C::memory>("memory", 'm', "Most memory it may use: 512m, 2g"),
      R::template row<&C::memory_reservation>("memory-reservation", 0, "Memory it is kept to when memory is short"),
      R::template row<&C::memory_swap>("memory-swap", 0, "Most memory and swap together; -1 for unlimited swap"),
      R::template row<&C::memory_swappiness>("memory-swappiness", 0, "How readily its memory is swapped out, 0 to 100")
          .with_default("-1"),
      R::template row<&C::mounts>("mount", 0, "Mount something: type=bind,source=/data,target=/data"),
      R::template row<&C::name>("name", 0, "Name of the container"),
      R::template row<&C::networks>("net", 0, "Connect it to a network")
          .as_hidden()
          .with_completion(Completion::networks),
      R::template row<&C::network_aliases>("net-alias", 0, "Further name in its network").as_hidden(),
      R::template row<&C::networks>("network", 0, "Connect it to a network").with_completion(Completion::networks),
      R::template row<&C::network_aliases>("network-alias", 0, "Further name in its network"),
      R::template row<&C::no_gpu_translation>("no-gpu-translation", 0, "Ask for GPUs only in the way that was typed")
          .as_extra(),
      R::template row<&C::no_healthcheck>("no-healthcheck", 0, "Do not run the image's health check"),
      R::template row<&C::oom_kill_disable>("oom-kill-disable", 0, "Keep the OOM killer away from it"),
      R::template row<&C::oom_score_adj>("oom-score-adj", 0, "How readily the OOM killer takes it, -1000 to 1000"),
      R::template row<&C::pid>("pid", 0, "PID namespace: host, container:NAME")
          .with_choices("container: host", Completion::namespaces),
      R::template row<&C::pids_limit>("pids-limit", 0, "Most processes it may have; -1 for no limit"),
      R::template row<&C::platform>("platform", 0, "Platform of the image, where the engine has several")
          .with_since("1.32")
          .with_choices(cli::kPlatformChoices),
      R::template row<&C::privileged>("privileged", 0, "Give it all privileges of the host"),
      R::template row<&C::publish>("publish", 'p', "Publish a port of it on the host, [ip:][host:]container"),
      R::template row<&C::publish_all>("publish-all", 'P', "Publish all exposed ports on ports the engine picks"),
      R::template row<&C::pull>("pull", 0, "When to pull the image: always, missing or never")
          .with_default("missing")
          .with_choices("always missing never"),
      R::template row<&C::quiet>("quiet", 'q', "Do not show the pull"),
      R::template row<&C::read_only>("read-only", 0, "Make its root file system read-only"),
      R::template row<&C::restart>("restart", 0, "When to start it again: no, on-failure[:max], always, unless-stopped")
          .with_default("no")
          .with_choices(cli::kRestartChoices),
      R::template row<&C::auto_remove>("rm", 0, "Remove it and its anonymous volumes when it ends"),
      R::template row<&C::runtime>("runtime", 0, "OCI runtime to run it with: nvidia"),
      R::template row<&C::security_options>("security-opt", 0, "Security option: seccomp=FILE, no-new-privileges")
          .with_completion(Completion::security_options),
      R::template row<&C::shm_size>("shm-size", 0, "Size of /dev/shm"),
      R::template row<&C::stop_signal>("stop-signal", 0, "Signal that stops it").with_choices(cli::kSignalChoices),
      R::template row<&C::stop_timeout>("stop-timeout", 0, "Seconds it is given to stop").with_since("1.25"),
      R::template row<&C::storage_options>("storage-opt", 0, "Option of the storage driver, key=value")
          .with_choices("size="),
      R::template row<&C::sysctls>("sysctl", 0, "Set a kernel parameter of its namespaces, name=value"),
      R::template row<&C::tmpfs>("tmpfs", 0, "Mount a tmpfs, path[:options]"),
      R::template row<&C::tty>("tty", 't', "Give it a terminal"),
      R::template row<&C::ulimits>("ulimit", 0, "Limit a resource of its processes, name=soft[:hard]")
          .with_choices(cli::kUlimitChoices),
      R::template row<&C::use_api_socket>("use-api-socket", 0,
                                          "Give it the engine's socket and your registry credentials"),
      R::template row<&C::user>("user", 'u', "User to run as, `name|uid[:group|gid]`"),
      R::template row<&C::userns>("userns", 0, "User namespace: host").with_choices("host"),
      R::template row<&C::uts>("uts", 0, "UTS namespace: host").with_choices("host"),
      R::template row<&C::volumes>("volume", 'v', "Mount a folder or a volume, source:target[:mode]"),
      R::template row<&C::volume_driver>("volume-driver", 0, "Driver of its volumes")
          .with_completion(Completion::volume_drivers),
      R::template row<&C::volumes_from>("volumes-from", 0, "Mount the volumes of another container")
          .with_completion(Completion::containers),
      R::template row<&C::working_directory>("workdir", 'w', "Working directory inside the container"),
  };
}

/// What options come to depends on besides their values.
struct CreateInputs {
  const util::Environment& environment;                        ///< for `-e NAME`
  std::vector<std::pair<std::string, std::string>> proxies{};  ///< variables of config.json's proxies
  std::string server_os = "linux";
};

/// Puts the options together into a request; the checks that span options are here. Reads the files that options name.
/// Errors: docker's texts, without "docker: ".
Result<engine::CreateRequest> build_create_request(const CreateOptions& options, const CreateInputs& inputs);

}  // namespace dockerlite::command
