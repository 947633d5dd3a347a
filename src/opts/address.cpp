#include "dockerlite/opts/address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Groups of `digits` hexadecimal digits with `separator` between, `groups` of them.
bool is_hex_groups(std::string_view text, char separator, std::size_t digits, std::size_t groups) {
  if (text.size() != groups * (digits + 1) - 1) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i % (digits + 1) == digits ? text[i] != separator : !is_hex(text[i])) return false;
  return true;
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  // The longest form has 45 characters; inet_pton wants a terminated string.
  char copy[64];
  if (text.size() >= sizeof copy || text.find('\0') != std::string_view::npos) return std::nullopt;
  *std::copy(text.begin(), text.end(), copy) = '\0';

  IpAddress address;
  if (inet_pton(AF_INET6, copy, address.bytes_.data()) == 1) return address;
  if (inet_pton(AF_INET, copy, address.bytes_.data() + kMappedPrefix.size()) != 1) return std::nullopt;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes_.begin());
  return address;
}

bool IpAddress::is_v4() const { return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes_.begin()); }

bool IpAddress::is_loopback() const {
  if (is_v4()) return bytes_[12] == 127;
  return std::all_of(bytes_.begin(), bytes_.end() - 1, [](auto byte) { return byte == 0; }) && bytes_[15] == 1;
}

std::string IpAddress::text() const {
  if (is_v4()) return fmt::format("{}.{}.{}.{}", bytes_[12], bytes_[13], bytes_[14], bytes_[15]);

  const auto group = [this](int i) { return bytes_[2 * i] << 8 | bytes_[2 * i + 1]; };
  // The longest run of at least two zero groups, the first of equals, becomes "::".
  int zeros_begin = 8, zeros_end = 8;
  for (int i = 0; i < 8; ++i) {
    int j = i;
    while (j < 8 && group(j) == 0) ++j;
    if (j - i > std::max(1, zeros_end - zeros_begin)) {
      zeros_begin = i;
      zeros_end = j;
    }
    i = std::max(i, j - 1);
  }
  std::string out;
  for (int i = 0; i < 8; ++i) {
    if (i == zeros_begin) {
      out += "::";
      i = zeros_end;
      if (i == 8) break;
    } else if (i > 0) {
      out += ':';
    }
    fmt::format_to(std::back_inserter(out), "{:x}", group(i));
  }
  return out;
}

bool is_mac_address(std::string_view text) {
  text = util::trim_space(text);
  for (const std::size_t bytes : {6, 8, 20})
    if (is_hex_groups(text, ':', 2, bytes) || is_hex_groups(text, '-', 2, bytes) ||
        is_hex_groups(text, '.', 4, bytes / 2))
      return true;
  return false;
}

}  // namespace dockerlite::opts
