#pragma once

#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::config {

/// Checks that the members of config.json that docker knows are of the type that it reads. The error is the first
/// one's, in the words of Go's encoding/json: `json: cannot unmarshal number into Go struct field ConfigFile.psFormat
/// of type string`.
Result<void> check_config_types(std::string_view document);

}  // namespace dockerlite::config
