#include "dockerlite/opts/network.hpp"

#include <fmt/format.h>

#include "dockerlite/util/csv.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/// Docker takes the long form as soon as there is a "=" between two word characters anywhere.
bool is_long_form(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i)
    if (text[i] == '=' && is_word(text[i - 1]) && is_word(text[i + 1])) return true;
  return false;
}

Result<void> set_field(NetworkAttachment& attachment, std::string_view key, std::string_view value) {
  if (key == "name") {
    attachment.target = value;
  } else if (key == "alias") {
    attachment.aliases.emplace_back(value);
  } else if (key == "ip") {
    attachment.ipv4 = value;
  } else if (key == "ip6") {
    attachment.ipv6 = value;
  } else if (key == "mac-address") {
    attachment.mac_address = value;
  } else if (key == "link-local-ip") {
    attachment.link_local_ips.emplace_back(value);
  } else if (key == "driver-opt") {
    const auto [name, option, found] = util::cut(value, "=");
    if (!found || name.empty()) return error("invalid key value pair format in driver options");
    attachment.driver_options[std::string(util::trim_space(name))] = util::trim_space(option);
  } else if (key == "gw-priority") {
    const auto priority = util::parse_int(value);
    if (!priority) {
      const auto& text = priority.error().message;
      return error(fmt::format("invalid gw-priority ({}): {}", value, text.substr(text.rfind(": ") + 2)));
    }
    attachment.gateway_priority = *priority;
  } else {
    return error(fmt::format("invalid field key {}", key));
  }
  return {};
}

}  // namespace

Result<void> NetworkOption::set(std::string_view text) {
  NetworkAttachment attachment;
  if (is_long_form(text)) {
    DL_TRY(const auto fields, util::read_csv_record(text));
    for (const auto& field : fields) {
      const auto lower = util::to_lower(field);
      const auto [key, value, found] = util::cut(lower, "=");
      if (!found || key.empty()) return error(fmt::format("invalid field {}", field));
      DL_CHECK(set_field(attachment, util::trim_space(key), util::trim_space(value)));
    }
    if (attachment.target.empty()) return error("network name/id is not specified");
  } else {
    attachment.target = text;
  }
  values.push_back(std::move(attachment));
  return {};
}

bool is_user_defined_network(std::string_view mode) {
  return mode != "default" && mode != "bridge" && mode != "host" && mode != "none" && !mode.starts_with("container:");
}

std::string network_name(std::string_view mode) {
  return std::string(mode.starts_with("container:") ? "container" : mode);
}

}  // namespace dockerlite::opts
