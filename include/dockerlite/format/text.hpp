#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dockerlite::format {

/// At most `width` terminal columns of a text; what does not fit is replaced by "…". As docker counts them: East Asian
/// wide and fullwidth characters take two columns, everything else (combining marks too) takes one.
std::string ellipsis(std::string_view text, std::size_t width);

/// An ID as lists show it: without "sha256:", 12 characters.
std::string_view short_id(std::string_view id);

/// Seconds since 1970 in the local time zone as Go prints a time: "2006-01-02 15:04:05 +0100 CET".
std::string local_time(std::int64_t seconds);

/// The same in RFC 3339: "2006-01-02T15:04:05+01:00", with "Z" for UTC.
std::string local_time_rfc3339(std::int64_t seconds);

}  // namespace dockerlite::format
