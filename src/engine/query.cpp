#include "dockerlite/engine/query.hpp"

#include "dockerlite/format/value.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {

std::string object_path(std::string_view collection, std::string_view name, std::string_view action) {
  std::string path;
  path.reserve(collection.size() + name.size() + action.size() + 3);
  path.append("/").append(collection).append("/").append(name);
  if (!action.empty()) path.append("/").append(action);
  if (util::contains(path, "//") || util::contains(path, "/.") || path.back() == '/') path = util::clean_path(path);
  return util::path_escape(path);
}

Result<std::string> container_path(std::string_view name, std::string_view action) {
  const std::string_view trimmed = util::trim_space(name);
  if (trimmed.empty()) return error("invalid container name or ID: value is empty");
  return object_path("containers", trimmed, action);
}

std::string filters_json(const opts::Filters& filters) {
  std::string json = "{";
  for (const auto& [name, values] : filters) {
    if (json.size() > 1) json += ',';
    format::append_json_string(json, name, true);
    json += ":{";
    for (const auto& value : values) {
      if (json.back() != '{') json += ',';
      format::append_json_string(json, value, true);
      json += ":true";
    }
    json += '}';
  }
  return json += '}';
}

std::string platform_json(const opts::Platform& platform) {
  std::string json = "{";
  const auto member = [&json](std::string_view name, const std::string& value) {
    if (json.size() > 1) json += ',';
    format::append_json_string(json, name, true);
    json += ':';
    format::append_json_string(json, value, true);
  };
  member("architecture", platform.architecture);
  member("os", platform.os);
  if (!platform.os_version.empty()) member("os.version", platform.os_version);
  if (!platform.variant.empty()) member("variant", platform.variant);
  return json += '}';
}

}  // namespace dockerlite::engine
