#pragma once

#include <memory>
#include <string_view>

#include "dockerlite/format/value.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::format {

/// The Go structs that docker 28 decodes an engine's answers into. Templates see their field names
/// (`.HostConfig.CPUShares`), types and order, and JSON that docker writes from them follows their tags.
class Schema {
 public:
  enum class Root : std::uint8_t {
    container,  ///< container.InspectResponse
    image,      ///< image.InspectResponse
    network,    ///< network.Inspect
    volume,     ///< volume.Volume
    plugin,     ///< types.Plugin
    service,    ///< swarm.Service, and so on
    task,
    node,
    secret,
    config,
    info,     ///< system.Info
    version,  ///< types.Version, the server's
  };

  explicit Schema(Root root);
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  const Type& root() const;
  /// The type of a Go type expression, over the structs that this schema knows: "[]container.MountPoint".
  const Type& type(std::string_view expression) const;

  /// json.Unmarshal of a whole document, or of an already decoded part of one. Unknown keys are left out, names match
  /// in any case. Errors: `json: cannot unmarshal string into Go value of type int`. The value's types live as long as
  /// the schema.
  Result<Value> decode(std::string_view json) const;
  Result<Value> convert(const Value& decoded, const Type& type) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dockerlite::format
