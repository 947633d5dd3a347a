#pragma once

#include <string>
#include <string_view>

namespace dockerlite::util::log {

enum class Level { debug, info, warning, error, fatal, off };

/// Level that is printed from; `info` until set. Debug lines go through spdlog, which is created on the first one.
void set_level(Level level);
bool debug_enabled();
void debug(std::string_view message);
/// `time="2006-01-02T15:04:05Z" level=error msg="..."` on stderr: the form of docker's own log lines.
void write(Level level, std::string_view message);

}  // namespace dockerlite::util::log
