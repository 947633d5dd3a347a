#include "info_client.hpp"

#include "client_version.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/util/log.hpp"

namespace dockerlite::command {
namespace {

using format::Field;
using format::Kind;
using format::Type;
using format::Value;
namespace types = format::types;

constexpr Field kMetadataFields[] = {{"SchemaVersion", &types::string, "", true},
                                     {"Vendor", &types::string, "", true},
                                     {"Version", &types::string, "", true},
                                     {"ShortDescription", &types::string, "", true},
                                     {"URL", &types::string, "", true}};
constexpr Type kMetadata{.kind = Kind::structure, .name = "metadata.Metadata", .fields = kMetadataFields};
constexpr Field kPluginFields[] = {{"Metadata", &kMetadata, "", false, true},
                                   {"Name", &types::string, "", true},
                                   {"Path", &types::string, "", true},
                                   {"Err", &types::any, "", true},
                                   {"ShadowedPaths", &types::string_slice, "", true}};
constexpr Type kPlugin{.kind = Kind::structure, .name = "manager.Plugin", .fields = kPluginFields};
constexpr Type kPlugins{.kind = Kind::slice, .element = &kPlugin};
constexpr Field kClientInfoFields[] = {{"Debug", &types::boolean},
                                       {"clientVersion", &kClientVersionType, "", false, true},
                                       {"Plugins", &kPlugins},
                                       {"Warnings", &types::string_slice}};
constexpr Type kClientInfo{.kind = Kind::structure, .name = "system.clientInfo", .fields = kClientInfoFields};

bool is_builtin(std::string_view name) {
  for (const cli::CommandSpec* spec : all_specs())
    for (const std::string_view path : spec->names)
      if (path.substr(0, path.find(' ')) == name) return true;
  return name == "help";
}

Value plugin_value(const config::Plugin& plugin) {
  Value metadata = Value::structure(
      {Value::string(plugin.schema_version), Value::string(plugin.vendor), Value::string(plugin.version),
       Value::string(plugin.short_description), Value::string(plugin.url)},
      kMetadata);
  return Value::structure(
      {std::move(metadata), Value::string(plugin.name), Value::string(plugin.path),
       plugin.error.empty() ? Value::null() : Value::string(plugin.error),
       plugin.shadowed_paths.empty() ? Value::nil(types::string_slice) : Value::strings(plugin.shadowed_paths)},
      kPlugin);
}

}  // namespace

constinit const Type kClientInfoPointer{.kind = Kind::pointer, .element = &kClientInfo};

std::vector<config::Plugin> find_plugins(Context& context) {
  const config::ConfigFile& file = context.config();
  return config::list_plugins(config::plugin_directories(file.strings("cliPluginsExtraDirs"), file.directory()),
                              &is_builtin);
}

bool client_debug(const Context& context) { return util::log::debug_enabled() || !context.env.value("DEBUG").empty(); }

Value client_info(Context& context, const std::vector<config::Plugin>& plugins) {
  std::vector<Value> values;
  values.reserve(plugins.size());
  for (const config::Plugin& plugin : plugins) values.push_back(plugin_value(plugin));
  return Value::pointer(Value::structure({Value::boolean(client_debug(context)), client_version(context, ""),
                                          Value::slice(std::move(values), kPlugins), Value::nil(types::string_slice)},
                                         kClientInfo),
                        kClientInfoPointer);
}

}  // namespace dockerlite::command
