#pragma once

#include <string_view>

namespace dockerlite::opts {

// What docker accepts for the namespace options of a container. `--ipc` is the engine's to check.

bool is_valid_pid_mode(std::string_view mode);       ///< "", "host", "container:<name>"
bool is_valid_uts_mode(std::string_view mode);       ///< "", "host"
bool is_valid_userns_mode(std::string_view mode);    ///< "", "host"
bool is_valid_cgroupns_mode(std::string_view mode);  ///< "", "host", "private"

}  // namespace dockerlite::opts
