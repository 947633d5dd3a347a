#include "json_schema.hpp"

#include <span>
#include <string>

#include "dockerlite/util/strings.hpp"
#include "json_text.hpp"

namespace dockerlite::config {
namespace {

enum class Type { text, text_list, text_map, text_maps, auths, proxies };

struct Field {
  std::string_view name;
  Type type;
};

constexpr Field kFields[] = {
    {"auths", Type::auths},         {"HttpHeaders", Type::text_map}, {"psFormat", Type::text},
    {"imagesFormat", Type::text},   {"networksFormat", Type::text},  {"pluginsFormat", Type::text},
    {"volumesFormat", Type::text},  {"statsFormat", Type::text},     {"detachKeys", Type::text},
    {"credsStore", Type::text},     {"credHelpers", Type::text_map}, {"serviceInspectFormat", Type::text},
    {"servicesFormat", Type::text}, {"tasksFormat", Type::text},     {"secretFormat", Type::text},
    {"configFormat", Type::text},   {"nodesFormat", Type::text},     {"pruneFilters", Type::text_list},
    {"proxies", Type::proxies},     {"currentContext", Type::text},  {"cliPluginsExtraDirs", Type::text_list},
    {"plugins", Type::text_maps},   {"aliases", Type::text_map},     {"features", Type::text_map},
    {"experimental", Type::text},
};

constexpr std::string_view kAuthFields[] = {"username",      "password",      "auth",         "email",
                                            "serveraddress", "identitytoken", "registrytoken"};
constexpr std::string_view kProxyFields[] = {"httpProxy", "httpsProxy", "noProxy", "ftpProxy", "allProxy"};

Result<void> check_text(std::string_view value, const std::string& place) {
  return check_kind(value, json::Kind::string, place, "string");
}

Result<void> check_text_map(std::string_view value, const std::string& place) {
  DL_CHECK(check_kind(value, json::Kind::object, place, "map[string]string"));
  for (const json::Member& member : json::members(value)) DL_CHECK(check_text(member.value, place));
  return {};
}

/// A map of records whose fields are all strings.
Result<void> check_records(std::string_view value, std::string_view name, std::string_view record,
                           const std::string& type, std::span<const std::string_view> fields) {
  const std::string place = "struct field ConfigFile." + std::string(name);
  DL_CHECK(check_kind(value, json::Kind::object, place, "map[string]" + type));
  for (const json::Member& member : json::members(value)) {
    DL_CHECK(check_kind(member.value, json::Kind::object, place, type));
    for (const json::Member& inner : json::members(member.value))
      for (const std::string_view field : fields)
        if (util::equal_fold(inner.key, field))
          DL_CHECK(check_text(
              inner.value, "struct field " + std::string(record) + "." + std::string(name) + "." + std::string(field)));
  }
  return {};
}

Result<void> check_field(const Field& field, std::string_view value) {
  const std::string place = "struct field ConfigFile." + std::string(field.name);
  switch (field.type) {
    case Type::text:
      return check_text(value, place);
    case Type::text_list:
      DL_CHECK(check_kind(value, json::Kind::array, place, "[]string"));
      for (const std::string_view element : json::elements(value)) DL_CHECK(check_text(element, place));
      return {};
    case Type::text_map:
      return check_text_map(value, place);
    case Type::text_maps:
      DL_CHECK(check_kind(value, json::Kind::object, place, "map[string]map[string]string"));
      for (const json::Member& member : json::members(value)) DL_CHECK(check_text_map(member.value, place));
      return {};
    case Type::auths:
      return check_records(value, field.name, "AuthConfig", "types.AuthConfig", kAuthFields);
    case Type::proxies:
      return check_records(value, field.name, "ProxyConfig", "configfile.ProxyConfig", kProxyFields);
  }
  return {};
}

}  // namespace

Result<void> check_kind(std::string_view value, json::Kind kind, std::string_view place, std::string_view type) {
  const json::Kind actual = json::kind(value);
  if (actual == kind || actual == json::Kind::null) return {};
  return error("json: cannot unmarshal " + std::string(json::kind_word(actual)) + " into Go " + std::string(place) +
               " of type " + std::string(type));
}

Result<void> check_config_types(std::string_view document) {
  DL_CHECK(check_kind(document, json::Kind::object, "value", "configfile.ConfigFile"));
  for (const json::Member& member : json::members(document))
    for (const Field& field : kFields)
      if (util::equal_fold(member.key, field.name)) {
        DL_CHECK(check_field(field, member.value));
        break;
      }
  return {};
}

}  // namespace dockerlite::config
