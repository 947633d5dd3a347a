#pragma once

#include <span>
#include <string_view>

#include "dockerlite/format/value.hpp"

namespace dockerlite::format {

// Go types as text, read when a template needs them: nothing of them is built, or relocated, at the program's start.
//   pkg.Name type            a named type
//   pkg.Name {               a struct; then a line per field:
//     Field type json?       its JSON name if that is another, "?" for omitempty, "-" for no JSON
//     +type                  an embedded struct
//   }
extern const std::string_view kContainerDefinitions;
extern const std::string_view kImageDefinitions;
extern const std::string_view kNetworkDefinitions;
extern const std::string_view kVolumeDefinitions;
extern const std::string_view kPluginDefinitions;
extern const std::string_view kSwarmDefinitions;
extern const std::string_view kSystemDefinitions;

/// The methods of one of these types; none for most.
std::span<const Method> schema_methods(std::string_view type);

}  // namespace dockerlite::format
