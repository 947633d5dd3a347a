#include "dockerlite/util/strings.hpp"

#include <algorithm>

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

}  // namespace

std::string go_quote(std::string_view text) { return quote(text, false); }
std::string go_quote_ascii(std::string_view text) { return quote(text, true); }

bool natural_less(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0, k = 0;
  while (i < a.size() && k < b.size()) {
    if (digit(a[i]) != digit(b[k])) return digit(a[i]);  // digits come before anything else
    if (digit(a[i])) {
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
      return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[k]);
    } else {
      ++i;
      ++k;
    }
  }
  return a.size() - i < b.size() - k;
}

}  // namespace dockerlite::util
