#pragma once

#include <string>
#include <vector>

namespace dockerlite::config {

/// The names of the contexts that the configuration folder holds, sorted, and then "default". What cannot be read is
/// left out.
std::vector<std::string> context_names(const std::string& config_directory);

}  // namespace dockerlite::config
