#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"
#include "json_text.hpp"

namespace dockerlite::config {

/// Checks that the members of config.json that docker knows are of the type that it reads. The error is the first
/// one's, in the words of Go's encoding/json: `json: cannot unmarshal number into Go struct field ConfigFile.psFormat
/// of type string`.
Result<void> check_config_types(std::string_view document);

/// One such check: `value` has to be of this kind or null. `place` is "value" or "struct field X.y", `type` the Go
/// type.
Result<void> check_kind(std::string_view value, json::Kind kind, std::string_view place, std::string_view type);

}  // namespace dockerlite::config
