#include "format/schema_definitions.hpp"

namespace dockerlite::format {

// What the swarm objects decode into.
constinit const std::string_view kSwarmDefinitions = R"(
swarm.Annotations {
  Name string ?
  Labels map[string]string
}
swarm.CredentialSpec {
  Config string
  File string
  Registry string
}
swarm.SELinuxContext {
  Disable bool
  User string
  Role string
  Type string
  Level string
}
swarm.SeccompMode string
swarm.SeccompOpts {
  Mode swarm.SeccompMode ?
  Profile []uint8 ?
}
swarm.AppArmorMode string
swarm.AppArmorOpts {
  Mode swarm.AppArmorMode ?
}
swarm.Privileges {
  CredentialSpec *swarm.CredentialSpec
  SELinuxContext *swarm.SELinuxContext
  Seccomp *swarm.SeccompOpts ?
  AppArmor *swarm.AppArmorOpts ?
  NoNewPrivileges bool
}
swarm.DNSConfig {
  Nameservers []string ?
  Search []string ?
  Options []string ?
}
swarm.SecretReferenceFileTarget {
  Name string
  UID string
  GID string
  Mode os.FileMode
}
swarm.SecretReference {
  File *swarm.SecretReferenceFileTarget
  SecretID string
  SecretName string
}
swarm.ConfigReferenceFileTarget {
  Name string
  UID string
  GID string
  Mode os.FileMode
}
swarm.ConfigReferenceRuntimeTarget {
}
swarm.ConfigReference {
  File *swarm.ConfigReferenceFileTarget ?
  Runtime *swarm.ConfigReferenceRuntimeTarget ?
  ConfigID string
  ConfigName string
}
swarm.ContainerSpec {
  Image string ?
  Labels map[string]string ?
  Command []string ?
  Args []string ?
  Hostname string ?
  Env []string ?
  Dir string ?
  User string ?
  Groups []string ?
  Privileges *swarm.Privileges ?
  Init *bool ?
  StopSignal string ?
  TTY bool ?
  OpenStdin bool ?
  ReadOnly bool ?
  Mounts []mount.Mount ?
  StopGracePeriod *time.Duration ?
  Healthcheck *v1.HealthcheckConfig ?
  Hosts []string ?
  DNSConfig *swarm.DNSConfig ?
  Secrets []*swarm.SecretReference ?
  Configs []*swarm.ConfigReference ?
  Isolation container.Isolation ?
  Sysctls map[string]string ?
  CapabilityAdd []string ?
  CapabilityDrop []string ?
  Ulimits []*units.Ulimit ?
  OomScoreAdj int64 ?
}
runtime.PluginPrivilege {
  Name string name?
  Description string description?
  Value []string value?
}
runtime.PluginSpec {
  Name string name?
  Remote string remote?
  Privileges []*runtime.PluginPrivilege privileges?
  Disabled bool disabled?
  Env []string env?
}
swarm.NetworkAttachmentSpec {
  ContainerID string
}
swarm.Limit {
  NanoCPUs int64 ?
  MemoryBytes int64 ?
  Pids int64 ?
}
swarm.NamedGenericResource {
  Kind string ?
  Value string ?
}
swarm.DiscreteGenericResource {
  Kind string ?
  Value int64 ?
}
swarm.GenericResource {
  NamedResourceSpec *swarm.NamedGenericResource ?
  DiscreteResourceSpec *swarm.DiscreteGenericResource ?
}
swarm.Resources {
  NanoCPUs int64 ?
  MemoryBytes int64 ?
  GenericResources []swarm.GenericResource ?
}
swarm.ResourceRequirements {
  Limits *swarm.Limit ?
  Reservations *swarm.Resources ?
}
swarm.RestartPolicyCondition string
swarm.RestartPolicy {
  Condition swarm.RestartPolicyCondition ?
  Delay *time.Duration ?
  MaxAttempts *uint64 ?
  Window *time.Duration ?
}
swarm.SpreadOver {
  SpreadDescriptor string
}
swarm.PlacementPreference {
  Spread *swarm.SpreadOver
}
swarm.Platform {
  Architecture string ?
  OS string ?
}
swarm.Placement {
  Constraints []string ?
  Preferences []swarm.PlacementPreference ?
  MaxReplicas uint64 ?
  Platforms []swarm.Platform ?
}
swarm.NetworkAttachmentConfig {
  Target string ?
  Aliases []string ?
  DriverOpts map[string]string ?
}
swarm.Driver {
  Name string ?
  Options map[string]string ?
}
swarm.RuntimeType string
swarm.TaskSpec {
  ContainerSpec *swarm.ContainerSpec ?
  PluginSpec *runtime.PluginSpec ?
  NetworkAttachmentSpec *swarm.NetworkAttachmentSpec ?
  Resources *swarm.ResourceRequirements ?
  RestartPolicy *swarm.RestartPolicy ?
  Placement *swarm.Placement ?
  Networks []swarm.NetworkAttachmentConfig ?
  LogDriver *swarm.Driver ?
  ForceUpdate uint64
  Runtime swarm.RuntimeType ?
}
swarm.ReplicatedService {
  Replicas *uint64 ?
}
swarm.GlobalService {
}
swarm.ReplicatedJob {
  MaxConcurrent *uint64 ?
  TotalCompletions *uint64 ?
}
swarm.GlobalJob {
}
swarm.ServiceMode {
  Replicated *swarm.ReplicatedService ?
  Global *swarm.GlobalService ?
  ReplicatedJob *swarm.ReplicatedJob ?
  GlobalJob *swarm.GlobalJob ?
}
swarm.UpdateConfig {
  Parallelism uint64
  Delay time.Duration ?
  FailureAction string ?
  Monitor time.Duration ?
  MaxFailureRatio float32
  Order string
}
swarm.ResolutionMode string
swarm.PortConfigProtocol string
swarm.PortConfigPublishMode string
swarm.PortConfig {
  Name string ?
  Protocol swarm.PortConfigProtocol ?
  TargetPort uint32 ?
  PublishedPort uint32 ?
  PublishMode swarm.PortConfigPublishMode ?
}
swarm.EndpointSpec {
  Mode swarm.ResolutionMode ?
  Ports []swarm.PortConfig ?
}
swarm.ServiceSpec {
  +swarm.Annotations
  TaskTemplate swarm.TaskSpec ?
  Mode swarm.ServiceMode ?
  UpdateConfig *swarm.UpdateConfig ?
  RollbackConfig *swarm.UpdateConfig ?
  Networks []swarm.NetworkAttachmentConfig ?
  EndpointSpec *swarm.EndpointSpec ?
}
swarm.EndpointVirtualIP {
  NetworkID string ?
  Addr string ?
}
swarm.Endpoint {
  Spec swarm.EndpointSpec ?
  Ports []swarm.PortConfig ?
  VirtualIPs []swarm.EndpointVirtualIP ?
}
swarm.UpdateState string
swarm.UpdateStatus {
  State swarm.UpdateState ?
  StartedAt *time.Time ?
  CompletedAt *time.Time ?
  Message string ?
}
swarm.ServiceStatus {
  RunningTasks uint64
  DesiredTasks uint64
  CompletedTasks uint64
}
swarm.JobStatus {
  JobIteration swarm.Version
  LastExecution time.Time ?
}
swarm.Service {
  ID string
  +swarm.Meta
  Spec swarm.ServiceSpec ?
  PreviousSpec *swarm.ServiceSpec ?
  Endpoint swarm.Endpoint ?
  UpdateStatus *swarm.UpdateStatus ?
  ServiceStatus *swarm.ServiceStatus ?
  JobStatus *swarm.JobStatus ?
}
swarm.TaskState string
swarm.ContainerStatus {
  ContainerID string
  PID int
  ExitCode int
}
swarm.PortStatus {
  Ports []swarm.PortConfig ?
}
swarm.TaskStatus {
  Timestamp time.Time ?
  State swarm.TaskState ?
  Message string ?
  Err string ?
  ContainerStatus *swarm.ContainerStatus ?
  PortStatus swarm.PortStatus ?
}
swarm.IPAMConfig {
  Subnet string ?
  Range string ?
  Gateway string ?
}
swarm.IPAMOptions {
  Driver swarm.Driver ?
  Configs []swarm.IPAMConfig ?
}
swarm.NetworkSpec {
  +swarm.Annotations
  DriverConfiguration *swarm.Driver ?
  IPv6Enabled bool ?
  Internal bool ?
  Attachable bool ?
  Ingress bool ?
  IPAMOptions *swarm.IPAMOptions ?
  ConfigFrom *network.ConfigReference ?
  Scope string ?
}
swarm.Network {
  ID string
  +swarm.Meta
  Spec swarm.NetworkSpec ?
  DriverState swarm.Driver ?
  IPAMOptions *swarm.IPAMOptions ?
}
swarm.NetworkAttachment {
  Network swarm.Network ?
  Addresses []string ?
}
swarm.VolumeAttachment {
  ID string ?
  Source string ?
  Target string ?
}
swarm.Task {
  ID string
  +swarm.Meta
  +swarm.Annotations
  Spec swarm.TaskSpec ?
  ServiceID string ?
  Slot int ?
  NodeID string ?
  Status swarm.TaskStatus ?
  DesiredState swarm.TaskState ?
  NetworksAttachments []swarm.NetworkAttachment ?
  GenericResources []swarm.GenericResource ?
  JobIteration *swarm.Version ?
  Volumes []swarm.VolumeAttachment
}
swarm.NodeRole string
swarm.NodeAvailability string
swarm.NodeSpec {
  +swarm.Annotations
  Role swarm.NodeRole ?
  Availability swarm.NodeAvailability ?
}
swarm.PluginDescription {
  Type string ?
  Name string ?
}
swarm.EngineDescription {
  EngineVersion string ?
  Labels map[string]string ?
  Plugins []swarm.PluginDescription ?
}
swarm.TLSInfo {
  TrustRoot string ?
  CertIssuerSubject []uint8 ?
  CertIssuerPublicKey []uint8 ?
}
swarm.Topology {
  Segments map[string]string ?
}
swarm.NodeCSIInfo {
  PluginName string ?
  NodeID string ?
  MaxVolumesPerNode int64 ?
  AccessibleTopology *swarm.Topology ?
}
swarm.NodeDescription {
  Hostname string ?
  Platform swarm.Platform ?
  Resources swarm.Resources ?
  Engine swarm.EngineDescription ?
  TLSInfo swarm.TLSInfo ?
  CSIInfo []swarm.NodeCSIInfo ?
}
swarm.NodeState string
swarm.NodeStatus {
  State swarm.NodeState ?
  Message string ?
  Addr string ?
}
swarm.Reachability string
swarm.ManagerStatus {
  Leader bool ?
  Reachability swarm.Reachability ?
  Addr string ?
}
swarm.Node {
  ID string
  +swarm.Meta
  Spec swarm.NodeSpec ?
  Description swarm.NodeDescription ?
  Status swarm.NodeStatus ?
  ManagerStatus *swarm.ManagerStatus ?
}
swarm.SecretSpec {
  +swarm.Annotations
  Data []uint8 ?
  Driver *swarm.Driver ?
  Templating *swarm.Driver ?
}
swarm.Secret {
  ID string
  +swarm.Meta
  Spec swarm.SecretSpec
}
swarm.ConfigSpec {
  +swarm.Annotations
  Data []uint8 ?
  Templating *swarm.Driver ?
}
swarm.Config {
  ID string
  +swarm.Meta
  Spec swarm.ConfigSpec
}
)";

}  // namespace dockerlite::format
