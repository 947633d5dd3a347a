#include <algorithm>

#include "dockerlite/cli/command.hpp"

namespace dockerlite::cli {

bool version_less(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const auto left = util::cut(a, "."), right = util::cut(b, ".");
    const auto number = [](std::string_view part) {
      const auto value = util::parse_uint(part);
      return value ? *value : 0;
    };
    const auto x = number(left.before), y = number(right.before);
    if (x != y) return x < y;
    a = left.after;
    b = right.after;
  }
  return false;
}

Result<void> check_gates(const CommandSpec& spec, std::string_view path, const Parsed& parsed,
                         std::string_view api_version, std::string_view os, bool experimental) {
  const std::string engine_version = ", but the Docker daemon API version is " + std::string(api_version);
  if (!spec.since.empty() && version_less(api_version, spec.since))
    return error(std::string(path) + " requires API version " + std::string(spec.since) + engine_version);
  std::vector<const Option*> used = parsed.used;
  std::sort(used.begin(), used.end(), [](const Option* a, const Option* b) { return a->name < b->name; });
  std::vector<std::string> refusals;
  for (const Option* option : used) {
    const std::string flag = "\"--" + std::string(option->name) + "\"";
    if (!option->since.empty() && version_less(api_version, option->since))
      refusals.push_back(flag + " requires API version " + std::string(option->since) + engine_version);
    if (!option->os.empty() && !os.empty() && option->os != os)
      refusals.push_back(flag + " is only supported on a Docker daemon running on " + std::string(option->os) +
                         ", but the Docker daemon is running on " + std::string(os));
    if (option->experimental && !experimental)
      refusals.push_back(flag + " is only supported on a Docker daemon with experimental features enabled");
  }
  if (refusals.empty()) return {};
  return error(util::join(refusals, "\n"));
}

}  // namespace dockerlite::cli
