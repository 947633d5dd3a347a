#pragma once

#include <string>
#include <vector>

namespace dockerlite::config {

/// The names of all contexts that the configuration folder holds, "default" among them, sorted. What cannot be read is
/// left out.
std::vector<std::string> context_names(const std::string& config_directory);

}  // namespace dockerlite::config
