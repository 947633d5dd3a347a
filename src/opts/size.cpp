#include "dockerlite/opts/size.hpp"

#include <fmt/format.h>

#include <limits>
#include <numeric>
#include <optional>

#include "dockerlite/util/duration.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

constexpr double kTwoToThe63 = 9223372036854775808.0;

/// Go's conversion on amd64: what does not fit becomes INT64_MIN.
std::int64_t to_int64(double value) {
  if (!(value >= -kTwoToThe63 && value < kTwoToThe63)) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value);
}

/// The number of bytes in a unit letter, 0 if there is no such unit.
std::int64_t unit_bytes(char letter) {
  constexpr std::string_view kUnits = "kmgtp";
  const auto index = kUnits.find(letter);
  return index == std::string_view::npos ? 0 : std::int64_t{1} << (10 * (index + 1));
}

/// Whether `suffix` (lower case, not empty) is a unit, and how many bytes it stands for.
std::optional<std::int64_t> parse_suffix(std::string_view suffix) {
  if (suffix == "b") return 1;
  const auto bytes = unit_bytes(suffix[0]);
  const auto rest = suffix.substr(1);
  if (bytes == 0 || !(rest.empty() || rest == "b" || rest == "ib")) return std::nullopt;
  return bytes;
}

constexpr std::uint64_t kNano = 1'000'000'000;
struct Digits {
  std::uint64_t value = 0;
  int fraction_digits = 0;
};

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

/// Digits of Go's number syntax with its base prefixes and underscores. A point is accepted in decimal numbers if
/// `point`.
std::optional<Digits> read_digits(std::string_view text, bool point) {
  int base = 10;
  bool prefixed = false;
  if (text.size() > 1 && text[0] == '0') {
    const char letter = static_cast<char>(text[1] | 0x20);
    const int known = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (known != 0) {
      base = known;
      text.remove_prefix(2);
      prefixed = true;
    } else if (!point) {
      base = 8;
    }
  }
  Digits result;
  bool any = false, in_fraction = false, underscore_allowed = prefixed;
  for (const char c : text) {
    if (c == '_') {
      if (!underscore_allowed) return std::nullopt;
      underscore_allowed = false;
      continue;
    }
    if (c == '.') {
      if (!point || prefixed || in_fraction || (any && !underscore_allowed)) return std::nullopt;
      in_fraction = true;
      underscore_allowed = false;
      continue;
    }
    const int digit = digit_value(c);
    if (digit >= base) return std::nullopt;
    if (in_fraction) ++result.fraction_digits;
    // More than 64 bits are not read: no count of CPUs comes near it.
    if (__builtin_mul_overflow(result.value, static_cast<unsigned>(base), &result.value) ||
        __builtin_add_overflow(result.value, static_cast<unsigned>(digit), &result.value))
      return std::nullopt;
    any = underscore_allowed = true;
  }
  if (!any || text.back() == '_') return std::nullopt;
  return result;
}

struct Ratio {
  std::uint64_t numerator = 0, denominator = 1;
};

std::optional<Ratio> read_fraction(std::string_view dividend, std::string_view divisor) {
  const auto above = read_digits(dividend, false), below = read_digits(divisor, false);
  if (!above || !below || below->value == 0) return std::nullopt;
  return Ratio{above->value, below->value};
}

std::optional<Ratio> read_decimal(std::string_view text) {
  std::int64_t exponent = 0;
  if (const auto e = text.find_first_of("eE"); e != std::string_view::npos && !text.starts_with("0x")) {
    const auto parsed = util::parse_int(text.substr(e + 1));
    if (!parsed || *parsed > 100 || *parsed < -100) return std::nullopt;
    exponent = *parsed;
    text = text.substr(0, e);
  }
  // Zeros at the end of a fraction say nothing.
  if (util::contains(text, ".") && text.size() > 2) text = util::trim_right(text, "0");
  const auto digits = read_digits(text, true);
  if (!digits) return std::nullopt;
  Ratio ratio{digits->value, 1};
  for (exponent -= digits->fraction_digits; exponent > 0; --exponent)
    if (__builtin_mul_overflow(ratio.numerator, 10U, &ratio.numerator)) return std::nullopt;
  for (; exponent < 0; ++exponent)
    if (__builtin_mul_overflow(ratio.denominator, 10U, &ratio.denominator)) return std::nullopt;
  return ratio;
}

}  // namespace

Result<std::int64_t> parse_ram_bytes(std::string_view text) {
  const auto last = text.find_last_of("0123456789. ");
  if (last == std::string_view::npos) return error(fmt::format("invalid size: '{}'", text));
  const auto number = text.substr(0, text[last] == ' ' ? last : last + 1);
  const auto suffix = text.substr(last + 1);

  DL_TRY(const auto size, util::parse_float(number));
  if (size < 0) return error(fmt::format("invalid size: '{}'", text));
  if (suffix.empty()) return to_int64(size);
  if (suffix.size() > 3) return error(fmt::format("invalid suffix: '{}'", suffix));
  const auto lower = util::to_lower(suffix);
  const auto unit = parse_suffix(lower);
  if (!unit) return error(fmt::format("invalid suffix: '{}'", lower));
  return to_int64(size * static_cast<double>(*unit));
}

Result<std::int64_t> parse_nano_cpus(std::string_view text) {
  const auto refuse = [text] { return error(fmt::format("failed to parse {} as a rational number", text)); };
  auto number = text;
  const bool negative = number.starts_with('-');
  if (negative || number.starts_with('+')) number.remove_prefix(1);

  const auto [dividend, divisor, is_fraction] = util::cut(number, "/");
  const auto ratio = is_fraction ? read_fraction(dividend, divisor) : read_decimal(number);
  if (!ratio) return refuse();
  const auto divider = std::gcd(ratio->numerator, ratio->denominator);
  const auto numerator = ratio->numerator / divider, denominator = ratio->denominator / divider;
  if (denominator == 0 || kNano % denominator != 0) return error("value is too precise");
  const auto scale = kNano / denominator;
  if (numerator > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / scale) return refuse();
  const auto value = static_cast<std::int64_t>(numerator * scale);
  return negative ? -value : value;
}

Result<void> MemoryBytes::set(std::string_view text) {
  DL_TRY(value, parse_ram_bytes(text));
  return {};
}

Result<void> MemorySwapBytes::set(std::string_view text) {
  if (text == "-1") {
    value = -1;
    return {};
  }
  DL_TRY(value, parse_ram_bytes(text));
  return {};
}

Result<void> NanoCpus::set(std::string_view text) {
  DL_TRY(value, parse_nano_cpus(text));
  return {};
}

Result<void> Duration::set(std::string_view text) {
  DL_TRY(value, util::parse_duration(text));
  return {};
}

}  // namespace dockerlite::opts
