// Numbers as Go's strconv reads them.
#include <cctype>
#include <charconv>
#include <optional>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::util {
namespace {

Error number_error(std::string_view function, std::string_view text, std::string_view cause) {
  return error("strconv." + std::string(function) + ": parsing " + go_quote(text) + ": " + std::string(cause));
}

constexpr std::string_view kSyntax = "invalid syntax";
constexpr std::string_view kRange = "value out of range";

struct Digits {
  std::uint64_t value = 0;
  std::string_view problem{};  ///< kSyntax or kRange; "" if there is none
};

/// Digits with Go's base prefixes and underscores. As in Go, what stands behind a number that has grown above `maximum`
/// is not looked at.
Digits parse_digits(std::string_view digits, int base, std::uint64_t maximum) {
  constexpr Digits kBad{0, kSyntax};
  const bool auto_base = base == 0;
  bool prefixed = false;
  if (auto_base) {
    base = 10;
    if (digits.size() > 1 && digits[0] == '0') {
      const char kind = static_cast<char>(digits[1] | 0x20);
      if (digits.size() > 2 && (kind == 'x' || kind == 'o' || kind == 'b')) {
        base = kind == 'x' ? 16 : kind == 'o' ? 8 : 2;
        digits.remove_prefix(2);
      } else {
        base = 8;
        digits.remove_prefix(1);
      }
      prefixed = true;
    }
  }
  if (digits.empty()) return kBad;
  std::uint64_t value = 0;
  bool last_underscore = false;
  bool first = true;
  for (const char c : digits) {
    if (c == '_' && auto_base) {
      if (last_underscore || (first && !prefixed)) return kBad;
      last_underscore = true;
      first = false;
      continue;
    }
    last_underscore = false;
    first = false;
    int digit = 99;
    if (c >= '0' && c <= '9')
      digit = c - '0';
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
      digit = (c | 0x20) - 'a' + 10;
    if (digit >= base) return kBad;
    if (__builtin_mul_overflow(value, static_cast<std::uint64_t>(base), &value) ||
        __builtin_add_overflow(value, static_cast<std::uint64_t>(digit), &value) || value > maximum)
      return {0, kRange};
  }
  if (last_underscore) return kBad;
  return {value};
}

/// The text without the underscores that Go lets stand between digits; nothing if one stands elsewhere.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto is_digit = [&](std::size_t at) {
      return at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at]));
    };
    if (text[i] != '_')
      plain += text[i];
    else if (i == 0 || !(is_digit(i - 1) || (text[i - 1] | 0x20) == 'x') || !is_digit(i + 1))
      return std::nullopt;
  }
  return plain;
}

constexpr std::uint64_t largest(int bits) { return ~std::uint64_t{0} >> (64 - bits); }

Result<std::int64_t> parse_signed(std::string_view function, std::string_view text, int base, int bits) {
  std::string_view digits = text;
  bool negative = false;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) {
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  const Digits read = parse_digits(digits, base, largest(bits));
  if (!read.problem.empty()) return number_error(function, text, read.problem);
  const std::uint64_t limit = largest(bits - 1) + (negative ? 1 : 0);
  if (read.value > limit) return number_error(function, text, kRange);
  return negative ? static_cast<std::int64_t>(0 - read.value) : static_cast<std::int64_t>(read.value);
}

}  // namespace

Result<std::int64_t> parse_int(std::string_view text, int base, int bits) {
  return parse_signed("ParseInt", text, base, bits);
}

Result<int> atoi(std::string_view text) {
  DL_TRY(const auto value, parse_signed("Atoi", text, 10, 64));
  return static_cast<int>(value);
}

Result<std::uint64_t> parse_uint(std::string_view text, int base, int bits) {
  const Digits read = parse_digits(text, base, largest(bits));
  if (!read.problem.empty()) return number_error("ParseUint", text, read.problem);
  return read.value;
}

Result<bool> parse_bool(std::string_view text) {
  for (const std::string_view word : {"1", "t", "T", "TRUE", "true", "True"})
    if (text == word) return true;
  for (const std::string_view word : {"0", "f", "F", "FALSE", "false", "False"})
    if (text == word) return false;
  return number_error("ParseBool", text, kSyntax);
}

Result<double> parse_float(std::string_view text) {
  const auto plain = without_underscores(text);
  if (!plain) return number_error("ParseFloat", text, kSyntax);
  std::string_view digits = *plain;
  if (!digits.empty() && digits[0] == '+') digits.remove_prefix(1);
  const bool signed_twice = digits.size() != plain->size() && !digits.empty() && digits[0] == '-';
  std::string_view magnitude = digits;
  if (!magnitude.empty() && magnitude[0] == '-') magnitude.remove_prefix(1);
  double value = 0;
  std::from_chars_result result{};
  if (magnitude.size() > 2 && magnitude[0] == '0' && (magnitude[1] | 0x20) == 'x') {
    // Unlike C's, Go's hexadecimal floats always have an exponent.
    if (magnitude.find_first_of("pP") == std::string_view::npos) return number_error("ParseFloat", text, kSyntax);
    result = std::from_chars(magnitude.data() + 2, magnitude.data() + magnitude.size(), value, std::chars_format::hex);
    if (digits[0] == '-') value = -value;
  } else {
    result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  }
  if (signed_twice || digits.empty() || result.ec == std::errc::invalid_argument ||
      result.ptr != digits.data() + digits.size())
    return number_error("ParseFloat", text, kSyntax);
  if (result.ec == std::errc::result_out_of_range) return number_error("ParseFloat", text, kRange);
  return value;
}

}  // namespace dockerlite::util
