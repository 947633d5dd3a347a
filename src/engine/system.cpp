#include "dockerlite/engine/system.hpp"

#include <algorithm>
#include <array>

#include "decode.hpp"
#include "dockerlite/util/strings.hpp"
#include "typed_value.hpp"

namespace dockerlite::engine {
namespace {

using format::Value;

/// What an answer says, or why it does not say it, in docker's words after `prefix`.
Result<Value> decode(std::string_view body, const format::Type& type, std::string_view prefix) {
  const auto document = Value::from_json(body);
  Result<Value> value = document ? typed_value(*document, type) : decode_error(body);
  if (!value) value.error().message.insert(0, prefix);
  return value;
}

/// A copy of a structure with one field replaced.
Value with_field(const Value& structure, std::string_view name, Value value) {
  std::vector<Value> fields(structure.fields().begin(), structure.fields().end());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (structure.type().fields[i].name != name) continue;
    fields[i] = std::move(value);
    break;
  }
  return Value::structure(std::move(fields), structure.type());
}

const std::string& text_of(const Value& structure, std::string_view name) { return structure.field(name)->as_string(); }

Value string_map(std::vector<Value::Entry> entries) {
  return Value::map(std::move(entries), format::types::string_map);
}

/// The component that older engines do not list, from what they say of themselves.
Value engine_component(const Value& version, const format::Type& type) {
  std::vector<Value::Entry> details;
  for (const auto& [key, field] : {std::pair{"ApiVersion", "APIVersion"},
                                   {"MinAPIVersion", "MinAPIVersion"},
                                   {"GitCommit", "GitCommit"},
                                   {"GoVersion", "GoVersion"},
                                   {"Os", "Os"},
                                   {"Arch", "Arch"}})
    details.emplace_back(key, Value::string(text_of(version, field)));
  details.emplace_back("BuildTime", Value::string(reformat_date(text_of(version, "BuildTime"))));
  details.emplace_back("Experimental", Value::string(version.field("Experimental")->as_bool() ? "true" : "false"));
  return Value::structure(
      {Value::string("Engine"), Value::string(text_of(version, "Version")), string_map(std::move(details))}, type);
}

Value with_readable_build_time(const Value& component) {
  const Value* details = component.field("Details");
  if (details->is_nil() || details->find("BuildTime") == nullptr) return component;
  std::vector<Value::Entry> entries(details->entries().begin(), details->entries().end());
  for (auto& [key, value] : entries)
    if (key == "BuildTime") value = Value::string(reformat_date(value.as_string()));
  return with_field(component, "Details", string_map(std::move(entries)));
}

}  // namespace

std::string reformat_date(std::string_view text) {
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < kForm.size() + 1) return std::string(text);
  for (std::size_t i = 0; i < kForm.size(); ++i)
    if (kForm[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != kForm[i]) return std::string(text);
  std::string_view zone = text.substr(kForm.size());
  if (zone.starts_with('.')) zone = zone.substr(std::min(zone.find_first_not_of("0123456789", 1), zone.size()));
  if (zone != "Z" && (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':'))
    return std::string(text);
  const auto number = [&](std::size_t at, std::size_t size) {
    return static_cast<int>(util::parse_uint(text.substr(at, size)).value());
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::string(text);
  // Sakamoto's day of the week.
  constexpr std::array<int, 12> kOffsets{0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  const int y = month < 3 ? year - 1 : year;
  const int weekday = (y + y / 4 - y / 100 + y / 400 + kOffsets[static_cast<std::size_t>(month - 1)] + day) % 7;
  std::string result = kDays[static_cast<std::size_t>(weekday)];
  result += ' ';
  result += kMonths[static_cast<std::size_t>(month - 1)];
  result += day < 10 ? "  " : " ";
  result += std::to_string(day);
  result += ' ';
  result += text.substr(11, 8);
  result += ' ';
  result += text.substr(0, 4);
  return result;
}

Result<Value> system_info(Client& client) {
  DL_TRY(const std::string body, client.call({.method = transport::Method::get, .path = "/info"}));
  return decode(body, kSystemInfo, "Error reading remote info: ");
}

Value no_system_info() { return zero_value(kSystemInfo); }

Result<Value> server_version(Client& client) {
  DL_TRY(const std::string body, client.call({.method = transport::Method::get, .path = "/version"}));
  DL_TRY(const Value version, decode(body, kServerVersion, ""));
  const Value& listed = *version.field("Components");
  std::vector<Value> components;
  bool found = false;
  for (const Value& component : listed.elements()) {
    const bool is_engine = text_of(component, "Name") == "Engine";
    found = found || is_engine;
    components.push_back(is_engine ? with_readable_build_time(component) : component);
  }
  if (!found) components.push_back(engine_component(version, *listed.type().element));
  return with_field(version, "Components", Value::slice(std::move(components), listed.type()));
}

}  // namespace dockerlite::engine
