#include "format/schema_definitions.hpp"

namespace dockerlite::format {

// What GET /networks/{id} decodes into.
constinit const std::string_view kNetworkDefinitions = R"(
network.IPAMConfig {
  Subnet string ?
  IPRange string ?
  Gateway string ?
  AuxAddress map[string]string AuxiliaryAddresses?
}
network.IPAM {
  Driver string
  Options map[string]string
  Config []network.IPAMConfig
}
network.ConfigReference {
  Network string
}
network.EndpointResource {
  Name string
  EndpointID string
  MacAddress string
  IPv4Address string
  IPv6Address string
}
network.PeerInfo {
  Name string
  IP string
}
network.Task {
  Name string
  EndpointID string
  EndpointIP string
  Info map[string]string
}
network.ServiceInfo {
  VIP string
  Ports []string
  LocalLBIndex int
  Tasks []network.Task
}
network.Inspect {
  Name string
  ID string Id
  Created time.Time
  Scope string
  Driver string
  EnableIPv4 bool
  EnableIPv6 bool
  IPAM network.IPAM
  Internal bool
  Attachable bool
  Ingress bool
  ConfigFrom network.ConfigReference
  ConfigOnly bool
  Containers map[string]network.EndpointResource
  Options map[string]string
  Labels map[string]string
  Peers []network.PeerInfo ?
  Services map[string]network.ServiceInfo ?
}
)";

}  // namespace dockerlite::format
