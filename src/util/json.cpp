#include "dockerlite/util/json.hpp"

#include "dockerlite/util/strings.hpp"

namespace dockerlite::util {
namespace {

constexpr std::size_t kMaximumDepth = 10000;  // Go's limit

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Go shows the offending byte as a character literal, whatever it is a part of.
std::string character(char c) {
  if (c == '\'') return R"('\'')";
  if (c == '"') return R"('"')";
  std::string utf8;
  append_utf8(utf8, static_cast<unsigned char>(c));
  std::string literal = go_quote(utf8);
  literal.front() = literal.back() = '\'';
  return literal;
}

}  // namespace

JsonScanner::Token JsonScanner::next() {
  if (expected_ == Expected::after && open_.empty()) {
    begin_ = at_;
    return Token::end;
  }
  skip_space();
  begin_ = at_;
  if (at_end()) return Token::cut;
  const char c = text_[at_];
  switch (expected_) {
    case Expected::value_or_close:
      if (c == ']') return close();
      return value();
    case Expected::value:
      return value();
    case Expected::key_or_close:
      if (c == '}') return close();
      [[fallthrough]];
    case Expected::key:
      if (c != '"') return fail("looking for beginning of object key string");
      if (!string()) return fail(where_);
      expected_ = Expected::colon;
      return Token::key;
    case Expected::colon:
      if (c != ':') return fail("after object key");
      ++at_;
      expected_ = Expected::value;
      return Token::colon;
    case Expected::after:
      break;
  }
  return after_value();
}

JsonScanner::Token JsonScanner::value() {
  const char c = text_[at_];
  if (c == '{' || c == '[') {
    if (open_.size() == kMaximumDepth) {
      problem_ = "exceeded max depth";
      return Token::bad;
    }
    open_ += c;
    ++at_;
    expected_ = c == '{' ? Expected::key_or_close : Expected::value_or_close;
    return Token::open;
  }
  const bool whole = c == '"'                    ? string()
                     : c == 't'                  ? literal("true")
                     : c == 'f'                  ? literal("false")
                     : c == 'n'                  ? literal("null")
                     : (c == '-' || is_digit(c)) ? number()
                                                 : wrong("looking for beginning of value");
  if (!whole) return fail(where_);
  expected_ = Expected::after;
  return Token::scalar;
}

JsonScanner::Token JsonScanner::close() {
  ++at_;
  open_.pop_back();
  expected_ = Expected::after;
  return Token::close;
}

JsonScanner::Token JsonScanner::after_value() {
  const bool object = open_.back() == '{';
  const char c = text_[at_];
  if (c == (object ? '}' : ']')) return close();
  if (c != ',') return fail(object ? "after object key:value pair" : "after array element");
  ++at_;
  expected_ = object ? Expected::key : Expected::value;
  return Token::comma;
}

bool JsonScanner::more() {
  skip_space();
  if (at_end()) return false;
  fail("after top-level value");
  return true;
}

JsonScanner::Token JsonScanner::fail(std::string_view where) {
  if (at_end()) return Token::cut;
  problem_.assign("invalid character ").append(character(text_[at_])).append(" ").append(where);
  return Token::bad;
}

bool JsonScanner::wrong(std::string_view where) {
  where_ = where;
  return false;
}

void JsonScanner::skip_space() {
  while (!at_end() && is_space(text_[at_])) ++at_;
}

bool JsonScanner::string() {
  for (++at_; !at_end();) {
    const char c = text_[at_];
    if (static_cast<unsigned char>(c) < 0x20) return wrong("in string literal");
    ++at_;
    if (c == '"') return true;
    if (c == '\\' && !escape()) return false;
  }
  return false;
}

bool JsonScanner::escape() {
  if (at_end()) return false;
  const char c = text_[at_];
  if (c != 'u') {
    if (std::string_view("bfnrt\\/\"").find(c) == std::string_view::npos) return wrong("in string escape code");
    ++at_;
    return true;
  }
  ++at_;
  for (int i = 0; i < 4; ++i, ++at_)
    if (at_end() || !is_hex(text_[at_])) return wrong("in \\u hexadecimal character escape");
  return true;
}

bool JsonScanner::number() {
  if (text_[at_] == '-') ++at_;
  if (!at_end() && text_[at_] == '0')
    ++at_;
  else if (!digits("in numeric literal"))
    return false;
  if (!at_end() && text_[at_] == '.') {
    ++at_;
    if (!digits("after decimal point in numeric literal")) return false;
  }
  if (!at_end() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    ++at_;
    if (!at_end() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
    return digits("in exponent of numeric literal");
  }
  return true;
}

bool JsonScanner::digits(std::string_view where) {
  if (at_end() || !is_digit(text_[at_])) return wrong(where);
  while (!at_end() && is_digit(text_[at_])) ++at_;
  return true;
}

bool JsonScanner::literal(std::string_view word) {
  for (const char expected : word) {
    if (at_end() || text_[at_] != expected)
      return wrong(std::string("in literal ").append(word).append(" (expecting '").append(1, expected).append("')"));
    ++at_;
  }
  return true;
}

void append_json_string(std::string& out, std::string_view text, bool escape_html) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      ++i;
      switch (c) {
        case '"':
        case '\\':
          out += '\\';
          out += static_cast<char>(c);
          continue;
        case '\b':
          out += "\\b";
          continue;
        case '\f':
          out += "\\f";
          continue;
        case '\n':
          out += "\\n";
          continue;
        case '\r':
          out += "\\r";
          continue;
        case '\t':
          out += "\\t";
          continue;
        default:
          break;
      }
      if (c >= 0x20 && !(escape_html && (c == '<' || c == '>' || c == '&'))) {
        out += static_cast<char>(c);
        continue;
      }
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 0xF];
      continue;
    }
    const std::size_t start = i;
    const char32_t code_point = decode_utf8(text, i);
    if (code_point == 0xFFFD && i == start + 1)
      out += "\\ufffd";
    else if (code_point == 0x2028 || code_point == 0x2029)
      out += code_point == 0x2028 ? "\\u2028" : "\\u2029";
    else
      out.append(text, start, i - start);
  }
  out += '"';
}

}  // namespace dockerlite::util
