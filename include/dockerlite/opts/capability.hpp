#pragma once

#include <string>
#include <vector>

namespace dockerlite::opts {

/// Capability names as docker sends them: upper case with "CAP_" in front ("ALL" as it is), no duplicates, sorted.
std::vector<std::string> normalize_capabilities(const std::vector<std::string>& names);

}  // namespace dockerlite::opts
