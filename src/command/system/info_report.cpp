#include "info_report.hpp"

#include <algorithm>

#include "dockerlite/format/units.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

using format::Value;

class Printer {
 public:
  explicit Printer(const Value& info) : info_(info) {}
  InfoReport report;

  void line(std::string_view text) { report.text.append(text) += '\n'; }
  void line(std::string_view label, std::string_view value) {
    report.text.append(label).append(" ").append(value) += '\n';
  }
  void field(std::string_view label, std::string_view name) { line(label, info_.field(name)->to_text()); }
  void field_if_set(std::string_view label, std::string_view name) {
    if (const std::string& value = info_.field(name)->as_string(); !value.empty()) line(label, value);
  }
  void list(std::string_view label, std::string_view name, std::string_view indent = "  ") {
    const auto elements = info_.field(name)->elements();
    if (elements.empty()) return;
    line(label);
    for (const Value& element : elements) line(std::string(indent) + element.as_string());
  }
  void pairs(std::string_view indent, std::string_view name) {
    for (const Value& pair : info_.field(name)->elements()) {
      if (pair.elements().size() < 2) continue;
      report.text +=
          std::string(indent) + pair.elements()[0].as_string() + ": " + pair.elements()[1].as_string() + "\n";
    }
  }

  void counts() {
    field(" Containers:", "Containers");
    field("  Running:", "ContainersRunning");
    field("  Paused:", "ContainersPaused");
    field("  Stopped:", "ContainersStopped");
    field(" Images:", "Images");
    field_if_set(" Server Version:", "ServerVersion");
    field_if_set(" Storage Driver:", "Driver");
    pairs("  ", "DriverStatus");
    pairs(" ", "SystemStatus");
    field_if_set(" Logging Driver:", "LoggingDriver");
    field_if_set(" Cgroup Driver:", "CgroupDriver");
    field_if_set(" Cgroup Version:", "CgroupVersion");
  }

  void plugins() {
    const Value& plugins = *info_.field("Plugins");
    line(" Plugins:");
    for (const std::string_view kind : {"Volume", "Network", "Authorization", "Log"}) {
      std::vector<std::string> names;
      for (const Value& name : plugins.field(kind)->elements()) names.push_back(name.as_string());
      if (kind == "Authorization" && names.empty()) continue;
      line("  " + std::string(kind) + ":", util::join(names, " "));
    }
  }

  void devices() {
    list(" CDI spec directories:", "CDISpecDirs");
    const auto devices = info_.field("DiscoveredDevices")->elements();
    if (devices.empty()) return;
    line(" Discovered Devices:");
    for (const Value& device : devices)
      line("  " + device.field("Source")->as_string() + ":", device.field("ID")->as_string());
  }

  void runtimes() {
    // docker lists them in an order of chance; ours is sorted.
    std::vector<std::string> names;
    for (const auto& [name, runtime] : info_.field("Runtimes")->entries()) names.push_back(name);
    if (names.empty()) return;
    line(" Runtimes:", util::join(names, " "));
    field(" Default Runtime:", "DefaultRuntime");
  }

  void linux_parts() {
    field(" Init Binary:", "InitBinary");
    for (const auto& [label, name] : {std::pair{" containerd version:", "ContainerdCommit"},
                                      {" runc version:", "RuncCommit"},
                                      {" init version:", "InitCommit"}})
      line(label, info_.field(name)->field("ID")->as_string());
    security_options();
  }

  void security_options() {
    std::string text = " Security Options:\n";
    const auto options = info_.field("SecurityOptions")->elements();
    if (options.empty()) return;
    for (const Value& option : options) {
      const std::string& whole = option.as_string();
      if (!util::contains(whole, "=")) {
        text += "  " + whole + "\n";
        continue;
      }
      std::string name, profiles;
      for (const std::string& part : util::split(whole, ',')) {
        const util::Cut pair = util::cut(part, "=");
        if (!pair.found) return report.errors.push_back("invalid security option " + util::go_quote(part));
        if (pair.before.empty() || pair.after.empty()) return report.errors.push_back("invalid empty security option");
        if (pair.before == "name")
          name = pair.after;
        else if (pair.before == "profile")
          profiles += "   Profile: " + std::string(pair.after) + "\n";
      }
      text += "  " + name + "\n" + profiles;
    }
    report.text += text;
  }

  void swarm() {
    const Value& swarm = *info_.field("Swarm");
    const std::string& state = swarm.field("LocalNodeState")->as_string();
    line(" Swarm:", state);
    if (state == "inactive" || state == "locked") return;
    const std::string& problem = swarm.field("Error")->as_string();
    const bool manager = swarm.field("ControlAvailable")->as_bool();
    line("  NodeID:", swarm.field("NodeID")->as_string());
    if (!problem.empty()) line("  Error:", problem);
    line("  Is Manager:", manager ? "true" : "false");
    const Value& cluster = *swarm.field("Cluster");
    if (!cluster.is_nil() && manager && problem.empty() && state != "error") swarm_cluster(swarm, cluster.pointee());
    line("  Node Address:", swarm.field("NodeAddr")->as_string());
    std::vector<std::string> managers;
    for (const Value& peer : swarm.field("RemoteManagers")->elements())
      managers.push_back(peer.field("Addr")->as_string());
    if (managers.empty()) return;
    std::ranges::sort(managers);
    line("  Manager Addresses:");
    for (const std::string& address : managers) line("   " + address);
  }

  void swarm_cluster(const Value& swarm, const Value& cluster) {
    line("  ClusterID:", cluster.field("ID")->as_string());
    line("  Managers:", swarm.field("Managers")->to_text());
    line("  Nodes:", swarm.field("Nodes")->to_text());
    if (const Value& pool = *cluster.field("DefaultAddrPool"); !pool.is_nil()) {
      std::string text;
      for (const Value& network : pool.elements()) text += network.as_string() + "  ";
      line("  Default Address Pool:", text);
      line("  SubnetSize:", cluster.field("SubnetSize")->to_text());
    }
    if (cluster.field("DataPathPort")->as_uint() > 0)
      line("  Data Path Port:", cluster.field("DataPathPort")->to_text());
    const Value& spec = *cluster.field("Spec");
    const Value& limit = *spec.field("Orchestration")->field("TaskHistoryRetentionLimit");
    line("  Orchestration:");
    line("   Task History Retention Limit:", limit.is_nil() ? "0" : limit.pointee().to_text());
    const Value& raft = *spec.field("Raft");
    line("  Raft:");
    line("   Snapshot Interval:", raft.field("SnapshotInterval")->to_text());
    if (const Value& kept = *raft.field("KeepOldSnapshots"); !kept.is_nil())
      line("   Number of Old Snapshots to Retain:", kept.pointee().to_text());
    line("   Heartbeat Tick:", raft.field("HeartbeatTick")->to_text());
    line("   Election Tick:", raft.field("ElectionTick")->to_text());
    line("  Dispatcher:");
    line("   Heartbeat Period:", format::human_duration(spec.field("Dispatcher")->field("HeartbeatPeriod")->as_int()));
    swarm_ca(*spec.field("CAConfig"));
    line("  Autolock Managers:", spec.field("EncryptionConfig")->field("AutoLockManagers")->to_text());
    line("  Root Rotation In Progress:", cluster.field("RootRotationInProgress")->to_text());
  }

  void swarm_ca(const Value& ca) {
    line("  CA Configuration:");
    line("   Expiry Duration:", format::human_duration(ca.field("NodeCertExpiry")->as_int()));
    line("   Force Rotate:", ca.field("ForceRotate")->to_text());
    const std::string_view certificate = util::trim_space(ca.field("SigningCACert")->as_string());
    if (!certificate.empty()) {
      line("   Signing CA Certificate:", "");
      line(certificate);
      line("");
    }
    const auto external = ca.field("ExternalCAs")->elements();
    if (external.empty()) return;
    line("   External CAs:");
    for (const Value& entry : external)
      if (!entry.is_nil())
        line("     " + entry.pointee().field("Protocol")->as_string() + ":", entry.pointee().field("URL")->as_string());
  }

  void machine(bool debug) {
    field_if_set(" Kernel Version:", "KernelVersion");
    field_if_set(" Operating System:", "OperatingSystem");
    field_if_set(" OSType:", "OSType");
    field_if_set(" Architecture:", "Architecture");
    field(" CPUs:", "NCPU");
    line(" Total Memory:", format::binary_size(static_cast<double>(info_.field("MemTotal")->as_int())));
    field_if_set(" Name:", "Name");
    field_if_set(" ID:", "ID");
    field(" Docker Root Dir:", "DockerRootDir");
    field(" Debug Mode:", "Debug");
    if (!debug && !info_.field("Debug")->as_bool()) return;
    field("  File Descriptors:", "NFd");
    field("  Goroutines:", "NGoroutines");
    field("  System Time:", "SystemTime");
    field("  EventsListeners:", "NEventsListener");
  }

  void registries() {
    const Value& config = *info_.field("RegistryConfig");
    if (config.is_nil()) return;
    const Value& registries = config.pointee();
    const auto networks = registries.field("InsecureRegistryCIDRs")->elements();
    const auto indexes = registries.field("IndexConfigs")->entries();
    if (!networks.empty() || !indexes.empty()) {
      line(" Insecure Registries:");
      for (const auto& [name, index] : indexes)
        if (!index.is_nil() && !index.pointee().field("Secure")->as_bool())
          line("  " + index.pointee().field("Name")->as_string());
      for (const Value& network : networks) line("  " + network.as_string());
    }
    const auto mirrors = registries.field("Mirrors")->elements();
    if (mirrors.empty()) return;
    line(" Registry Mirrors:");
    for (const Value& mirror : mirrors) line("  " + mirror.as_string());
  }

  void address_pools() {
    const auto pools = info_.field("DefaultAddressPools")->elements();
    if (pools.empty()) return;
    line(" Default Address Pools:");
    for (const Value& pool : pools)
      line("   Base: " + pool.field("Base")->as_string() + ", Size:", pool.field("Size")->to_text());
  }

 private:
  const Value& info_;
};

}  // namespace

InfoReport info_report(const Value& info, bool debug, std::string_view user_name) {
  Printer printer(info);
  printer.counts();
  printer.plugins();
  printer.devices();
  printer.swarm();
  printer.runtimes();
  const std::string& os = info.field("OSType")->as_string();
  if (os == "linux") printer.linux_parts();
  if (os == "windows") printer.field(" Default Isolation:", "Isolation");
  printer.machine(debug);
  printer.field_if_set(" HTTP Proxy:", "HTTPProxy");
  printer.field_if_set(" HTTPS Proxy:", "HTTPSProxy");
  printer.field_if_set(" No Proxy:", "NoProxy");
  if (!user_name.empty()) printer.line(" Username:", user_name);
  printer.list(" Labels:", "Labels");
  printer.field(" Experimental:", "ExperimentalBuild");
  printer.registries();
  printer.field(" Live Restore Enabled:", "LiveRestoreEnabled");
  printer.field_if_set(" Product License:", "ProductLicense");
  printer.address_pools();
  printer.line("");
  return std::move(printer.report);
}

}  // namespace dockerlite::command
