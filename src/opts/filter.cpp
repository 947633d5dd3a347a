#include "dockerlite/opts/filter.hpp"

#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {

Result<void> FilterOption::set(std::string_view text) {
  if (text.empty()) return {};
  const auto [name, value, found] = util::cut(text, "=");
  if (!found) return error("bad format of filter (expected name=value)");
  add(util::to_lower(util::trim_space(name)), util::trim_space(value));
  return {};
}

}  // namespace dockerlite::opts
