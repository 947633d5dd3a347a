#include "format/schema_definitions.hpp"

namespace dockerlite::format {

// What GET /images/{name}/json decodes into, besides the container types that it shares.
constinit const std::string_view kImageDefinitions = R"(
v1.ImageConfig {
  User string ?
  ExposedPorts map[string]struct{} ?
  Env []string ?
  Entrypoint []string ?
  Cmd []string ?
  Volumes map[string]struct{} ?
  WorkingDir string ?
  Labels map[string]string ?
  StopSignal string ?
  ArgsEscaped bool ?
}
v1.DockerOCIImageConfigExt {
  Healthcheck *v1.HealthcheckConfig ?
  OnBuild []string ?
  Shell []string ?
}
v1.DockerOCIImageConfig {
  +v1.ImageConfig
  +v1.DockerOCIImageConfigExt
}
image.RootFS {
  Type string ?
  Layers []string ?
}
image.Metadata {
  LastTagTime time.Time ?
}
image.ManifestKind string
image.ImageSize {
  Unpacked int64
}
image.ImageProperties {
  Platform v1.Platform
  Size image.ImageSize
  Containers []string
}
image.AttestationProperties {
  For digest.Digest
}
image.ManifestSize {
  Content int64
  Total int64
}
image.ManifestSummary {
  ID string
  Descriptor v1.Descriptor
  Available bool
  Size image.ManifestSize
  Kind image.ManifestKind
  ImageData *image.ImageProperties ?
  AttestationData *image.AttestationProperties ?
}
image.InspectResponse {
  ID string Id
  RepoTags []string
  RepoDigests []string
  Parent string
  Comment string
  Created string ?
  Container string ?
  ContainerConfig *container.Config ?
  DockerVersion string
  Author string
  Config *v1.DockerOCIImageConfig
  Architecture string
  Variant string ?
  Os string
  OsVersion string ?
  Size int64
  VirtualSize int64 ?
  GraphDriver storage.DriverData
  RootFS image.RootFS
  Metadata image.Metadata
  Descriptor *v1.Descriptor ?
  Manifests []image.ManifestSummary ?
}
)";

}  // namespace dockerlite::format
