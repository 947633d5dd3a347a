#pragma once

#include <string>
#include <vector>

namespace dockerlite::config {

/// Where docker looks for CLI plugins, in its order: `cliPluginsExtraDirs` of config.json, `cli-plugins` beside it, the
/// system's.
std::vector<std::string> plugin_directories(const std::vector<std::string>& extra, const std::string& config_directory);

}  // namespace dockerlite::config
