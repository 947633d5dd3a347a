#include "dockerlite/opts/lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dockerlite/opts/address.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }

/// Takes `c` off the front of `text`, if it is there.
bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

/// Takes one label of a domain name: letters, digits and inner hyphens.
bool take_label(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == '-'; });
  const auto label = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  text.remove_prefix(label.size());
  return true;
}

/// The domain in `text` without its trailing dot and white space, or nothing. Docker's pattern also lets single colons
/// stand around the dots.
std::string_view match_domain(std::string_view text) {
  auto rest = text;
  take(rest, ':');
  take(rest, ':');
  if (!take_label(rest)) return {};
  auto after_labels = rest;
  while (true) {
    take(rest, ':');
    if (!take(rest, '.')) break;
    take(rest, ':');
    if (!take_label(rest)) break;
    after_labels = rest;
  }
  const auto domain = text.substr(0, text.size() - after_labels.size());
  take(after_labels, '.');
  return after_labels.find_first_not_of("\t\n\f\r ") == std::string_view::npos ? domain : std::string_view{};
}

/// A number or "*" in a device rule.
bool take_device_number(std::string_view& text) {
  if (take(text, '*')) return true;
  const auto before = text.size();
  while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
  return text.size() < before;
}

}  // namespace

Result<std::string> validate_attach(std::string_view text) {
  auto lower = util::to_lower(text);
  if (lower == "stdin" || lower == "stdout" || lower == "stderr") return lower;
  return error("valid streams are STDIN, STDOUT and STDERR");
}

Result<std::string> validate_dns_server(std::string_view text) {
  const auto address = IpAddress::parse(util::trim_space(text));
  if (!address) return error(fmt::format("IP address is not correctly formatted: {}", text));
  return address->text();
}

Result<std::string> validate_dns_search(std::string_view text) {
  text = util::trim(text, " ");
  if (text == ".") return std::string(text);
  const auto domain = match_domain(text);
  if (std::none_of(text.begin(), text.end(), is_letter) || domain.empty() || domain.size() >= 255)
    return error(fmt::format("{} is not a valid domain", text));
  return std::string(domain);
}

Result<std::string> validate_extra_host(std::string_view text) {
  // Only the first colon separates: the address may be IPv6.
  const auto [name, value, found] = util::cut(text, util::contains(text, "=") ? "=" : ":");
  auto address = value;
  if (!found || name.empty() || util::contains(name, ":"))
    return error(fmt::format("bad format for add-host: {}", util::go_quote(text)));
  if (address != "host-gateway") {
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
      address = address.substr(1, address.size() - 2);
    if (!IpAddress::parse(util::trim_space(address)))
      return error(fmt::format("invalid IP address in add-host: {}", util::go_quote(address)));
  }
  return fmt::format("{}:{}", name, address);
}

Result<std::string> validate_link(std::string_view text) {
  if (text.empty()) return error("empty string specified for links");
  if (std::count(text.begin(), text.end(), ':') > 1) return error(fmt::format("bad format for links: {}", text));
  return std::string(text);
}

Result<std::string> validate_label(std::string_view text) {
  const auto key = util::trim_left(util::cut(text, "=").before, " \t");
  if (key.empty()) return error(fmt::format("invalid label '{}': empty name", text));
  if (key.find_first_of(" \t") != std::string_view::npos)
    return error(fmt::format("label '{}' contains whitespaces", key));
  return std::string(text);
}

Result<std::string> validate_env(std::string_view text) {
  if (util::cut(text, "=").before.empty()) return error(fmt::format("invalid environment variable: {}", text));
  return std::string(text);
}

Result<std::string> validate_device_cgroup_rule(std::string_view text) {
  auto rest = text;
  const bool type = take(rest, 'a') || take(rest, 'c') || take(rest, 'b');
  const bool valid = type && take(rest, ' ') && take_device_number(rest) && take(rest, ':') &&
                     take_device_number(rest) && take(rest, ' ') && !rest.empty() && rest.size() <= 3 &&
                     rest.find_first_not_of("rwm") == std::string_view::npos;
  if (!valid) return error(fmt::format("invalid device cgroup format '{}'", text));
  return std::string(text);
}

Result<std::string> validate_sysctl(std::string_view text) {
  constexpr std::array<std::string_view, 8> kNamespaced = {"kernel.msgmax", "kernel.msgmnb",         "kernel.msgmni",
                                                           "kernel.sem",    "kernel.shmall",         "kernel.shmmax",
                                                           "kernel.shmmni", "kernel.shm_rmid_forced"};
  const auto [name, value, found] = util::cut(text, "=");
  const bool allowed = found && (name.starts_with("net.") || name.starts_with("fs.mqueue.") ||
                                 std::find(kNamespaced.begin(), kNamespaced.end(), name) != kNamespaced.end());
  if (!allowed) return error(fmt::format("sysctl '{}' is not allowed", text));
  return std::string(text);
}

Result<void> MapOption::set(std::string_view text) {
  const auto [key, value, found] = util::cut(text, "=");
  values[std::string(key)] = value;
  return {};
}

Result<void> SysctlOption::set(std::string_view text) {
  DL_CHECK(validate_sysctl(text));
  const auto [key, value, found] = util::cut(text, "=");
  values[std::string(key)] = value;
  return {};
}

StringMap key_values_to_map(const std::vector<std::string>& values) {
  StringMap map;
  for (const auto& text : values) {
    const auto [key, value, found] = util::cut(text, "=");
    map[std::string(key)] = value;
  }
  return map;
}

}  // namespace dockerlite::opts
