#include "dockerlite/util/strings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cwchar>
#include <optional>

namespace dockerlite::util {

std::vector<std::string> split(std::string_view text, char separator) {
  return split_n(text, separator, static_cast<std::size_t>(-1));
}

std::vector<std::string> split_n(std::string_view text, char separator, std::size_t limit) {
  std::vector<std::string> parts;
  if (limit == 0) return parts;
  while (parts.size() + 1 < limit) {
    const auto at = text.find(separator);
    if (at == std::string_view::npos) break;
    parts.emplace_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  parts.emplace_back(text);
  return parts;
}

Cut cut(std::string_view text, std::string_view separator) {
  const auto at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}, false};
  return {text.substr(0, at), text.substr(at + separator.size()), true};
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += separator;
    out += parts[i];
  }
  return out;
}

namespace {

/// unicode.IsSpace.
bool is_unicode_space(char32_t c) {
  switch (c) {
    case '\t':
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case ' ':
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return true;
    default:
      return c >= 0x2000 && c <= 0x200A;
  }
}

/// Start of the code point that ends right before `end`.
std::size_t previous_start(std::string_view text, std::size_t end) {
  std::size_t start = end - 1;
  while (start > 0 && end - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  std::size_t probe = start;
  decode_utf8(text, probe);
  return probe == end ? start : end - 1;
}

}  // namespace

std::string_view trim_space(std::string_view text) {
  while (!text.empty()) {
    std::size_t next = 0;
    if (!is_unicode_space(decode_utf8(text, next))) break;
    text.remove_prefix(next);
  }
  while (!text.empty()) {
    const std::size_t start = previous_start(text, text.size());
    std::size_t probe = start;
    if (!is_unicode_space(decode_utf8(text, probe))) break;
    text = text.substr(0, start);
  }
  return text;
}

std::string_view trim_left(std::string_view text, std::string_view characters) {
  const auto at = text.find_first_not_of(characters);
  return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}

std::string_view trim_right(std::string_view text, std::string_view characters) {
  const auto at = text.find_last_not_of(characters);
  return at == std::string_view::npos ? std::string_view{} : text.substr(0, at + 1);
}

std::string_view trim(std::string_view text, std::string_view characters) {
  return trim_left(trim_right(text, characters), characters);
}

namespace {

char32_t lower_rune(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) || (c >= 0x410 && c <= 0x42F))
    return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x100 && c <= 0x17E && c != 0x130 && c != 0x131 && c != 0x138 && c != 0x149 && c != 0x178) {
    const bool odd_is_upper = (c >= 0x139 && c <= 0x148) || c >= 0x179;
    return (((c & 1) != 0) == odd_is_upper) ? c + 1 : c;
  }
  return c;
}

char32_t upper_rune(char32_t c) {
  if (c >= 'a' && c <= 'z') return c - 32;
  if ((c >= 0xE0 && c <= 0xFE && c != 0xF7) || (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) || (c >= 0x430 && c <= 0x44F))
    return c - 32;
  if (c == 0xFF) return 0x178;
  if (c == 0xB5) return 0x39C;
  if (c == 0x3C2) return 0x3A3;
  if (c >= 0x450 && c <= 0x45F) return c - 80;
  if (c >= 0x100 && c <= 0x17E && c != 0x130 && c != 0x131 && c != 0x138 && c != 0x149 && c != 0x178) {
    const bool even_is_lower = (c >= 0x139 && c <= 0x148) || c >= 0x179;
    return (((c & 1) == 0) == even_is_lower) ? c - 1 : c;
  }
  return c;
}

template <class Map>
std::string map_runes(std::string_view text, Map map) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out += static_cast<char>(map(byte));
      ++i;
    } else {
      append_utf8(out, map(decode_utf8(text, i)));
    }
  }
  return out;
}

}  // namespace

std::string to_lower(std::string_view text) { return map_runes(text, lower_rune); }
std::string to_upper(std::string_view text) { return map_runes(text, upper_rune); }

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  std::size_t start = 0;
  for (std::size_t at = text.find(from); at != std::string_view::npos && !from.empty(); at = text.find(from, start)) {
    out.append(text, start, at - start);
    out += to;
    start = at + from.size();
  }
  out.append(text, start, std::string_view::npos);
  return out;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool equal_fold(std::string_view a, std::string_view b) {
  const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return fold(x) == fold(y); });
}

bool is_printable(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA1) || c == 0xAD) return false;
  if (c == 0x1680 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) ||
      c == 0x3000)
    return false;
  if ((c >= 0xD800 && c <= 0xF8FF) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFB) || (c & 0xFFFE) == 0xFFFE)
    return false;
  return c < 0xE0000;
}

namespace {

std::string quote(std::string_view text, bool ascii_only) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  const auto hex = [&](char32_t value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += kHex[(value >> shift) & 0xF];
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    std::size_t next = i;
    const char32_t c = decode_utf8(text, next);
    if (c == 0xFFFD && next == i + 1 && byte >= 0x80) {
      out += "\\x";
      hex(byte, 2);
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c < 0x80 ? (c >= 0x20 && c != 0x7F) : (!ascii_only && is_printable(c))) {
      append_utf8(out, c);
    } else {
      static constexpr std::string_view kNames = "abtnvfr";
      if (c >= 7 && c <= 13) {
        out += '\\';
        out += kNames[c - 7];
      } else if (c < 0x20 || c == 0x7F) {
        out += "\\x";
        hex(c, 2);
      } else if (c < 0x10000) {
        out += "\\u";
        hex(c, 4);
      } else {
        out += "\\U";
        hex(c, 8);
      }
    }
    i = next;
  }
  return out += '"';
}

Error number_error(std::string_view function, std::string_view text, std::string_view cause) {
  return error("strconv." + std::string(function) + ": parsing " + go_quote(text) + ": " + std::string(cause));
}

/// Digits with Go's base prefixes and underscores; nothing if the syntax is wrong. `overflow` is set if it does not
/// fit.
std::optional<std::uint64_t> parse_digits(std::string_view digits, int base, bool& overflow) {
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
  if (digits.empty()) return std::nullopt;
  std::uint64_t value = 0;
  bool last_underscore = false;
  bool first = true;
  for (const char c : digits) {
    if (c == '_' && auto_base) {
      if (last_underscore || (first && !prefixed)) return std::nullopt;
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
    if (digit >= base) return std::nullopt;
    if (__builtin_mul_overflow(value, static_cast<std::uint64_t>(base), &value) ||
        __builtin_add_overflow(value, static_cast<std::uint64_t>(digit), &value))
      overflow = true;
  }
  if (last_underscore) return std::nullopt;
  return value;
}

constexpr std::string_view kSyntax = "invalid syntax";
constexpr std::string_view kRange = "value out of range";

Result<std::int64_t> parse_signed(std::string_view function, std::string_view text, int base, int bits) {
  std::string_view digits = text;
  bool negative = false;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) {
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  bool overflow = false;
  const auto value = parse_digits(digits, base, overflow);
  if (!value) return number_error(function, text, kSyntax);
  const std::uint64_t limit = (std::uint64_t{1} << (bits - 1)) - (negative ? 0 : 1);
  if (overflow || *value > limit) return number_error(function, text, kRange);
  return negative ? static_cast<std::int64_t>(0 - *value) : static_cast<std::int64_t>(*value);
}

}  // namespace

std::string go_quote(std::string_view text) { return quote(text, false); }
std::string go_quote_ascii(std::string_view text) { return quote(text, true); }

Result<std::int64_t> parse_int(std::string_view text, int base, int bits) {
  return parse_signed("ParseInt", text, base, bits);
}

Result<int> atoi(std::string_view text) {
  DL_TRY(const auto value, parse_signed("Atoi", text, 10, 64));
  return static_cast<int>(value);
}

Result<std::uint64_t> parse_uint(std::string_view text, int base, int bits) {
  bool overflow = false;
  const auto value = parse_digits(text, base, overflow);
  if (!value) return number_error("ParseUint", text, kSyntax);
  if (overflow || (bits < 64 && *value >> bits != 0)) return number_error("ParseUint", text, kRange);
  return *value;
}

Result<bool> parse_bool(std::string_view text) {
  for (const std::string_view word : {"1", "t", "T", "TRUE", "true", "True"})
    if (text == word) return true;
  for (const std::string_view word : {"0", "f", "F", "FALSE", "false", "False"})
    if (text == word) return false;
  return number_error("ParseBool", text, kSyntax);
}

Result<double> parse_float(std::string_view text) {
  std::string_view digits = text;
  if (!digits.empty() && digits[0] == '+') digits.remove_prefix(1);
  const bool signed_twice = digits.size() != text.size() && !digits.empty() && digits[0] == '-';
  std::string_view magnitude = digits;
  if (!magnitude.empty() && magnitude[0] == '-') magnitude.remove_prefix(1);
  double value = 0;
  std::from_chars_result result{};
  if (magnitude.size() > 2 && magnitude[0] == '0' && (magnitude[1] | 0x20) == 'x') {
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

namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode64(std::string_view bytes, std::string_view alphabet) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < left ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= left ? alphabet[(group >> (18 - 6 * k)) & 63] : '=';
  }
  return out;
}

}  // namespace

std::string base64_encode(std::string_view bytes) { return encode64(bytes, kBase64); }
std::string base64url_encode(std::string_view bytes) { return encode64(bytes, kBase64Url); }

Result<std::string> base64_decode(std::string_view text) {
  std::string out;
  std::uint32_t group = 0;
  std::size_t count = 0, padding = 0, position = 0;
  for (; position < text.size(); ++position) {
    const char c = text[position];
    if (c == '\r' || c == '\n') continue;
    const auto digit = kBase64.find(c);
    if (c == '=' ? count % 4 < 2 : (digit == std::string_view::npos || padding > 0)) break;
    if (c == '=') ++padding;
    group = group << 6 | (c == '=' ? 0U : static_cast<std::uint32_t>(digit));
    if (++count % 4 == 0) {
      for (std::size_t k = 0; k < 3 - padding; ++k) out += static_cast<char>(group >> (16 - 8 * k) & 0xFF);
      group = 0;
      if (padding > 0) {
        ++position;
        break;
      }
    }
  }
  while (position < text.size() && (text[position] == '\r' || text[position] == '\n')) ++position;
  if (position != text.size() || count % 4 != 0)
    return error("illegal base64 data at input byte " + std::to_string(position));
  return out;
}

namespace {

template <class Keep>
std::string percent_encode(std::string_view text, Keep keep) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_' ||
                       c == '.' || c == '~';
    if (plain || keep(c)) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

}  // namespace

std::string query_escape(std::string_view text) {
  std::string out = percent_encode(text, [](char c) { return c == ' '; });
  std::replace(out.begin(), out.end(), ' ', '+');
  return out;
}

std::string path_escape(std::string_view text) {
  return percent_encode(text, [](char c) { return std::string_view("$&+,/:;=@").find(c) != std::string_view::npos; });
}

char32_t decode_utf8(std::string_view text, std::size_t& position) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t start = position++;
  const unsigned char lead = byte(start);
  if (lead < 0x80) return lead;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  if (length == 0 || start + length > text.size()) return 0xFFFD;
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(start + k) & 0xC0) != 0x80) return 0xFFFD;
    value = value << 6 | (byte(start + k) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0xFFFD;
  position = start + length;
  return value;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    if (decode_utf8(text, i) == 0xFFFD && i == start + 1) return false;
  }
  return true;
}

std::size_t display_width(std::string_view text) {
  // Unicode's East Asian wide and fullwidth blocks, and the zero-width ones that occur in names and commands.
  struct Range {
    char32_t first, last;
  };
  static constexpr std::array<Range, 15> kWide{{{0x1100, 0x115F},
                                                {0x231A, 0x231B},
                                                {0x2E80, 0x303E},
                                                {0x3041, 0x33FF},
                                                {0x3400, 0x4DBF},
                                                {0x4E00, 0x9FFF},
                                                {0xA000, 0xA4CF},
                                                {0xA960, 0xA97F},
                                                {0xAC00, 0xD7A3},
                                                {0xF900, 0xFAFF},
                                                {0xFE30, 0xFE6F},
                                                {0xFF00, 0xFF60},
                                                {0xFFE0, 0xFFE6},
                                                {0x1F300, 0x1FAFF},
                                                {0x20000, 0x3FFFD}}};
  static constexpr std::array<Range, 6> kZero{
      {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}}};
  const auto within = [](const auto& ranges, char32_t c) {
    return std::any_of(ranges.begin(), ranges.end(), [c](const Range& r) { return c >= r.first && c <= r.last; });
  };
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = decode_utf8(text, i);
    width += c < 0x300 ? 1 : within(kZero, c) ? 0 : within(kWide, c) ? 2 : 1;
  }
  return width;
}

bool natural_less(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0, k = 0;
  while (i < a.size() && k < b.size()) {
    if (digit(a[i]) && digit(b[k])) {
      const std::size_t start_a = i, start_b = k;
      while (i < a.size() && a[i] == '0') ++i;
      while (k < b.size() && b[k] == '0') ++k;
      const std::size_t first_a = i, first_b = k;
      while (i < a.size() && digit(a[i])) ++i;
      while (k < b.size() && digit(b[k])) ++k;
      if (i - first_a != k - first_b) return i - first_a < k - first_b;
      if (const int order = a.substr(first_a, i - first_a).compare(b.substr(first_b, k - first_b)); order != 0)
        return order < 0;
      if (first_a - start_a != first_b - start_b) return first_a - start_a < first_b - start_b;
    } else if (a[i] != b[k]) {
      return a[i] < b[k];
    } else {
      ++i;
      ++k;
    }
  }
  return a.size() - i < b.size() - k;
}

}  // namespace dockerlite::util
