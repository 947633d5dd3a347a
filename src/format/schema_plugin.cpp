#include "format/schema_definitions.hpp"

namespace dockerlite::format {

// What GET /plugins/{name}/json decodes into.
constinit const std::string_view kPluginDefinitions = R"(
types.PluginConfigArgs {
  Description string
  Name string
  Settable []string
  Value []string
}
types.PluginEnv {
  Description string
  Name string
  Settable []string
  Value *string
}
types.PluginInterfaceType {
  Capability string
  Prefix string
  Version string
}
types.PluginConfigInterface {
  ProtocolScheme string ?
  Socket string
  Types []types.PluginInterfaceType
}
types.PluginDevice {
  Description string
  Name string
  Path *string
  Settable []string
}
types.PluginConfigLinux {
  AllowAllDevices bool
  Capabilities []string
  Devices []types.PluginDevice
}
types.PluginMount {
  Description string
  Destination string
  Name string
  Options []string
  Settable []string
  Source *string
  Type string
}
types.PluginConfigNetwork {
  Type string
}
types.PluginConfigUser {
  GID uint32 ?
  UID uint32 ?
}
types.PluginConfigRootfs {
  DiffIds []string diff_ids
  Type string type?
}
types.PluginConfig {
  Args types.PluginConfigArgs
  Description string
  DockerVersion string ?
  Documentation string
  Entrypoint []string
  Env []types.PluginEnv
  Interface types.PluginConfigInterface
  IpcHost bool
  Linux types.PluginConfigLinux
  Mounts []types.PluginMount
  Network types.PluginConfigNetwork
  PidHost bool
  PropagatedMount string
  User types.PluginConfigUser ?
  WorkDir string
  Rootfs *types.PluginConfigRootfs rootfs?
}
types.PluginSettings {
  Args []string
  Devices []types.PluginDevice
  Env []string
  Mounts []types.PluginMount
}
types.Plugin {
  Config types.PluginConfig
  Enabled bool
  ID string Id?
  Name string
  PluginReference string ?
  Settings types.PluginSettings
}
)";

}  // namespace dockerlite::format
