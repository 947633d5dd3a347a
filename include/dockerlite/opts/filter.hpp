#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

/// Filters as the engine takes them: each name with the set of its values.
using Filters = std::map<std::string, std::set<std::string>, std::less<>>;

/// The value of `--filter`, `name=value`, repeatable. The name is lower-cased and both are trimmed, as docker 28 does;
/// an empty value of the option is ignored. Error: "bad format of filter (expected name=value)".
struct FilterOption {
  static constexpr std::string_view kTypeWord = "filter";
  Filters filters;

  Result<void> set(std::string_view text);
  bool empty() const { return filters.empty(); }
  /// Adds a value that did not come from the command line.
  void add(std::string_view name, std::string_view value) { filters[std::string(name)].emplace(value); }

  bool operator==(const FilterOption&) const = default;
};

}  // namespace dockerlite::opts
