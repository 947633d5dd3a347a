#include "dockerlite/config/plugins.hpp"

namespace dockerlite::config {

std::vector<std::string> plugin_directories(const std::vector<std::string>& extra,
                                            const std::string& config_directory) {
  std::vector<std::string> directories = extra;
  directories.push_back(config_directory + "/cli-plugins");
  for (const char* system : {"/usr/local/lib/docker/cli-plugins", "/usr/local/libexec/docker/cli-plugins",
                             "/usr/lib/docker/cli-plugins", "/usr/libexec/docker/cli-plugins"})
    directories.emplace_back(system);
  return directories;
}

}  // namespace dockerlite::config
