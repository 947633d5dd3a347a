#include "dockerlite/opts/modes.hpp"

namespace dockerlite::opts {

bool is_valid_pid_mode(std::string_view mode) {
  constexpr std::string_view kContainer = "container:";
  return mode.empty() || mode == "host" || (mode.starts_with(kContainer) && mode.size() > kContainer.size());
}

bool is_valid_uts_mode(std::string_view mode) { return mode.empty() || mode == "host"; }
bool is_valid_userns_mode(std::string_view mode) { return mode.empty() || mode == "host"; }
bool is_valid_cgroupns_mode(std::string_view mode) { return mode.empty() || mode == "host" || mode == "private"; }

}  // namespace dockerlite::opts
