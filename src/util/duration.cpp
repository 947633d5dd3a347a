#include "dockerlite/util/duration.hpp"

#include <array>
#include <limits>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::util {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};
constexpr std::array<Unit, 8> kUnits{{{"ns", 1},
                                      {"us", 1000},
                                      {"\xC2\xB5s", 1000},
                                      {"\xCE\xBCs", 1000},
                                      {"ms", 1'000'000},
                                      {"s", 1'000'000'000},
                                      {"m", 60'000'000'000},
                                      {"h", 3'600'000'000'000}}};

/// A quoted text as the package time of Go writes it: bytes that are not printable ASCII in hexadecimal.
std::string quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || byte < 0x20) {
      out.append("\\x").append(1, kHex[byte >> 4]).append(1, kHex[byte & 0xF]);
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out += '"';
}

bool digit(char c) { return c >= '0' && c <= '9'; }

/// "1.5s" for 1'500'000'000 with 9 decimals: trailing zeros and an empty fraction go.
std::string with_fraction(std::uint64_t value, unsigned decimals) {
  std::uint64_t scale = 1;
  for (unsigned i = 0; i < decimals; ++i) scale *= 10;
  std::string text = std::to_string(value / scale);
  std::string fraction = std::to_string(scale + value % scale).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (!fraction.empty()) text += "." + fraction;
  return text;
}

}  // namespace

Result<std::int64_t> parse_duration(std::string_view text) {
  const auto invalid = [&] { return error("time: invalid duration " + quoted(text)); };
  std::string_view rest = text;
  bool negative = false;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  if (rest == "0") return std::int64_t{0};
  if (rest.empty()) return invalid();
  constexpr std::uint64_t kLimit = std::uint64_t{1} << 63;
  std::uint64_t total = 0;
  while (!rest.empty()) {
    if (rest[0] != '.' && !digit(rest[0])) return invalid();
    std::uint64_t whole = 0;
    bool digits = false;
    while (!rest.empty() && digit(rest[0])) {
      digits = true;
      if (whole > kLimit / 10) return invalid();
      whole = whole * 10 + static_cast<std::uint64_t>(rest[0] - '0');
      if (whole > kLimit) return invalid();
      rest.remove_prefix(1);
    }
    std::uint64_t fraction = 0;
    double scale = 1;
    if (!rest.empty() && rest[0] == '.') {
      rest.remove_prefix(1);
      bool full = false;
      while (!rest.empty() && digit(rest[0])) {
        digits = true;
        if (!full) {
          if (fraction > (kLimit - 1) / 10) {
            full = true;
          } else {
            fraction = fraction * 10 + static_cast<std::uint64_t>(rest[0] - '0');
            scale *= 10;
          }
        }
        rest.remove_prefix(1);
      }
    }
    if (!digits) return invalid();
    std::size_t length = 0;
    while (length < rest.size() && rest[length] != '.' && !digit(rest[length])) ++length;
    if (length == 0) return error("time: missing unit in duration " + quoted(text));
    const std::string_view name = rest.substr(0, length);
    rest.remove_prefix(length);
    std::uint64_t unit = 0;
    for (const auto& known : kUnits)
      if (known.name == name) unit = known.nanoseconds;
    if (unit == 0) return error("time: unknown unit " + quoted(name) + " in duration " + quoted(text));
    if (whole > kLimit / unit) return invalid();
    std::uint64_t value = whole * unit;
    if (fraction > 0)
      value += static_cast<std::uint64_t>(static_cast<double>(fraction) * (static_cast<double>(unit) / scale));
    if (value > kLimit || total + value > kLimit) return invalid();
    total += value;
  }
  if (negative) return static_cast<std::int64_t>(0 - total);
  if (total > kLimit - 1) return invalid();
  return static_cast<std::int64_t>(total);
}

std::string format_duration(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return "0s";
  const std::uint64_t value =
      nanoseconds < 0 ? 0 - static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
  const std::string sign = nanoseconds < 0 ? "-" : "";
  if (value < 1000) return sign + std::to_string(value) + "ns";
  if (value < 1'000'000) return sign + with_fraction(value, 3) + "\xC2\xB5s";
  if (value < 1'000'000'000) return sign + with_fraction(value, 6) + "ms";
  const std::uint64_t minutes = value / 60'000'000'000;
  std::string out = sign;
  if (minutes >= 60) out += std::to_string(minutes / 60) + "h";
  if (minutes > 0) out += std::to_string(minutes % 60) + "m";
  return out + with_fraction(value % 60'000'000'000, 9) + "s";
}

}  // namespace dockerlite::util
