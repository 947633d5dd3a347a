#include "format/schema_definitions.hpp"

namespace dockerlite::format {

// What GET /containers/{id}/json decodes into.
constinit const std::string_view kContainerDefinitions = R"(
container.HealthcheckResult {
  Start time.Time
  End time.Time
  ExitCode int
  Output string
}
container.Health {
  Status string
  FailingStreak int
  Log []*container.HealthcheckResult
}
container.State {
  Status string
  Running bool
  Paused bool
  Restarting bool
  OOMKilled bool
  Dead bool
  Pid int
  ExitCode int
  Error string
  StartedAt string
  FinishedAt string
  Health *container.Health ?
}
container.LogConfig {
  Type string
  Config map[string]string
}
container.NetworkMode string
nat.Port string
nat.PortBinding {
  HostIP string HostIp
  HostPort string
}
nat.PortMap map[nat.Port][]nat.PortBinding
container.RestartPolicyMode string
container.RestartPolicy {
  Name container.RestartPolicyMode
  MaximumRetryCount int
}
strslice.StrSlice []string
container.CgroupnsMode string
container.IpcMode string
container.CgroupSpec string
container.PidMode string
container.UTSMode string
container.UsernsMode string
container.Isolation string
blkiodev.WeightDevice {
  Path string
  Weight uint16
}
blkiodev.ThrottleDevice {
  Path string
  Rate uint64
}
container.DeviceMapping {
  PathOnHost string
  PathInContainer string
  CgroupPermissions string
}
container.DeviceRequest {
  Driver string
  Count int
  DeviceIDs []string
  Capabilities [][]string
  Options map[string]string
}
units.Ulimit {
  Name string
  Hard int64
  Soft int64
}
container.Resources {
  CPUShares int64 CpuShares
  Memory int64
  NanoCPUs int64 NanoCpus
  CgroupParent string
  BlkioWeight uint16
  BlkioWeightDevice []*blkiodev.WeightDevice
  BlkioDeviceReadBps []*blkiodev.ThrottleDevice
  BlkioDeviceWriteBps []*blkiodev.ThrottleDevice
  BlkioDeviceReadIOps []*blkiodev.ThrottleDevice
  BlkioDeviceWriteIOps []*blkiodev.ThrottleDevice
  CPUPeriod int64 CpuPeriod
  CPUQuota int64 CpuQuota
  CPURealtimePeriod int64 CpuRealtimePeriod
  CPURealtimeRuntime int64 CpuRealtimeRuntime
  CpusetCpus string
  CpusetMems string
  Devices []container.DeviceMapping
  DeviceCgroupRules []string
  DeviceRequests []container.DeviceRequest
  KernelMemory int64 ?
  KernelMemoryTCP int64 ?
  MemoryReservation int64
  MemorySwap int64
  MemorySwappiness *int64
  OomKillDisable *bool
  PidsLimit *int64
  Ulimits []*units.Ulimit
  CPUCount int64 CpuCount
  CPUPercent int64 CpuPercent
  IOMaximumIOps uint64
  IOMaximumBandwidth uint64
}
mount.Type string
mount.Consistency string
mount.Propagation string
mount.BindOptions {
  Propagation mount.Propagation ?
  NonRecursive bool ?
  CreateMountpoint bool ?
  ReadOnlyNonRecursive bool ?
  ReadOnlyForceRecursive bool ?
}
mount.Driver {
  Name string ?
  Options map[string]string ?
}
mount.VolumeOptions {
  NoCopy bool ?
  Labels map[string]string ?
  Subpath string ?
  DriverConfig *mount.Driver ?
}
mount.ImageOptions {
  Subpath string ?
}
mount.TmpfsOptions {
  SizeBytes int64 ?
  Mode os.FileMode ?
  Options [][]string ?
}
mount.ClusterOptions {
}
mount.Mount {
  Type mount.Type ?
  Source string ?
  Target string ?
  ReadOnly bool ?
  Consistency mount.Consistency ?
  BindOptions *mount.BindOptions ?
  VolumeOptions *mount.VolumeOptions ?
  ImageOptions *mount.ImageOptions ?
  TmpfsOptions *mount.TmpfsOptions ?
  ClusterOptions *mount.ClusterOptions ?
}
container.HostConfig {
  Binds []string
  ContainerIDFile string
  LogConfig container.LogConfig
  NetworkMode container.NetworkMode
  PortBindings nat.PortMap
  RestartPolicy container.RestartPolicy
  AutoRemove bool
  VolumeDriver string
  VolumesFrom []string
  ConsoleSize [2]uint
  Annotations map[string]string ?
  CapAdd strslice.StrSlice
  CapDrop strslice.StrSlice
  CgroupnsMode container.CgroupnsMode
  DNS []string Dns
  DNSOptions []string DnsOptions
  DNSSearch []string DnsSearch
  ExtraHosts []string
  GroupAdd []string
  IpcMode container.IpcMode
  Cgroup container.CgroupSpec
  Links []string
  OomScoreAdj int
  PidMode container.PidMode
  Privileged bool
  PublishAllPorts bool
  ReadonlyRootfs bool
  SecurityOpt []string
  StorageOpt map[string]string ?
  Tmpfs map[string]string ?
  UTSMode container.UTSMode
  UsernsMode container.UsernsMode
  ShmSize int64
  Sysctls map[string]string ?
  Runtime string ?
  Isolation container.Isolation
  +container.Resources
  Mounts []mount.Mount ?
  MaskedPaths []string
  ReadonlyPaths []string
  Init *bool ?
}
storage.DriverData {
  Data map[string]string
  Name string
}
container.ContainerJSONBase {
  ID string Id
  Created string
  Path string
  Args []string
  State *container.State
  Image string
  ResolvConfPath string
  HostnamePath string
  HostsPath string
  LogPath string
  Name string
  RestartCount int
  Driver string
  Platform string
  MountLabel string
  ProcessLabel string
  AppArmorProfile string
  ExecIDs []string
  HostConfig *container.HostConfig
  GraphDriver storage.DriverData
  SizeRw *int64 ?
  SizeRootFs *int64 ?
}
container.MountPoint {
  Type mount.Type ?
  Name string ?
  Source string
  Destination string
  Driver string ?
  Mode string
  RW bool
  Propagation mount.Propagation
}
nat.PortSet map[nat.Port]struct{}
v1.HealthcheckConfig {
  Test []string ?
  Interval time.Duration ?
  Timeout time.Duration ?
  StartPeriod time.Duration ?
  StartInterval time.Duration ?
  Retries int ?
}
container.Config {
  Hostname string
  Domainname string
  User string
  AttachStdin bool
  AttachStdout bool
  AttachStderr bool
  ExposedPorts nat.PortSet ?
  Tty bool
  OpenStdin bool
  StdinOnce bool
  Env []string
  Cmd strslice.StrSlice
  Healthcheck *v1.HealthcheckConfig ?
  ArgsEscaped bool ?
  Image string
  Volumes map[string]struct{}
  WorkingDir string
  Entrypoint strslice.StrSlice
  NetworkDisabled bool ?
  MacAddress string ?
  OnBuild []string
  Labels map[string]string
  StopSignal string ?
  StopTimeout *int ?
  Shell strslice.StrSlice ?
}
network.Address {
  Addr string
  PrefixLen int
}
container.NetworkSettingsBase {
  Bridge string
  SandboxID string
  SandboxKey string
  Ports nat.PortMap
  HairpinMode bool
  LinkLocalIPv6Address string
  LinkLocalIPv6PrefixLen int
  SecondaryIPAddresses []network.Address
  SecondaryIPv6Addresses []network.Address
}
container.DefaultNetworkSettings {
  EndpointID string
  Gateway string
  GlobalIPv6Address string
  GlobalIPv6PrefixLen int
  IPAddress string
  IPPrefixLen int
  IPv6Gateway string
  MacAddress string
}
network.EndpointIPAMConfig {
  IPv4Address string ?
  IPv6Address string ?
  LinkLocalIPs []string ?
}
network.EndpointSettings {
  IPAMConfig *network.EndpointIPAMConfig
  Links []string
  Aliases []string
  MacAddress string
  DriverOpts map[string]string
  GwPriority int
  NetworkID string
  EndpointID string
  Gateway string
  IPAddress string
  IPPrefixLen int
  IPv6Gateway string
  GlobalIPv6Address string
  GlobalIPv6PrefixLen int
  DNSNames []string
}
container.NetworkSettings {
  +container.NetworkSettingsBase
  +container.DefaultNetworkSettings
  Networks map[string]*network.EndpointSettings
}
v1.Platform {
  Architecture string architecture
  OS string os
  OSVersion string os.version?
  OSFeatures []string os.features?
  Variant string variant?
}
v1.Descriptor {
  MediaType string mediaType
  Digest digest.Digest digest
  Size int64 size
  URLs []string urls?
  Annotations map[string]string annotations?
  Data []uint8 data?
  Platform *v1.Platform platform?
  ArtifactType string artifactType?
}
container.InspectResponse {
  +*container.ContainerJSONBase
  Mounts []container.MountPoint
  Config *container.Config
  NetworkSettings *container.NetworkSettings
  ImageManifestDescriptor *v1.Descriptor ?
}
)";

}  // namespace dockerlite::format
