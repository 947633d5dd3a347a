#include "dockerlite/format/text.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::format {
namespace {

std::string formatted(std::int64_t seconds, const char* pattern) {
  const std::time_t time = seconds;
  std::tm local{};
  if (::localtime_r(&time, &local) == nullptr) return {};
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), pattern, &local)};
}

/// Columns of the one character that `bytes` encodes.
std::size_t columns(std::string_view bytes) { return std::max<std::size_t>(util::display_width(bytes), 1); }

}  // namespace

std::string ellipsis(std::string_view text, std::size_t width) {
  if (width == 0) return {};
  if (text.size() <= width && width > 1) return std::string(text);  // no character has more columns than bytes
  std::size_t used = 0;                                             // columns up to `position`
  std::size_t end = 0;                                              // bytes that leave room for the ellipsis
  std::size_t position = 0;
  while (position < text.size()) {
    const std::size_t start = position;
    util::decode_utf8(text, position);
    if (width == 1) return std::string(text.substr(0, position));
    used += columns(text.substr(start, position - start));
    if (used <= width - 1) end = position;
    if (used > width) return std::string(text.substr(0, end)).append("…");
  }
  return std::string(text);
}

std::string_view short_id(std::string_view id) {
  if (const auto colon = id.find(':'); colon != std::string_view::npos) id.remove_prefix(colon + 1);
  return id.substr(0, 12);
}

std::string local_time(std::int64_t seconds) { return formatted(seconds, "%04Y-%m-%d %H:%M:%S %z %Z"); }

std::string local_time_rfc3339(std::int64_t seconds) {
  std::string text = formatted(seconds, "%04Y-%m-%dT%H:%M:%S%z");
  if (text.ends_with("+0000")) {
    text.replace(text.size() - 5, 5, "Z");
  } else if (text.size() > 2) {
    text.insert(text.size() - 2, ":");
  }
  return text;
}

}  // namespace dockerlite::format
