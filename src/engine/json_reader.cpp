#include "json_reader.hpp"

#include <charconv>
#include <cstring>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {
namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

constexpr bool is_scalar(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' || c == 'E';
}

/// Four hexadecimal digits; -1 if they are none.
std::int32_t hexadecimal(std::string_view digits) {
  std::int32_t value = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return problem == std::errc() && end == digits.data() + 4 && digits.size() == 4 ? value : -1;
}

/// Reads the code unit, or the pair of them, that stands after "\u" at `position`, and moves past it.
bool append_code_point(std::string& out, std::string_view raw, std::size_t& position) {
  std::int32_t unit = hexadecimal(raw.substr(position, 4));
  if (unit < 0) return false;
  position += 4;
  if (unit >= 0xD800 && unit < 0xDC00 && raw.substr(position, 2) == "\\u") {
    const std::int32_t low = hexadecimal(raw.substr(position + 2, 4));
    if (low >= 0xDC00 && low < 0xE000) {
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      position += 6;
    }
  }
  util::append_utf8(out, static_cast<char32_t>(unit));
  return true;
}

/// Replaces the escapes. False if there is one that JSON does not have.
bool unescape(std::string& out, std::string_view raw) {
  for (std::size_t position = 0; position < raw.size();) {
    const auto escape = raw.find('\\', position);
    out.append(raw.substr(position, escape - position));
    if (escape == std::string_view::npos) return true;
    position = escape + 2;
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kCharacters = "\"\\/\b\f\n\r\t";
    const char name = raw[escape + 1];
    if (name == 'u') {
      if (!append_code_point(out, raw, position)) return false;
    } else if (const auto index = kNames.find(name); index != std::string_view::npos) {
      out += kCharacters[index];
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

bool JsonReader::fail() {
  failed_ = true;
  next_ = end_;
  return false;
}

void JsonReader::skip_space() {
  while (next_ != end_ && is_space(*next_)) ++next_;
}

char JsonReader::peek() {
  skip_space();
  return next_ != end_ ? *next_ : '\0';
}

bool JsonReader::at_end() { return peek() == '\0' && next_ == end_; }

void JsonReader::begin(char bracket) {
  empty_ = peek() != bracket;
  first_ = !empty_;
  if (empty_) {
    skip();
  } else {
    ++next_;
  }
}

bool JsonReader::next(char closing) {
  if (empty_ || failed_) {
    empty_ = false;
    return false;
  }
  const char c = peek();
  if (c == closing) {
    ++next_;
    first_ = false;
    return false;
  }
  if (!first_) {
    if (c != ',') return fail();
    ++next_;
  }
  first_ = false;
  return true;
}

bool JsonReader::next_element() { return next(']'); }

bool JsonReader::next_member() {
  if (!next('}')) return false;
  if (peek() != '"') return fail();
  bool escaped = false;
  key_ = raw_string(escaped);
  if (escaped) {
    key_text_.clear();
    if (!unescape(key_text_, key_)) return fail();
    key_ = key_text_;
  }
  if (peek() != ':') return fail();
  ++next_;
  return true;
}

std::string_view JsonReader::raw_string(bool& escaped) {
  const char* const start = ++next_;
  while (true) {
    const auto* quote = static_cast<const char*>(std::memchr(next_, '"', static_cast<std::size_t>(end_ - next_)));
    if (quote == nullptr) {
      fail();
      return {};
    }
    // An odd number of backslashes in front makes it part of the text.
    const char* before = quote;
    while (before != start && before[-1] == '\\') --before;
    next_ = quote + 1;
    if ((quote - before) % 2 != 0) continue;
    const std::string_view raw(start, static_cast<std::size_t>(quote - start));
    escaped = std::memchr(raw.data(), '\\', raw.size()) != nullptr;
    return raw;
  }
}

std::string JsonReader::string() {
  if (peek() != '"') {
    skip();
    return {};
  }
  bool escaped = false;
  const std::string_view raw = raw_string(escaped);
  if (!escaped) return std::string(raw);
  std::string text;
  if (!unescape(text, raw)) fail();
  return text;
}

std::int64_t JsonReader::integer() {
  peek();
  const char* const start = next_;
  skip();
  std::int64_t value = 0;
  std::from_chars(start, next_, value);
  return value;
}

void JsonReader::skip_scalar() {
  const char* const start = next_;
  while (next_ != end_ && is_scalar(*next_)) ++next_;
  const std::string_view word(start, static_cast<std::size_t>(next_ - start));
  const bool valid = !word.empty() && (word[0] == '-' || (word[0] >= '0' && word[0] <= '9') || word == "true" ||
                                       word == "false" || word == "null");
  if (!valid) fail();
}

void JsonReader::skip_nested() {
  std::size_t depth = 0;
  bool escaped = false;
  do {
    switch (peek()) {
      case '"':
        raw_string(escaped);
        break;
      case '{':
      case '[':
        ++depth;
        ++next_;
        break;
      case '}':
      case ']':
        --depth;
        ++next_;
        break;
      case ',':
      case ':':
        ++next_;
        break;
      default:
        skip_scalar();
    }
  } while (depth > 0 && !failed_);
}

void JsonReader::skip() {
  switch (peek()) {
    case '"': {
      bool escaped = false;
      raw_string(escaped);
      break;
    }
    case '{':
    case '[':
      skip_nested();
      break;
    default:
      skip_scalar();
  }
}

}  // namespace dockerlite::engine
