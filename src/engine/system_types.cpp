// The Go types of what GET /info and GET /version answer, fields in the order of their declaration: templates and
// `json` show them as docker does.
#include "dockerlite/engine/system.hpp"
#include "dockerlite/util/duration.hpp"

namespace dockerlite::engine {
namespace {

using format::Field;
using format::Kind;
using format::Type;
using format::Value;
namespace types = format::types;

constexpr Type kStringPair{.kind = Kind::slice, .name = "[2]string", .element = &types::string};
constexpr Type kStringPairs{.kind = Kind::slice, .element = &kStringPair};
constexpr Type kNullableInt64{.kind = Kind::pointer, .element = &types::int64};
constexpr Type kNullableUint64{.kind = Kind::pointer, .element = &types::uint64};
constexpr Type kTime{.kind = Kind::string, .name = "time.Time"};
constexpr Type kDuration{.kind = Kind::integer, .name = "time.Duration", .to_string = [](const Value& value) {
                           return util::format_duration(value.as_int());
                         }};

constexpr Field kPluginsFields[] = {{"Volume", &types::string_slice},
                                    {"Network", &types::string_slice},
                                    {"Authorization", &types::string_slice},
                                    {"Log", &types::string_slice}};
constexpr Type kPlugins{.kind = Kind::structure, .name = "system.PluginsInfo", .fields = kPluginsFields};

// Registries. Go writes them as a map, so in JSON the keys are sorted.
constexpr Type kNetwork{.kind = Kind::string, .name = "*registry.NetIPNet"};
constexpr Type kNetworks{.kind = Kind::slice, .element = &kNetwork};
constexpr Field kIndexFields[] = {{"Name", &types::string},
                                  {"Mirrors", &types::string_slice},
                                  {"Secure", &types::boolean},
                                  {"Official", &types::boolean}};
constexpr Type kIndex{.kind = Kind::structure, .name = "registry.IndexInfo", .fields = kIndexFields};
constexpr Type kIndexPointer{.kind = Kind::pointer, .element = &kIndex};
constexpr Type kIndexes{.kind = Kind::map, .element = &kIndexPointer, .key = &types::string};
constexpr Field kRegistriesFields[] = {{"AllowNondistributableArtifactsCIDRs", &kNetworks, "", true},
                                       {"AllowNondistributableArtifactsHostnames", &types::string_slice, "", true},
                                       {"InsecureRegistryCIDRs", &kNetworks},
                                       {"IndexConfigs", &kIndexes},
                                       {"Mirrors", &types::string_slice}};
constexpr Type kPlainRegistries{.kind = Kind::structure, .name = "registry.tmp", .fields = kRegistriesFields};
std::string registries_json(const Value& value) {
  const auto fields = value.fields();
  const std::string plain = Value::structure({fields.begin(), fields.end()}, kPlainRegistries).to_json(true);
  const auto sorted = Value::from_json(plain);
  return sorted ? sorted->to_json(true) : plain;
}
constexpr Type kRegistries{.kind = Kind::structure,
                           .name = "registry.ServiceConfig",
                           .fields = kRegistriesFields,
                           .to_json = &registries_json};
constexpr Type kRegistriesPointer{.kind = Kind::pointer, .element = &kRegistries};

constexpr Field kNamedResourceFields[] = {{"Kind", &types::string, "", true}, {"Value", &types::string, "", true}};
constexpr Type kNamedResource{
    .kind = Kind::structure, .name = "swarm.NamedGenericResource", .fields = kNamedResourceFields};
constexpr Type kNamedResourcePointer{.kind = Kind::pointer, .element = &kNamedResource};
constexpr Field kDiscreteResourceFields[] = {{"Kind", &types::string, "", true}, {"Value", &types::int64, "", true}};
constexpr Type kDiscreteResource{
    .kind = Kind::structure, .name = "swarm.DiscreteGenericResource", .fields = kDiscreteResourceFields};
constexpr Type kDiscreteResourcePointer{.kind = Kind::pointer, .element = &kDiscreteResource};
constexpr Field kResourceFields[] = {{"NamedResourceSpec", &kNamedResourcePointer, "", true},
                                     {"DiscreteResourceSpec", &kDiscreteResourcePointer, "", true}};
constexpr Type kResource{.kind = Kind::structure, .name = "swarm.GenericResource", .fields = kResourceFields};
constexpr Type kResources{.kind = Kind::slice, .element = &kResource};

constexpr Field kRuntimeFields[] = {{"Path", &types::string, "path", true},
                                    {"Args", &types::string_slice, "runtimeArgs", true},
                                    {"Type", &types::string, "runtimeType", true},
                                    {"Options", &types::any_map, "options", true}};
constexpr Type kRuntime{.kind = Kind::structure, .name = "system.Runtime", .fields = kRuntimeFields};
constexpr Field kRuntimeStatusFields[] = {{"Runtime", &kRuntime, "", false, true},
                                          {"Status", &types::string_map, "status", true}};
constexpr Type kRuntimeStatus{
    .kind = Kind::structure, .name = "system.RuntimeWithStatus", .fields = kRuntimeStatusFields};
constexpr Type kRuntimes{.kind = Kind::map, .element = &kRuntimeStatus, .key = &types::string};

// Swarm.
constexpr Field kPeerFields[] = {{"NodeID", &types::string}, {"Addr", &types::string}};
constexpr Type kPeer{.kind = Kind::structure, .name = "swarm.Peer", .fields = kPeerFields};
constexpr Type kPeers{.kind = Kind::slice, .element = &kPeer};
constexpr Field kVersionFields[] = {{"Index", &types::uint64, "", true}};
constexpr Type kVersion{
    .kind = Kind::structure, .name = "swarm.Version", .fields = kVersionFields, .to_string = [](const Value& value) {
      return std::to_string(value.fields()[0].as_uint());
    }};
constexpr Field kMetaFields[] = {{"Version", &kVersion}, {"CreatedAt", &kTime}, {"UpdatedAt", &kTime}};
constexpr Type kMeta{.kind = Kind::structure, .name = "swarm.Meta", .fields = kMetaFields};
constexpr Field kAnnotationsFields[] = {{"Name", &types::string, "", true}, {"Labels", &types::string_map}};
constexpr Type kAnnotations{.kind = Kind::structure, .name = "swarm.Annotations", .fields = kAnnotationsFields};
constexpr Field kOrchestrationFields[] = {{"TaskHistoryRetentionLimit", &kNullableInt64, "", true}};
constexpr Type kOrchestration{
    .kind = Kind::structure, .name = "swarm.OrchestrationConfig", .fields = kOrchestrationFields};
constexpr Field kRaftFields[] = {{"SnapshotInterval", &types::uint64, "", true},
                                 {"KeepOldSnapshots", &kNullableUint64, "", true},
                                 {"LogEntriesForSlowFollowers", &types::uint64, "", true},
                                 {"ElectionTick", &types::int_},
                                 {"HeartbeatTick", &types::int_}};
constexpr Type kRaft{.kind = Kind::structure, .name = "swarm.RaftConfig", .fields = kRaftFields};
constexpr Field kDispatcherFields[] = {{"HeartbeatPeriod", &kDuration, "", true}};
constexpr Type kDispatcher{.kind = Kind::structure, .name = "swarm.DispatcherConfig", .fields = kDispatcherFields};
constexpr Field kExternalCaFields[] = {{"Protocol", &types::string},
                                       {"URL", &types::string},
                                       {"Options", &types::string_map, "", true},
                                       {"CACert", &types::string}};
constexpr Type kExternalCa{.kind = Kind::structure, .name = "swarm.ExternalCA", .fields = kExternalCaFields};
constexpr Type kExternalCaPointer{.kind = Kind::pointer, .element = &kExternalCa};
constexpr Type kExternalCas{.kind = Kind::slice, .element = &kExternalCaPointer};
constexpr Field kCaFields[] = {{"NodeCertExpiry", &kDuration, "", true},
                               {"ExternalCAs", &kExternalCas, "", true},
                               {"SigningCACert", &types::string, "", true},
                               {"SigningCAKey", &types::string, "", true},
                               {"ForceRotate", &types::uint64, "", true}};
constexpr Type kCa{.kind = Kind::structure, .name = "swarm.CAConfig", .fields = kCaFields};
constexpr Field kDriverFields[] = {{"Name", &types::string, "", true}, {"Options", &types::string_map, "", true}};
constexpr Type kDriver{.kind = Kind::structure, .name = "swarm.Driver", .fields = kDriverFields};
constexpr Type kDriverPointer{.kind = Kind::pointer, .element = &kDriver};
constexpr Field kTaskFields[] = {{"LogDriver", &kDriverPointer, "", true}};
constexpr Type kTask{.kind = Kind::structure, .name = "swarm.TaskDefaults", .fields = kTaskFields};
constexpr Field kEncryptionFields[] = {{"AutoLockManagers", &types::boolean}};
constexpr Type kEncryption{.kind = Kind::structure, .name = "swarm.EncryptionConfig", .fields = kEncryptionFields};
constexpr Field kSpecFields[] = {{"Annotations", &kAnnotations, "", false, true},
                                 {"Orchestration", &kOrchestration},
                                 {"Raft", &kRaft},
                                 {"Dispatcher", &kDispatcher},
                                 {"CAConfig", &kCa},
                                 {"TaskDefaults", &kTask},
                                 {"EncryptionConfig", &kEncryption}};
constexpr Type kSpec{.kind = Kind::structure, .name = "swarm.Spec", .fields = kSpecFields};
constexpr Field kTlsFields[] = {{"TrustRoot", &types::string, "", true},
                                {"CertIssuerSubject", &types::string, "", true},
                                {"CertIssuerPublicKey", &types::string, "", true}};
constexpr Type kTls{.kind = Kind::structure, .name = "swarm.TLSInfo", .fields = kTlsFields};
constexpr Field kClusterFields[] = {{"ID", &types::string},
                                    {"Meta", &kMeta, "", false, true},
                                    {"Spec", &kSpec},
                                    {"TLSInfo", &kTls},
                                    {"RootRotationInProgress", &types::boolean},
                                    {"DefaultAddrPool", &types::string_slice},
                                    {"SubnetSize", &types::uint32},
                                    {"DataPathPort", &types::uint32}};
constexpr Type kCluster{.kind = Kind::structure, .name = "swarm.ClusterInfo", .fields = kClusterFields};
constexpr Type kClusterPointer{.kind = Kind::pointer, .element = &kCluster};
constexpr Type kNodeState{.kind = Kind::string, .name = "swarm.LocalNodeState"};
constexpr Field kSwarmFields[] = {{"NodeID", &types::string},
                                  {"NodeAddr", &types::string},
                                  {"LocalNodeState", &kNodeState},
                                  {"ControlAvailable", &types::boolean},
                                  {"Error", &types::string},
                                  {"RemoteManagers", &kPeers},
                                  {"Nodes", &types::int_, "", true},
                                  {"Managers", &types::int_, "", true},
                                  {"Cluster", &kClusterPointer, "", true},
                                  {"Warnings", &types::string_slice, "", true}};
constexpr Type kSwarm{.kind = Kind::structure, .name = "swarm.Info", .fields = kSwarmFields};

constexpr Type kIsolation{.kind = Kind::string, .name = "container.Isolation"};
constexpr Field kCommitFields[] = {{"ID", &types::string}, {"Expected", &types::string, "", true}};
constexpr Type kCommit{.kind = Kind::structure, .name = "system.Commit", .fields = kCommitFields};
constexpr Field kPoolFields[] = {{"Base", &types::string}, {"Size", &types::int_}};
constexpr Type kPool{.kind = Kind::structure, .name = "system.NetworkAddressPool", .fields = kPoolFields};
constexpr Type kPools{.kind = Kind::slice, .element = &kPool};
constexpr Field kFirewallFields[] = {{"Driver", &types::string}, {"Info", &kStringPairs, "", true}};
constexpr Type kFirewall{.kind = Kind::structure, .name = "system.FirewallInfo", .fields = kFirewallFields};
constexpr Type kFirewallPointer{.kind = Kind::pointer, .element = &kFirewall};
constexpr Field kDeviceFields[] = {{"Source", &types::string}, {"ID", &types::string}};
constexpr Type kDevice{.kind = Kind::structure, .name = "system.DeviceInfo", .fields = kDeviceFields};
constexpr Type kDevices{.kind = Kind::slice, .element = &kDevice};
constexpr Field kNamespacesFields[] = {{"Containers", &types::string}, {"Plugins", &types::string}};
constexpr Type kNamespaces{.kind = Kind::structure, .name = "system.ContainerdNamespaces", .fields = kNamespacesFields};
constexpr Field kContainerdFields[] = {{"Address", &types::string, "", true}, {"Namespaces", &kNamespaces}};
constexpr Type kContainerd{.kind = Kind::structure, .name = "system.ContainerdInfo", .fields = kContainerdFields};
constexpr Type kContainerdPointer{.kind = Kind::pointer, .element = &kContainerd};

constexpr Field kInfoFields[] = {{"ID", &types::string},
                                 {"Containers", &types::int_},
                                 {"ContainersRunning", &types::int_},
                                 {"ContainersPaused", &types::int_},
                                 {"ContainersStopped", &types::int_},
                                 {"Images", &types::int_},
                                 {"Driver", &types::string},
                                 {"DriverStatus", &kStringPairs},
                                 {"SystemStatus", &kStringPairs, "", true},
                                 {"Plugins", &kPlugins},
                                 {"MemoryLimit", &types::boolean},
                                 {"SwapLimit", &types::boolean},
                                 {"KernelMemory", &types::boolean, "", true},
                                 {"KernelMemoryTCP", &types::boolean, "", true},
                                 {"CPUCfsPeriod", &types::boolean, "CpuCfsPeriod"},
                                 {"CPUCfsQuota", &types::boolean, "CpuCfsQuota"},
                                 {"CPUShares", &types::boolean},
                                 {"CPUSet", &types::boolean},
                                 {"PidsLimit", &types::boolean},
                                 {"IPv4Forwarding", &types::boolean},
                                 {"Debug", &types::boolean},
                                 {"NFd", &types::int_},
                                 {"OomKillDisable", &types::boolean},
                                 {"NGoroutines", &types::int_},
                                 {"SystemTime", &types::string},
                                 {"LoggingDriver", &types::string},
                                 {"CgroupDriver", &types::string},
                                 {"CgroupVersion", &types::string, "", true},
                                 {"NEventsListener", &types::int_},
                                 {"KernelVersion", &types::string},
                                 {"OperatingSystem", &types::string},
                                 {"OSVersion", &types::string},
                                 {"OSType", &types::string},
                                 {"Architecture", &types::string},
                                 {"IndexServerAddress", &types::string},
                                 {"RegistryConfig", &kRegistriesPointer},
                                 {"NCPU", &types::int_},
                                 {"MemTotal", &types::int64},
                                 {"GenericResources", &kResources},
                                 {"DockerRootDir", &types::string},
                                 {"HTTPProxy", &types::string, "HttpProxy"},
                                 {"HTTPSProxy", &types::string, "HttpsProxy"},
                                 {"NoProxy", &types::string},
                                 {"Name", &types::string},
                                 {"Labels", &types::string_slice},
                                 {"ExperimentalBuild", &types::boolean},
                                 {"ServerVersion", &types::string},
                                 {"Runtimes", &kRuntimes},
                                 {"DefaultRuntime", &types::string},
                                 {"Swarm", &kSwarm},
                                 {"LiveRestoreEnabled", &types::boolean},
                                 {"Isolation", &kIsolation},
                                 {"InitBinary", &types::string},
                                 {"ContainerdCommit", &kCommit},
                                 {"RuncCommit", &kCommit},
                                 {"InitCommit", &kCommit},
                                 {"SecurityOptions", &types::string_slice},
                                 {"ProductLicense", &types::string, "", true},
                                 {"DefaultAddressPools", &kPools, "", true},
                                 {"FirewallBackend", &kFirewallPointer, "", true},
                                 {"CDISpecDirs", &types::string_slice},
                                 {"DiscoveredDevices", &kDevices, "", true},
                                 {"Containerd", &kContainerdPointer, "", true},
                                 {"Warnings", &types::string_slice}};

constexpr Field kComponentFields[] = {
    {"Name", &types::string}, {"Version", &types::string}, {"Details", &types::string_map, "", true}};
constexpr Type kComponent{.kind = Kind::structure, .name = "types.ComponentVersion", .fields = kComponentFields};
constexpr Type kComponents{.kind = Kind::slice, .element = &kComponent};
constexpr Field kPlatformFields[] = {{"Name", &types::string}};
constexpr Type kPlatform{.kind = Kind::structure, .name = "struct { Name string }", .fields = kPlatformFields};
constexpr Field kServerVersionFields[] = {{"Platform", &kPlatform},
                                          {"Components", &kComponents, "", true},
                                          {"Version", &types::string},
                                          {"APIVersion", &types::string, "ApiVersion"},
                                          {"MinAPIVersion", &types::string, "", true},
                                          {"GitCommit", &types::string},
                                          {"GoVersion", &types::string},
                                          {"Os", &types::string},
                                          {"Arch", &types::string},
                                          {"KernelVersion", &types::string, "", true},
                                          {"Experimental", &types::boolean, "", true},
                                          {"BuildTime", &types::string, "", true}};

}  // namespace

constinit const Type kSystemInfo{.kind = Kind::structure, .name = "system.Info", .fields = kInfoFields};
constinit const Type kServerVersion{.kind = Kind::structure, .name = "types.Version", .fields = kServerVersionFields};

}  // namespace dockerlite::engine
