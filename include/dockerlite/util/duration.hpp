#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::util {

/// Go's time.ParseDuration; nanoseconds. Errors: `time: missing unit in duration "5"`, `time: invalid duration "x"`,
/// ...
Result<std::int64_t> parse_duration(std::string_view text);
/// Go's Duration.String(): "1h2m3s", "1.5s", "0s".
std::string format_duration(std::int64_t nanoseconds);

}  // namespace dockerlite::util
