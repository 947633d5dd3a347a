#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dockerlite::opts {

/// An IP address as 16 bytes; IPv4 is kept in its IPv4-mapped form.
class IpAddress {
 public:
  /// What Go's net.ParseIP accepts: dotted decimal without leading zeros, or IPv6 without zone and brackets.
  static std::optional<IpAddress> parse(std::string_view text);

  bool is_v4() const;
  bool is_loopback() const;
  /// Go's IP.String(): RFC 5952 for IPv6, dotted decimal for IPv4 and IPv4-mapped.
  std::string text() const;

  bool operator==(const IpAddress&) const = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

/// Whether Go's net.ParseMAC accepts it: 6, 8 or 20 bytes as xx:xx, xx-xx or xxxx.xxxx. Blanks around are ignored.
bool is_mac_address(std::string_view text);

}  // namespace dockerlite::opts
