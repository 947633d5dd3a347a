#include "dockerlite/format/units.hpp"

#include <array>
#include <cstdio>
#include <string_view>

namespace dockerlite::format {
namespace {

using Units = std::array<std::string_view, 9>;
constexpr Units kDecimal{"B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
constexpr Units kBinary{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"};

std::string scaled(double size, double base, int precision, const Units& units) {
  std::size_t unit = 0;
  while (size >= base && unit + 1 < units.size()) {
    size /= base;
    ++unit;
  }
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.*g", precision, size);
  std::string result(text.data(), static_cast<std::size_t>(length));
  result.append(units[unit]);
  return result;
}

std::string counted(std::int64_t count, std::string_view unit) { return std::to_string(count).append(unit); }

}  // namespace

std::string human_size(double bytes, int precision) { return scaled(bytes, 1000.0, precision, kDecimal); }

std::string binary_size(double bytes) { return scaled(bytes, 1024.0, 4, kBinary); }

std::string human_duration(std::int64_t nanoseconds) {
  const std::int64_t seconds = nanoseconds / 1'000'000'000;
  if (seconds < 1) return "Less than a second";
  if (seconds == 1) return "1 second";
  if (seconds < 60) return counted(seconds, " seconds");
  const std::int64_t minutes = seconds / 60;
  if (minutes == 1) return "About a minute";
  if (minutes < 60) return counted(minutes, " minutes");
  // Hours are rounded to the nearest, except in the years.
  const std::int64_t hours = (seconds + 1800) / 3600;
  if (hours == 1) return "About an hour";
  if (hours < 48) return counted(hours, " hours");
  if (hours < 24 * 7 * 2) return counted(hours / 24, " days");
  if (hours < 24 * 30 * 2) return counted(hours / 24 / 7, " weeks");
  if (hours < 24 * 365 * 2) return counted(hours / 24 / 30, " months");
  return counted(seconds / 3600 / 24 / 365, " years");
}

}  // namespace dockerlite::format
