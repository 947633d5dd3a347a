#include "format/schema_definitions.hpp"

namespace dockerlite::format {

// What GET /info and GET /version decode into.
constinit const std::string_view kSystemDefinitions = R"(
system.PluginsInfo {
  Volume []string
  Network []string
  Authorization []string
  Log []string
}
registry.IndexInfo {
  Name string
  Mirrors []string
  Secure bool
  Official bool
}
registry.ServiceConfig {
  AllowNondistributableArtifactsCIDRs []*registry.NetIPNet ?
  AllowNondistributableArtifactsHostnames []string ?
  InsecureRegistryCIDRs []*registry.NetIPNet
  IndexConfigs map[string]*registry.IndexInfo
  Mirrors []string
  ExtraFields map[string]any -
}
system.Runtime {
  Path string path?
  Args []string runtimeArgs?
  Type string runtimeType?
  Options map[string]any options?
}
system.RuntimeWithStatus {
  +system.Runtime
  Status map[string]string status?
}
swarm.LocalNodeState string
swarm.Peer {
  NodeID string
  Addr string
}
swarm.OrchestrationConfig {
  TaskHistoryRetentionLimit *int64 ?
}
swarm.RaftConfig {
  SnapshotInterval uint64 ?
  KeepOldSnapshots *uint64 ?
  LogEntriesForSlowFollowers uint64 ?
  ElectionTick int
  HeartbeatTick int
}
swarm.DispatcherConfig {
  HeartbeatPeriod time.Duration ?
}
swarm.ExternalCAProtocol string
swarm.ExternalCA {
  Protocol swarm.ExternalCAProtocol
  URL string
  Options map[string]string ?
  CACert string
}
swarm.CAConfig {
  NodeCertExpiry time.Duration ?
  ExternalCAs []*swarm.ExternalCA ?
  SigningCACert string ?
  SigningCAKey string ?
  ForceRotate uint64 ?
}
swarm.TaskDefaults {
  LogDriver *swarm.Driver ?
}
swarm.EncryptionConfig {
  AutoLockManagers bool
}
swarm.Spec {
  +swarm.Annotations
  Orchestration swarm.OrchestrationConfig ?
  Raft swarm.RaftConfig ?
  Dispatcher swarm.DispatcherConfig ?
  CAConfig swarm.CAConfig ?
  TaskDefaults swarm.TaskDefaults ?
  EncryptionConfig swarm.EncryptionConfig ?
}
swarm.ClusterInfo {
  ID string
  +swarm.Meta
  Spec swarm.Spec
  TLSInfo swarm.TLSInfo
  RootRotationInProgress bool
  DefaultAddrPool []string
  SubnetSize uint32
  DataPathPort uint32
}
swarm.Info {
  NodeID string
  NodeAddr string
  LocalNodeState swarm.LocalNodeState
  ControlAvailable bool
  Error string
  RemoteManagers []swarm.Peer
  Nodes int ?
  Managers int ?
  Cluster *swarm.ClusterInfo ?
  Warnings []string ?
}
system.Commit {
  ID string
  Expected string ?
}
system.NetworkAddressPool {
  Base string
  Size int
}
system.FirewallInfo {
  Driver string
  Info [][2]string ?
}
system.DeviceInfo {
  Source string
  ID string
}
system.ContainerdNamespaces {
  Containers string
  Plugins string
}
system.ContainerdInfo {
  Address string ?
  Namespaces system.ContainerdNamespaces
}
system.Info {
  ID string
  Containers int
  ContainersRunning int
  ContainersPaused int
  ContainersStopped int
  Images int
  Driver string
  DriverStatus [][2]string
  SystemStatus [][2]string ?
  Plugins system.PluginsInfo
  MemoryLimit bool
  SwapLimit bool
  KernelMemory bool ?
  KernelMemoryTCP bool ?
  CPUCfsPeriod bool CpuCfsPeriod
  CPUCfsQuota bool CpuCfsQuota
  CPUShares bool
  CPUSet bool
  PidsLimit bool
  IPv4Forwarding bool
  Debug bool
  NFd int
  OomKillDisable bool
  NGoroutines int
  SystemTime string
  LoggingDriver string
  CgroupDriver string
  CgroupVersion string ?
  NEventsListener int
  KernelVersion string
  OperatingSystem string
  OSVersion string
  OSType string
  Architecture string
  IndexServerAddress string
  RegistryConfig *registry.ServiceConfig
  NCPU int
  MemTotal int64
  GenericResources []swarm.GenericResource
  DockerRootDir string
  HTTPProxy string HttpProxy
  HTTPSProxy string HttpsProxy
  NoProxy string
  Name string
  Labels []string
  ExperimentalBuild bool
  ServerVersion string
  Runtimes map[string]system.RuntimeWithStatus
  DefaultRuntime string
  Swarm swarm.Info
  LiveRestoreEnabled bool
  Isolation container.Isolation
  InitBinary string
  ContainerdCommit system.Commit
  RuncCommit system.Commit
  InitCommit system.Commit
  SecurityOptions []string
  ProductLicense string ?
  DefaultAddressPools []system.NetworkAddressPool ?
  FirewallBackend *system.FirewallInfo ?
  CDISpecDirs []string
  DiscoveredDevices []system.DeviceInfo ?
  Containerd *system.ContainerdInfo ?
  Warnings []string
}
types.ComponentVersion {
  Name string
  Version string
  Details map[string]string ?
}
types.Platform {
  Name string
}
types.Version {
  Platform types.Platform ?
  Components []types.ComponentVersion ?
  Version string
  APIVersion string ApiVersion
  MinAPIVersion string ?
  GitCommit string
  GoVersion string
  Os string
  Arch string
  KernelVersion string ?
  Experimental bool ?
  BuildTime string ?
}
)";

}  // namespace dockerlite::format
