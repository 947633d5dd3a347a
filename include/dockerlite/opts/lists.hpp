#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

// Checks of one value of a repeatable option. Each gives the value as it is sent, or docker's error cause.

/// "valid streams are STDIN, STDOUT and STDERR"; lower-cased.
Result<std::string> validate_attach(std::string_view text);
/// "IP address is not correctly formatted: x"; in canonical form.
Result<std::string> validate_dns_server(std::string_view text);
/// "x is not a valid domain"; without a trailing dot; "." alone means no search domain.
Result<std::string> validate_dns_search(std::string_view text);
/// `bad format for add-host: "x"`, `invalid IP address in add-host: "x"`; "name=[::1]" is sent as "name:::1".
Result<std::string> validate_extra_host(std::string_view text);
/// "bad format for links: x", "empty string specified for links".
Result<std::string> validate_link(std::string_view text);
/// "invalid label 'x': empty name", "label 'x' contains whitespaces".
Result<std::string> validate_label(std::string_view text);
/// "invalid environment variable: =x". A bare name is looked up when the request is built, not here.
Result<std::string> validate_env(std::string_view text);
/// "invalid device cgroup format 'x'".
Result<std::string> validate_device_cgroup_rule(std::string_view text);
/// "sysctl 'x' is not allowed": only namespaced ones can be set per container.
Result<std::string> validate_sysctl(std::string_view text);

/// A repeatable option whose values are checked one by one and kept in order.
template <Result<std::string> (*Validate)(std::string_view)>
struct CheckedList {
  static constexpr std::string_view kTypeWord = "list";
  std::vector<std::string> values;

  Result<void> set(std::string_view text) {
    DL_TRY(auto value, Validate(text));
    values.push_back(std::move(value));
    return {};
  }
  bool empty() const { return values.empty(); }
  bool operator==(const CheckedList&) const = default;
};

using AttachList = CheckedList<validate_attach>;
using DnsServerList = CheckedList<validate_dns_server>;
using DnsSearchList = CheckedList<validate_dns_search>;
using ExtraHostList = CheckedList<validate_extra_host>;
using LinkList = CheckedList<validate_link>;
using LabelList = CheckedList<validate_label>;
using EnvList = CheckedList<validate_env>;
using DeviceCgroupRuleList = CheckedList<validate_device_cgroup_rule>;

using StringMap = std::map<std::string, std::string>;

/// `key=value` options that are sent as a map; a key without "=" has an empty value, the last value of a key wins.
struct MapOption {
  static constexpr std::string_view kTypeWord = "map";
  StringMap values;
  Result<void> set(std::string_view text);
  bool operator==(const MapOption&) const = default;
};

/// `--sysctl`.
struct SysctlOption {
  static constexpr std::string_view kTypeWord = "map";
  StringMap values;
  Result<void> set(std::string_view text);
  bool operator==(const SysctlOption&) const = default;
};

/// Docker's ConvertKVStringsToMap: "key=value" strings to a map.
StringMap key_values_to_map(const std::vector<std::string>& values);

}  // namespace dockerlite::opts
