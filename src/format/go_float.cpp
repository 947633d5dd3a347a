// strconv.FormatFloat: shortest digits from the standard library, laid out by Go's rules.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "format/go_fmt.hpp"

namespace dockerlite::format {
namespace {

constexpr int kMaximumPrecision = 1100;  // every double is exact well before

std::string digits_of(double value, std::chars_format format, int precision) {
  char buffer[1536];
  const auto end = precision < 0 ? std::to_chars(buffer, buffer + sizeof buffer, value, format)
                                 : std::to_chars(buffer, buffer + sizeof buffer, value, format, precision);
  return {buffer, end.ptr};
}

/// Significant digits without a point, and the place of the point: 0.d1d2d3 * 10^point.
struct Decimal {
  std::string digits;
  int point;
};

/// `significant` 0: the shortest digits that read back.
Decimal decimal_of(double value, int significant) {
  if (value == 0) return {std::string(), 0};
  const std::string text = digits_of(value, std::chars_format::scientific, significant == 0 ? -1 : significant - 1);
  const auto e = text.find('e');
  Decimal d;
  for (const char c : text.substr(0, e))
    if (c != '.') d.digits += c;
  while (d.digits.size() > 1 && d.digits.back() == '0') d.digits.pop_back();
  int exponent = 0;
  const char* first = text.data() + e + 1;
  if (*first == '+') ++first;
  std::from_chars(first, text.data() + text.size(), exponent);
  d.point = exponent + 1;
  return d;
}

void append_exponent(std::string& out, char letter, int exponent) {
  out += letter;
  out += exponent < 0 ? '-' : '+';
  exponent = std::abs(exponent);
  if (exponent < 10) out += '0';
  out += std::to_string(exponent);
}

std::string fixed(double value, int precision) { return digits_of(value, std::chars_format::fixed, precision); }

std::string scientific(double value, char letter, int precision) {
  std::string text = digits_of(value, std::chars_format::scientific, precision);
  if (letter == 'E') std::replace(text.begin(), text.end(), 'e', 'E');
  return text;
}

std::string general(double value, char letter, int precision) {
  const bool shortest = precision < 0;
  if (precision == 0) precision = 1;
  const Decimal d = decimal_of(value, shortest ? 0 : precision);
  const int count = static_cast<int>(d.digits.size());
  int limit = precision;
  if (limit > count && count >= d.point) limit = count;
  // %e is used for exponents below -4 or from the precision on; 6 stands for the shortest one.
  if (shortest) limit = 6;
  const int exponent = d.point - 1;
  std::string out;
  if (exponent < -4 || exponent >= limit) {
    out = d.digits.empty() ? "0" : d.digits.substr(0, 1);
    if (count > 1) out += "." + d.digits.substr(1);
    append_exponent(out, static_cast<char>(letter - 2), exponent);
    return out;
  }
  if (d.point <= 0) {
    out = count == 0 ? "0" : "0." + std::string(static_cast<std::size_t>(-d.point), '0') + d.digits;
    return out;
  }
  out = d.digits.substr(0, static_cast<std::size_t>(std::min(count, d.point)));
  out.append(static_cast<std::size_t>(std::max(0, d.point - count)), '0');
  if (count > d.point) out += "." + d.digits.substr(static_cast<std::size_t>(d.point));
  return out;
}

/// %x: a hexadecimal mantissa with a leading 1 and a binary exponent of at least two digits.
std::string hexadecimal(double value, char letter, int precision) {
  if (value == 0) {
    std::string zero = letter == 'x' ? "0x0" : "0X0";
    if (precision > 0) zero += "." + std::string(static_cast<std::size_t>(precision), '0');
    append_exponent(zero, letter == 'x' ? 'p' : 'P', 0);
    return zero;
  }
  std::string text = digits_of(value, std::chars_format::hex, precision);
  const auto p = text.find('p');
  std::string mantissa = text.substr(0, p);
  int exponent = 0;
  const char* first = text.data() + p + 1;
  if (*first == '+') ++first;
  std::from_chars(first, text.data() + text.size(), exponent);
  if (letter == 'X')
    std::transform(mantissa.begin(), mantissa.end(), mantissa.begin(),
                   [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
  std::string out = (letter == 'x' ? "0x" : "0X") + mantissa;
  append_exponent(out, letter == 'x' ? 'p' : 'P', exponent);
  return out;
}

std::string binary(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  int exponent = static_cast<int>(bits >> 52 & 0x7FF);
  if (exponent == 0)
    exponent = 1;
  else
    mantissa |= std::uint64_t{1} << 52;
  exponent -= 1075;
  return std::to_string(mantissa) + "p" + (exponent < 0 ? "" : "+") + std::to_string(exponent);
}

}  // namespace

std::string format_float(double value, char format, int precision) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Inf" : "+Inf";
  const int extra = std::max(0, precision - kMaximumPrecision);
  precision = std::min(precision, kMaximumPrecision);
  std::string out = std::signbit(value) ? "-" : "";
  const double magnitude = std::fabs(value);
  std::string text;
  switch (format) {
    case 'b':
      text = binary(magnitude);
      break;
    case 'x':
    case 'X':
      text = hexadecimal(magnitude, format, precision);
      break;
    case 'e':
    case 'E':
      text = scientific(magnitude, format, precision);
      break;
    case 'f':
    case 'F':
      text = fixed(magnitude, precision);
      break;
    default:
      text = general(magnitude, format, precision);
  }
  if (extra > 0 && format != 'g' && format != 'G' && format != 'b') {
    const auto at = text.find_first_of("eEpP");
    text.insert(at == std::string::npos || format == 'f' || format == 'F' ? text.size() : at,
                static_cast<std::size_t>(extra), '0');
  }
  return out + text;
}

}  // namespace dockerlite::format
