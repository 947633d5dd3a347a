#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerlite::config {

/// Where docker looks for CLI plugins, in its order: `cliPluginsExtraDirs` of config.json, `cli-plugins` beside it, the
/// system's.
std::vector<std::string> plugin_directories(const std::vector<std::string>& extra, const std::string& config_directory);

/// A file docker-NAME in one of those directories, and what it says of itself.
struct Plugin {
  std::string schema_version, vendor, version, short_description, url;
  std::string name, path;
  std::string error;                        ///< why it cannot be used; "" if it can
  std::vector<std::string> shadowed_paths;  ///< files of the same name in later directories
  bool operator==(const Plugin&) const = default;
};

/// All plugins, by name. Each is run once, all at the same time, for its metadata. `is_builtin` says which names are
/// commands of the client itself, which win.
std::vector<Plugin> list_plugins(const std::vector<std::string>& directories,
                                 const std::function<bool(std::string_view)>& is_builtin);

/// Fills in what the metadata says, or `error`: the texts are docker's.
void read_plugin_metadata(Plugin& plugin, std::string_view metadata);

}  // namespace dockerlite::config
