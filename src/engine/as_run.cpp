#include "dockerlite/engine/as_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "dockerlite/util/duration.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {

std::string shell_quote(std::string_view word) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos) return std::string(word);
  return "'" + util::replace_all(word, "'", "'\\''") + "'";
}

namespace {

using Json = nlohmann::json;

/// A member of an object that may be missing or null anywhere on the way.
const Json& at(const Json& object, std::string_view key) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

std::string text(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }
std::int64_t number(const Json& value) { return value.is_number() ? value.get<std::int64_t>() : 0; }
bool truth(const Json& value) { return value.is_boolean() && value.get<bool>(); }

std::vector<std::string> strings(const Json& value) {
  std::vector<std::string> out;
  if (value.is_array())
    for (const auto& element : value) out.push_back(text(element));
  return out;
}

/// One field of a --mount or --gpus value, quoted as CSV wants it.
std::string csv_field(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  return "\"" + util::replace_all(field, "\"", "\"\"") + "\"";
}

class RunLine {
 public:
  RunLine(const Json& container, const Json& image, const RunDefaults& defaults)
      : container_(container),
        config_(at(container, "Config")),
        host_(at(container, "HostConfig")),
        image_(at(image, "Config")),
        defaults_(defaults) {}

  std::string build() {
    lifecycle();
    identity();
    environment();
    storage();
    ports();
    network();
    resources();
    devices();
    security();
    health();
    logging();
    command();
    std::string line = "docker run";
    for (const auto& word : words_) line += " " + shell_quote(word);
    return line;
  }

 private:
  void flag(std::string_view name, bool on) {
    if (on) words_.push_back("--" + std::string(name));
  }
  void option(std::string_view name, const std::string& value) {
    words_.push_back("--" + std::string(name));
    words_.push_back(value);
  }
  void option_if(std::string_view name, const std::string& value) {
    if (!value.empty()) option(name, value);
  }
  void number_if(std::string_view name, std::int64_t value) {
    if (value != 0) option(name, std::to_string(value));
  }
  void each(std::string_view name, const Json& list) {
    for (const auto& value : strings(list)) option(name, value);
  }
  void each_pair(std::string_view name, const Json& map) {
    if (!map.is_object()) return;
    for (const auto& [key, value] : map.items()) option(name, key + "=" + text(value));
  }
  /// Values of a list that the image does not have already.
  void each_new(std::string_view name, const Json& list, const Json& known) {
    const auto old = strings(known);
    for (const auto& value : strings(list))
      if (std::find(old.begin(), old.end(), value) == old.end()) option(name, value);
  }

  void lifecycle() {
    const bool attached =
        truth(at(config_, "AttachStdin")) || truth(at(config_, "AttachStdout")) || truth(at(config_, "AttachStderr"));
    flag("detach", !attached);
    flag("interactive", truth(at(config_, "OpenStdin")));
    flag("tty", truth(at(config_, "Tty")));
    flag("rm", truth(at(host_, "AutoRemove")));
    const Json& restart = at(host_, "RestartPolicy");
    const std::string policy = text(at(restart, "Name"));
    const auto retries = number(at(restart, "MaximumRetryCount"));
    if (!policy.empty() && policy != "no")
      option("restart", retries == 0 ? policy : fmt::format("{}:{}", policy, retries));
    flag("init", truth(at(host_, "Init")));
    if (const auto signal = text(at(config_, "StopSignal"));
        signal != text(at(image_, "StopSignal")) && signal != "SIGTERM")
      option_if("stop-signal", signal);
    if (at(config_, "StopTimeout").is_number())
      option("stop-timeout", std::to_string(number(at(config_, "StopTimeout"))));
  }

  void identity() {
    option_if("name", std::string(util::trim_left(text(at(container_, "Name")), "/")));
    const std::string hostname = text(at(config_, "Hostname"));
    const std::string id = text(at(container_, "Id"));
    const std::string mode = text(at(host_, "NetworkMode"));
    // The engine's own choice is the short ID, or the machine's name on the host's network.
    if (hostname != id.substr(0, 12) && mode != "host" && !mode.starts_with("container:"))
      option_if("hostname", hostname);
    option_if("domainname", text(at(config_, "Domainname")));
    if (const auto user = text(at(config_, "User")); user != text(at(image_, "User"))) option("user", user);
    each("group-add", at(host_, "GroupAdd"));
    if (const auto folder = text(at(config_, "WorkingDir")); folder != text(at(image_, "WorkingDir")))
      option_if("workdir", folder);
    const Json& labels = at(config_, "Labels");
    if (labels.is_object()) {
      for (const auto& [key, value] : labels.items())
        if (at(at(image_, "Labels"), key) != value) option("label", key + "=" + text(value));
    }
    each_pair("annotation", at(host_, "Annotations"));
  }

  void environment() { each_new("env", at(config_, "Env"), at(image_, "Env")); }

  void storage() {
    std::set<std::string> placed;
    for (const auto& bind : strings(at(host_, "Binds"))) {
      option("volume", bind);
      placed.insert(util::split(bind, ':').size() > 1 ? util::split(bind, ':')[1] : bind);
    }
    if (at(host_, "Mounts").is_array()) {
      for (const auto& mount : at(host_, "Mounts")) {
        option("mount", mount_value(mount));
        placed.insert(text(at(mount, "Target")));
      }
    }
    const Json& volumes = at(config_, "Volumes");
    if (volumes.is_object()) {
      for (const auto& [path, unused] : volumes.items())
        if (!placed.contains(path) && !at(image_, "Volumes").contains(path)) option("volume", path);
    }
    each("volumes-from", at(host_, "VolumesFrom"));
    option_if("volume-driver", text(at(host_, "VolumeDriver")));
    const Json& tmpfs = at(host_, "Tmpfs");
    if (tmpfs.is_object()) {
      for (const auto& [path, value] : tmpfs.items())
        option("tmpfs", text(value).empty() ? path : path + ":" + text(value));
    }
    flag("read-only", truth(at(host_, "ReadonlyRootfs")));
    each_pair("storage-opt", at(host_, "StorageOpt"));
    constexpr std::int64_t kEngineShm = 64 << 20;
    if (const auto size = number(at(host_, "ShmSize")); size != kEngineShm) number_if("shm-size", size);
  }

  static std::string mount_value(const Json& mount) {
    std::vector<std::string> fields{"type=" + text(at(mount, "Type"))};
    const auto add = [&](std::string_view key, const std::string& value) {
      if (!value.empty()) fields.push_back(csv_field(std::string(key) + "=" + value));
    };
    const auto add_flag = [&](std::string_view key, const Json& value) {
      if (truth(value)) fields.emplace_back(key);
    };
    add("source", text(at(mount, "Source")));
    add("target", text(at(mount, "Target")));
    add_flag("readonly", at(mount, "ReadOnly"));
    add("consistency", text(at(mount, "Consistency")));
    const Json& bind = at(mount, "BindOptions");
    add("bind-propagation", text(at(bind, "Propagation")));
    if (truth(at(bind, "NonRecursive"))) add("bind-recursive", "disabled");
    if (truth(at(bind, "ReadOnlyForceRecursive"))) add("bind-recursive", "readonly");
    if (truth(at(bind, "ReadOnlyNonRecursive"))) add("bind-recursive", "writable");
    const Json& volume = at(mount, "VolumeOptions");
    add_flag("volume-nocopy", at(volume, "NoCopy"));
    add("volume-subpath", text(at(volume, "Subpath")));
    if (at(volume, "Labels").is_object())
      for (const auto& [key, value] : at(volume, "Labels").items()) add("volume-label", key + "=" + text(value));
    const Json& driver = at(volume, "DriverConfig");
    add("volume-driver", text(at(driver, "Name")));
    if (at(driver, "Options").is_object())
      for (const auto& [key, value] : at(driver, "Options").items()) add("volume-opt", key + "=" + text(value));
    add("image-subpath", text(at(at(mount, "ImageOptions"), "Subpath")));
    const Json& tmpfs = at(mount, "TmpfsOptions");
    if (number(at(tmpfs, "SizeBytes")) != 0) add("tmpfs-size", std::to_string(number(at(tmpfs, "SizeBytes"))));
    if (number(at(tmpfs, "Mode")) != 0) add("tmpfs-mode", fmt::format("{:o}", number(at(tmpfs, "Mode"))));
    return util::join(fields, ",");
  }

  void ports() {
    flag("publish-all", truth(at(host_, "PublishAllPorts")));
    const Json& bindings = at(host_, "PortBindings");
    if (bindings.is_object()) {
      for (const auto& [port, list] : bindings.items()) {
        for (const auto& binding : list)
          option("publish", published(port, text(at(binding, "HostIp")), text(at(binding, "HostPort"))));
      }
    }
    const Json& exposed = at(config_, "ExposedPorts");
    if (!exposed.is_object()) return;
    for (const auto& [port, unused] : exposed.items())
      if (at(bindings, port).is_null() && at(at(image_, "ExposedPorts"), port).is_null()) option("expose", port);
  }

  static std::string published(std::string_view port, const std::string& address, const std::string& host_port) {
    const std::string target(port.ends_with("/tcp") ? port.substr(0, port.size() - 4) : port);
    if (address.empty()) return host_port.empty() ? target : host_port + ":" + target;
    return (util::contains(address, ":") ? "[" + address + "]" : address) + ":" + host_port + ":" + target;
  }

  void network() {
    const std::string mode = text(at(host_, "NetworkMode"));
    if (mode != "default" && mode != "bridge") option_if("network", mode);
    const Json& networks = at(at(container_, "NetworkSettings"), "Networks");
    const Json& endpoint = at(networks, mode == "default" ? "bridge" : mode);
    const Json& fixed = at(endpoint, "IPAMConfig");
    option_if("ip", text(at(fixed, "IPv4Address")));
    option_if("ip6", text(at(fixed, "IPv6Address")));
    each("link-local-ip", at(fixed, "LinkLocalIPs"));
    const std::string id = text(at(container_, "Id"));
    for (const auto& alias : strings(at(endpoint, "Aliases")))
      if (alias != id.substr(0, 12)) option("network-alias", alias);
    option_if("mac-address", text(at(config_, "MacAddress")));
    if (networks.is_object()) {
      for (const auto& [name, unused] : networks.items())
        if (name != mode && !(mode == "default" && name == "bridge")) option("network", name);
    }
    for (const auto& link : strings(at(host_, "Links"))) option("link", link_value(link));
    each("dns", at(host_, "Dns"));
    each("dns-option", at(host_, "DnsOptions"));
    each("dns-search", at(host_, "DnsSearch"));
    each("add-host", at(host_, "ExtraHosts"));
  }

  /// The engine keeps a link as "/other:/this/alias".
  static std::string link_value(std::string_view link) {
    const auto [source, alias, found] = util::cut(link, ":");
    const std::string name(util::trim_left(source, "/"));
    return found ? name + ":" + std::string(alias.substr(alias.rfind('/') + 1)) : name;
  }

  void resources() {
    number_if("memory", number(at(host_, "Memory")));
    number_if("memory-reservation", number(at(host_, "MemoryReservation")));
    // The engine fills in twice the memory by itself.
    if (const auto swap = number(at(host_, "MemorySwap")); swap != 2 * number(at(host_, "Memory")))
      number_if("memory-swap", swap);
    if (at(host_, "MemorySwappiness").is_number() && number(at(host_, "MemorySwappiness")) != -1)
      option("memory-swappiness", std::to_string(number(at(host_, "MemorySwappiness"))));
    if (const auto nano = number(at(host_, "NanoCpus")); nano != 0) {
      std::string cpus = fmt::format("{}.{:09}", nano / 1'000'000'000, nano % 1'000'000'000);
      cpus.erase(cpus.find_last_not_of('0') + 1);
      option("cpus", cpus.ends_with(".") ? cpus.substr(0, cpus.size() - 1) : cpus);
    }
    number_if("cpu-shares", number(at(host_, "CpuShares")));
    number_if("cpu-period", number(at(host_, "CpuPeriod")));
    number_if("cpu-quota", number(at(host_, "CpuQuota")));
    number_if("cpu-rt-period", number(at(host_, "CpuRealtimePeriod")));
    number_if("cpu-rt-runtime", number(at(host_, "CpuRealtimeRuntime")));
    option_if("cpuset-cpus", text(at(host_, "CpusetCpus")));
    option_if("cpuset-mems", text(at(host_, "CpusetMems")));
    number_if("pids-limit", number(at(host_, "PidsLimit")));
    number_if("blkio-weight", number(at(host_, "BlkioWeight")));
    throttles("device-read-bps", "BlkioDeviceReadBps", "Rate");
    throttles("device-write-bps", "BlkioDeviceWriteBps", "Rate");
    throttles("device-read-iops", "BlkioDeviceReadIOps", "Rate");
    throttles("device-write-iops", "BlkioDeviceWriteIOps", "Rate");
    throttles("blkio-weight-device", "BlkioWeightDevice", "Weight");
    flag("oom-kill-disable", truth(at(host_, "OomKillDisable")));
    number_if("oom-score-adj", number(at(host_, "OomScoreAdj")));
    option_if("cgroup-parent", text(at(host_, "CgroupParent")));
    if (at(host_, "Ulimits").is_array()) {
      for (const auto& limit : at(host_, "Ulimits"))
        option("ulimit",
               fmt::format("{}={}:{}", text(at(limit, "Name")), number(at(limit, "Soft")), number(at(limit, "Hard"))));
    }
    each_pair("sysctl", at(host_, "Sysctls"));
  }

  void throttles(std::string_view name, std::string_view key, std::string_view value) {
    if (!at(host_, key).is_array()) return;
    for (const auto& device : at(host_, key))
      option(name, fmt::format("{}:{}", text(at(device, "Path")), number(at(device, value))));
  }

  void devices() {
    if (const auto runtime = text(at(host_, "Runtime")); runtime != defaults_.runtime) option_if("runtime", runtime);
    if (at(host_, "DeviceRequests").is_array()) {
      for (const auto& request : at(host_, "DeviceRequests")) device_request(request);
    }
    if (at(host_, "Devices").is_array()) {
      for (const auto& device : at(host_, "Devices"))
        option("device", fmt::format("{}:{}:{}", text(at(device, "PathOnHost")), text(at(device, "PathInContainer")),
                                     text(at(device, "CgroupPermissions"))));
    }
    each("device-cgroup-rule", at(host_, "DeviceCgroupRules"));
  }

  void device_request(const Json& request) {
    const auto ids = strings(at(request, "DeviceIDs"));
    if (text(at(request, "Driver")) == "cdi") {
      for (const auto& id : ids) option("device", id);
      return;
    }
    std::vector<std::string> fields;
    const auto count = number(at(request, "Count"));
    if (count == -1)
      fields.emplace_back("all");
    else if (count != 0 || ids.empty())
      fields.push_back("count=" + std::to_string(count));
    if (!ids.empty()) fields.push_back(csv_field("device=" + util::join(ids, ",")));
    if (const auto driver = text(at(request, "Driver")); !driver.empty()) fields.push_back("driver=" + driver);
    std::vector<std::string> capabilities;
    if (at(request, "Capabilities").is_array() && !at(request, "Capabilities").empty())
      capabilities = strings(at(request, "Capabilities")[0]);
    // --gpus appends "gpu" by itself.
    if (!capabilities.empty() && capabilities.back() == "gpu") capabilities.pop_back();
    if (!capabilities.empty()) fields.push_back(csv_field("capabilities=" + util::join(capabilities, ",")));
    std::vector<std::string> settings;
    if (at(request, "Options").is_object())
      for (const auto& [key, value] : at(request, "Options").items())
        settings.push_back(csv_field(key + "=" + text(value)));
    if (!settings.empty()) fields.push_back(csv_field("options=" + util::join(settings, ",")));
    option("gpus", util::join(fields, ","));
  }

  void security() {
    flag("privileged", truth(at(host_, "Privileged")));
    each("cap-add", at(host_, "CapAdd"));
    each("cap-drop", at(host_, "CapDrop"));
    for (const auto& setting : strings(at(host_, "SecurityOpt"))) {
      // A privileged container, or one in another's namespaces, gets this by itself.
      if (setting != "label=disable") option("security-opt", setting);
    }
    if (const auto mode = text(at(host_, "IpcMode")); mode != "private") option_if("ipc", mode);
    option_if("pid", text(at(host_, "PidMode")));
    option_if("uts", text(at(host_, "UTSMode")));
    option_if("userns", text(at(host_, "UsernsMode")));
    if (const auto mode = text(at(host_, "CgroupnsMode"));
        mode != (defaults_.cgroup_version == "1" ? "host" : "private"))
      option_if("cgroupns", mode);
    if (const auto mode = text(at(host_, "Isolation")); mode != "default") option_if("isolation", mode);
  }

  void health() {
    const Json& check = at(config_, "Healthcheck");
    const Json& known = at(image_, "Healthcheck");
    if (check.is_null() || check == known) return;
    const auto test = strings(at(check, "Test"));
    if (!test.empty() && test[0] == "NONE") {
      flag("no-healthcheck", true);
      return;
    }
    if (test.size() > 1 && test != strings(at(known, "Test")))
      option("health-cmd", test[0] == "CMD-SHELL" ? test[1] : shell_words(std::vector(test.begin() + 1, test.end())));
    const auto duration = [&](std::string_view name, std::string_view key) {
      if (at(check, key) != at(known, key) && number(at(check, key)) != 0)
        option(name, util::format_duration(number(at(check, key))));
    };
    duration("health-interval", "Interval");
    duration("health-timeout", "Timeout");
    duration("health-start-period", "StartPeriod");
    duration("health-start-interval", "StartInterval");
    if (at(check, "Retries") != at(known, "Retries")) number_if("health-retries", number(at(check, "Retries")));
  }

  static std::string shell_words(const std::vector<std::string>& words) {
    std::vector<std::string> quoted;
    quoted.reserve(words.size());
    for (const auto& word : words) quoted.push_back(shell_quote(word));
    return util::join(quoted, " ");
  }

  void logging() {
    const Json& log = at(host_, "LogConfig");
    if (const auto driver = text(at(log, "Type")); driver != defaults_.log_driver) option_if("log-driver", driver);
    each_pair("log-opt", at(log, "Config"));
  }

  /// The image and the command. An entrypoint of several words can only be given by its first one; the rest lead the
  /// command.
  void command() {
    const auto entrypoint = strings(at(config_, "Entrypoint"));
    auto words = strings(at(config_, "Cmd"));
    if (entrypoint != strings(at(image_, "Entrypoint"))) {
      option("entrypoint", entrypoint.empty() ? "" : entrypoint[0]);
      if (entrypoint.size() > 1) words.insert(words.begin(), entrypoint.begin() + 1, entrypoint.end());
    } else if (words == strings(at(image_, "Cmd"))) {
      words.clear();
    }
    words_.push_back(text(at(config_, "Image")));
    words_.insert(words_.end(), words.begin(), words.end());
  }

  const Json& container_;
  const Json& config_;
  const Json& host_;
  const Json& image_;
  const RunDefaults& defaults_;
  std::vector<std::string> words_;
};

}  // namespace

Result<std::string> run_line(std::string_view container_json, const RunDefaults& defaults) {
  const Json container = Json::parse(container_json, nullptr, false);
  if (!container.is_object() || !at(container, "Config").is_object())
    return error("the engine's answer does not describe a container");
  const Json image = Json::parse(defaults.image_json, nullptr, false);
  return RunLine(container, image, defaults).build();
}

}  // namespace dockerlite::engine
