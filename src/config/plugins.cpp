#include "dockerlite/config/plugins.hpp"

#include <dirent.h>
#include <signal.h>
#include <string.h>

#include <algorithm>
#include <map>
#include <memory>
#include <thread>

#include "dockerlite/util/process.hpp"
#include "dockerlite/util/strings.hpp"
#include "json_text.hpp"

namespace dockerlite::config {
namespace {

constexpr std::string_view kPrefix = "docker-";

bool valid_name(std::string_view name) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && lower(name[0]) &&
         std::ranges::all_of(name, [&](char c) { return lower(c) || (c >= '0' && c <= '9'); });
}

/// Paths by plugin name, those that win first.
std::map<std::string, std::vector<std::string>> candidates(const std::vector<std::string>& directories) {
  std::map<std::string, std::vector<std::string>> found;
  for (const std::string& directory : directories) {
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(::opendir(directory.c_str()), &::closedir);
    if (listing == nullptr) continue;
    while (const dirent* entry = ::readdir(listing.get())) {
      const std::string_view name = entry->d_name;
      if ((entry->d_type == DT_REG || entry->d_type == DT_LNK) && name.starts_with(kPrefix))
        found[std::string(name.substr(kPrefix.size()))].push_back(directory + "/" + std::string(name));
    }
  }
  return found;
}

/// Go's words for how a process ended badly.
std::string exit_text(int code) {
  if (code <= 128) return "exit status " + std::to_string(code);
  const char* name = ::sigdescr_np(code - 128);
  return "signal: " + util::to_lower(name != nullptr ? name : std::to_string(code - 128));
}

void fetch_metadata(Plugin& plugin) {
  const auto output = util::run_process({plugin.path, "docker-cli-plugin-metadata"}, "", util::ChildErrors::discarded);
  if (!output)
    plugin.error = "failed to fetch metadata: " + output.error().message;
  else if (output->exit_code != 0)
    plugin.error = "failed to fetch metadata: " + exit_text(output->exit_code);
  else
    read_plugin_metadata(plugin, output->out);
}

}  // namespace

std::vector<std::string> plugin_directories(const std::vector<std::string>& extra,
                                            const std::string& config_directory) {
  std::vector<std::string> directories = extra;
  directories.push_back(config_directory + "/cli-plugins");
  for (const char* system : {"/usr/local/lib/docker/cli-plugins", "/usr/local/libexec/docker/cli-plugins",
                             "/usr/lib/docker/cli-plugins", "/usr/libexec/docker/cli-plugins"})
    directories.emplace_back(system);
  return directories;
}

void read_plugin_metadata(Plugin& plugin, std::string_view metadata) {
  const auto document = json::first_value(metadata);
  if (!document) {
    const std::string& cause = document.error().message;
    plugin.error = "invalid metadata: " + (cause.ends_with("EOF") ? "unexpected end of JSON input" : cause);
    return;
  }
  const auto text = [&](std::string_view key) {
    const auto value = json::kind(*document) == json::Kind::object ? json::find(*document, key) : std::nullopt;
    return value && json::kind(*value) == json::Kind::string ? json::decode_string(*value) : std::string();
  };
  plugin.schema_version = text("SchemaVersion");
  plugin.vendor = text("Vendor");
  plugin.version = text("Version");
  plugin.short_description = text("ShortDescription");
  plugin.url = text("URL");
  if (plugin.schema_version != "0.1.0")
    plugin.error = "plugin SchemaVersion " + util::go_quote(plugin.schema_version) + " is not valid, must be 0.1.0";
  else if (plugin.vendor.empty())
    plugin.error = "plugin metadata does not define a vendor";
}

std::vector<Plugin> list_plugins(const std::vector<std::string>& directories,
                                 const std::function<bool(std::string_view)>& is_builtin) {
  std::vector<Plugin> plugins;
  for (auto& [name, paths] : candidates(directories)) {
    Plugin& plugin = plugins.emplace_back();
    plugin.name = name;
    plugin.path = paths[0];
    plugin.shadowed_paths.assign(paths.begin() + 1, paths.end());
  }
  std::ranges::sort(plugins, [](const Plugin& a, const Plugin& b) { return util::natural_less(a.name, b.name); });
  std::vector<std::thread> fetchers;
  for (Plugin& plugin : plugins) {
    if (!valid_name(plugin.name))
      plugin.error = "plugin candidate " + util::go_quote(plugin.name) + " did not match \"^[a-z][a-z0-9]*$\"";
    else if (is_builtin(plugin.name))
      plugin.error = "plugin " + util::go_quote(plugin.name) + " duplicates builtin command";
    else
      fetchers.emplace_back([&plugin] { fetch_metadata(plugin); });
  }
  for (std::thread& fetcher : fetchers) fetcher.join();
  return plugins;
}

}  // namespace dockerlite::config
