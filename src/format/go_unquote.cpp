#include "format/go_unquote.hpp"

#include <algorithm>
#include <optional>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::format {
namespace {

struct Unquoted {
  char32_t value;
  bool is_byte;  ///< \x41 and \101 are bytes, not code points
};

std::optional<char32_t> digits(std::string_view text, std::size_t& i, std::size_t count, unsigned base) {
  char32_t value = 0;
  for (; count > 0; --count, ++i) {
    if (i >= text.size()) return std::nullopt;
    const char c = text[i];
    unsigned digit = 99;
    if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') digit = static_cast<unsigned>((c | 0x20) - 'a' + 10);
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

/// One character of a literal in `quote`s, escapes resolved.
std::optional<Unquoted> unquote_one(std::string_view text, std::size_t& i, char quote) {
  if (text[i] == quote) return std::nullopt;
  if (text[i] != '\\') {
    const bool is_byte = static_cast<unsigned char>(text[i]) < 0x80;
    return Unquoted{util::decode_utf8(text, i), is_byte};
  }
  if (++i >= text.size()) return std::nullopt;
  const char c = text[i++];
  switch (c) {
    case 'a':
      return Unquoted{'\a', true};
    case 'b':
      return Unquoted{'\b', true};
    case 'f':
      return Unquoted{'\f', true};
    case 'n':
      return Unquoted{'\n', true};
    case 'r':
      return Unquoted{'\r', true};
    case 't':
      return Unquoted{'\t', true};
    case 'v':
      return Unquoted{'\v', true};
    case '\\':
      return Unquoted{'\\', true};
    case '\'':
    case '"':
      if (c != quote) return std::nullopt;
      return Unquoted{static_cast<char32_t>(c), true};
    case 'x':
    case 'u':
    case 'U': {
      const auto value = digits(text, i, c == 'x' ? 2 : c == 'u' ? 4 : 8, 16);
      if (!value) return std::nullopt;
      if (c != 'x' && (*value > 0x10FFFF || (*value >= 0xD800 && *value < 0xE000))) return std::nullopt;
      return Unquoted{*value, c == 'x'};
    }
    default: {
      if (c < '0' || c > '7') return std::nullopt;
      --i;
      const auto value = digits(text, i, 3, 8);
      if (!value || *value > 255) return std::nullopt;
      return Unquoted{*value, true};
    }
  }
}

}  // namespace

Result<std::string> unquote(std::string_view literal) {
  const Error invalid = error("invalid syntax");
  if (literal.size() < 2 || literal.front() != literal.back()) return invalid;
  const char quote = literal.front();
  const std::string_view text = literal.substr(1, literal.size() - 2);
  std::string out;
  if (quote == '`') {
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != '\r'; });
    return out;
  }
  if (quote != '"' || text.find('\n') != std::string_view::npos) return invalid;
  for (std::size_t i = 0; i < text.size();) {
    const auto one = unquote_one(text, i, quote);
    if (!one) return invalid;
    if (one->is_byte)
      out += static_cast<char>(one->value);
    else
      util::append_utf8(out, one->value);
  }
  return out;
}

Result<char32_t> unquote_character(std::string_view literal) {
  if (literal.size() < 2) return error("invalid syntax");
  std::size_t i = 1;
  const auto one = unquote_one(literal, i, '\'');
  if (!one) return error("invalid syntax");
  if (literal.substr(i) != "'") return error("malformed character constant: " + std::string(literal));
  return one->value;
}

}  // namespace dockerlite::format
