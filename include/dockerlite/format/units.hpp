#pragma once

#include <cstdint>
#include <string>

namespace dockerlite::format {

/// A size in decimal units without a blank, as docker prints it: "12.3MB". `precision` is the number of significant
/// digits: 3 in lists of containers and images, 4 for reclaimed space and progress. The text is that of `%.*g`, so that
/// 999999 bytes with precision 3 are "1e+03kB", as in docker.
std::string human_size(double bytes, int precision = 4);

/// A size in binary units ("44KiB", "1.944GiB") with four significant digits, as docker prints memory.
std::string binary_size(double bytes);

/// A rough duration in words ("About a minute", "3 weeks"), as docker puts before " ago".
std::string human_duration(std::int64_t nanoseconds);

}  // namespace dockerlite::format
