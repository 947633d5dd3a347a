#include "dockerlite/engine/query.hpp"

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"
#include "json_writer.hpp"

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
  JsonWriter json;
  json.begin_object();
  for (const auto& [name, values] : filters) {
    json.key(name).begin_object();
    for (const auto& value : values) json.member(value, true);
    json.end_object();
  }
  json.end_object();
  return json.take();
}

std::string platform_json(const opts::Platform& platform) {
  JsonWriter json;
  json.begin_object();
  json.member("architecture", platform.architecture);
  json.member("os", platform.os);
  json.optional_member("os.version", platform.os_version);
  json.optional_member("variant", platform.variant);
  json.end_object();
  return json.take();
}

}  // namespace dockerlite::engine
