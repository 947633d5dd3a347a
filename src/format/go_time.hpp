#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dockerlite/format/value.hpp"

namespace dockerlite::format {

/// A point in time with the offset that it was written with.
struct GoTime {
  std::int64_t seconds = -62135596800;  ///< since 1970; the default is Go's zero time, the year 1
  int nanoseconds = 0;
  int offset = 0;  ///< seconds east of UTC
  std::string zone = "UTC";
};

/// RFC 3339, with a fraction of any length.
std::optional<GoTime> parse_rfc3339(std::string_view text);
/// Go's Time.Format: the layout shows how Mon Jan 2 15:04:05 MST 2006 is to look.
std::string format_time(const GoTime& time, std::string_view layout);

/// time.Time and time.Duration as template values.
extern const Type kTimeType;
extern const Type kDurationType;
/// Nothing if the text is no RFC 3339 time. Empty text is the zero time.
std::optional<Value> time_value(std::string_view text);

}  // namespace dockerlite::format
