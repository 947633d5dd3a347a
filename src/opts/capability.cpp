#include "dockerlite/opts/capability.hpp"

#include <set>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {

std::vector<std::string> normalize_capabilities(const std::vector<std::string>& names) {
  std::set<std::string> unique;
  for (const auto& name : names) {
    auto upper = util::to_upper(name);
    if (upper != "ALL" && !upper.starts_with("CAP_")) upper.insert(0, "CAP_");
    unique.insert(std::move(upper));
  }
  return {unique.begin(), unique.end()};
}

}  // namespace dockerlite::opts
