#include "json_text.hpp"

#include "dockerlite/util/strings.hpp"

namespace dockerlite::config::json {
namespace {

constexpr std::size_t kMaximumDepth = 10000;  // Go's limit

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr int hex_digit(char c) {
  return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

/// Checks one value and finds its end. A step that fails leaves its message in `problem_`. Open brackets are kept in a
/// stack of their own, so that deep nesting costs no call frames.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Result<std::string_view> run() {
    const std::size_t begin = skip_space(text_, 0);
    if (begin == text_.size()) return error("EOF");
    at_ = begin;
    if (!value()) return error(std::move(problem_));
    return text_.substr(begin, at_ - begin);
  }

 private:
  bool fail(std::string_view where) {
    if (at_ >= text_.size()) {
      problem_ = "unexpected EOF";
      return false;
    }
    const char c = text_[at_];
    std::string shown;
    if (c == '\'') {
      shown = "\\'";
    } else if (c == '"') {
      shown = "\"";
    } else {
      util::append_utf8(shown, static_cast<unsigned char>(c));
      shown = util::go_quote(shown);
      shown = shown.substr(1, shown.size() - 2);
    }
    problem_ = "invalid character '" + shown + "' " + std::string(where);
    return false;
  }

  bool value() {
    while (true) {
      at_ = skip_space(text_, at_);
      if (at_ == text_.size()) return fail("");
      const char c = text_[at_];
      if (c == '{' || c == '[') {
        if (open_.size() == kMaximumDepth) {
          problem_ = "exceeded max depth";
          return false;
        }
        open_.push_back(c);
        ++at_;
        at_ = skip_space(text_, at_);
        const bool empty = at_ < text_.size() && text_[at_] == (c == '{' ? '}' : ']');
        if (!empty) {
          if (c == '{' && !key()) return false;
          continue;
        }
        ++at_;
        open_.pop_back();
      } else if (!scalar()) {
        return false;
      }
      if (!after_value()) return false;
      if (open_.empty()) return true;
    }
  }

  /// Closes what ends here, and stops before the next value or at the end of all.
  bool after_value() {
    while (!open_.empty()) {
      at_ = skip_space(text_, at_);
      const bool object = open_.back() == '{';
      const char c = at_ < text_.size() ? text_[at_] : '\0';
      if (c == ',') {
        ++at_;
        return !object || key();
      }
      if (c != (object ? '}' : ']')) return fail(object ? "after object key:value pair" : "after array element");
      ++at_;
      open_.pop_back();
    }
    return true;
  }

  bool key() {
    at_ = skip_space(text_, at_);
    if (at_ == text_.size() || text_[at_] != '"') return fail("looking for beginning of object key string");
    if (!string()) return false;
    at_ = skip_space(text_, at_);
    if (at_ == text_.size() || text_[at_] != ':') return fail("after object key");
    ++at_;
    return true;
  }

  bool scalar() {
    switch (text_[at_]) {
      case '"':
        return string();
      case 't':
        return literal("true");
      case 'f':
        return literal("false");
      case 'n':
        return literal("null");
      default:
        if (text_[at_] != '-' && !is_digit(text_[at_])) return fail("looking for beginning of value");
        return number();
    }
  }

  bool string() {
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(c) < 0x20) return fail("in string literal");
      if (c != '\\') continue;
      ++at_;
      if (at_ == text_.size()) break;
      if (text_[at_] == 'u') {
        for (int i = 0; i < 4; ++i) {
          ++at_;
          if (at_ == text_.size() || hex_digit(text_[at_]) < 0) return fail("in \\u hexadecimal character escape");
        }
      } else if (std::string_view("bfnrt\\/\"").find(text_[at_]) == std::string_view::npos) {
        return fail("in string escape code");
      }
    }
    return fail("");
  }

  bool literal(std::string_view word) {
    for (const char expected : word) {
      if (at_ == text_.size() || text_[at_] != expected)
        return fail("in literal " + std::string(word) + " (expecting '" + expected + "')");
      ++at_;
    }
    return true;
  }

  bool digits(std::string_view where) {
    if (at_ == text_.size() || !is_digit(text_[at_])) return fail(where);
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return true;
  }

  bool number() {
    if (text_[at_] == '-') ++at_;
    if (at_ < text_.size() && text_[at_] == '0')
      ++at_;
    else if (!digits("in numeric literal"))
      return false;
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      if (!digits("after decimal point in numeric literal")) return false;
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      if (!digits("in exponent of numeric literal")) return false;
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string open_;
  std::string problem_;
};

/// Past the string, bracketed or plain value that starts at `at`, in text known to be good.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '\\')
        ++at;
      else if (c == '"')
        quoted = false;
      if (!quoted && depth == 0) return at + 1;
      continue;
    }
    if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;  // it closes what a plain value stands in
      if (--depth == 0) return at + 1;
    } else if (depth == 0 && (c == ',' || is_space(c))) {
      return at;
    }
  }
  return text.size();
}

char32_t hex4(std::string_view digits) {
  char32_t value = 0;
  for (const char c : digits.substr(0, 4)) value = value << 4 | static_cast<char32_t>(hex_digit(c));
  return value;
}

constexpr char32_t kReplacement = 0xFFFD;

/// The code point of the \uXXXX (or pair of them) whose first digit stands at `at`, which moves past it.
char32_t decode_unicode_escape(std::string_view text, std::size_t& at) {
  const char32_t high = hex4(text.substr(at));
  at += 4;
  if (high < 0xD800 || high > 0xDFFF) return high;
  if (high < 0xDC00 && text.substr(at).starts_with("\\u") && text.size() >= at + 6) {
    const char32_t low = hex4(text.substr(at + 2));
    if (low >= 0xDC00 && low <= 0xDFFF) {
      at += 6;
      return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    }
  }
  return kReplacement;
}

}  // namespace

Result<std::string_view> first_value(std::string_view text) { return Scanner(text).run(); }

Kind kind(std::string_view value) {
  switch (value.empty() ? 'n' : value.front()) {
    case '{':
      return Kind::object;
    case '[':
      return Kind::array;
    case '"':
      return Kind::string;
    case 't':
    case 'f':
      return Kind::boolean;
    case 'n':
      return Kind::null;
    default:
      return Kind::number;
  }
}

std::string_view kind_word(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "bool";
    case Kind::number:
      return "number";
    case Kind::string:
      return "string";
    case Kind::array:
      return "array";
    case Kind::object:
      return "object";
  }
  return "";
}

std::vector<Member> members(std::string_view object) {
  std::vector<Member> list;
  if (kind(object) != Kind::object) return list;
  std::size_t at = skip_space(object, 1);
  while (at < object.size() && object[at] == '"') {
    Member member;
    member.begin = at;
    member.key_end = end_of_value(object, at);
    member.key = decode_string(object.substr(at, member.key_end - at));
    at = skip_space(object, skip_space(object, member.key_end) + 1);
    const std::size_t end = end_of_value(object, at);
    member.value = object.substr(at, end - at);
    list.push_back(std::move(member));
    at = skip_space(object, end);
    if (at < object.size() && object[at] == ',') at = skip_space(object, at + 1);
  }
  return list;
}

std::vector<std::string_view> elements(std::string_view array) {
  std::vector<std::string_view> list;
  if (kind(array) != Kind::array) return list;
  std::size_t at = skip_space(array, 1);
  while (at < array.size() && array[at] != ']') {
    const std::size_t end = end_of_value(array, at);
    list.push_back(array.substr(at, end - at));
    at = skip_space(array, end);
    if (at < array.size() && array[at] == ',') at = skip_space(array, at + 1);
  }
  return list;
}

std::string decode_string(std::string_view literal) {
  std::string out;
  if (literal.size() < 2) return out;
  const std::string_view text = literal.substr(1, literal.size() - 2);
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      util::append_utf8(out, util::decode_utf8(text, at));
      continue;
    }
    const char c = text[at + 1];
    at += 2;
    switch (c) {
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'u':
        util::append_utf8(out, decode_unicode_escape(text, at));
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::optional<std::string_view> find(std::string_view object, std::string_view key) {
  std::optional<std::string_view> found;
  for (const Member& member : members(object))
    if (member.key == key || util::equal_fold(member.key, key)) found = member.value;
  return found;
}

std::string quote(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = util::decode_utf8(text, at);
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += static_cast<char>(c);
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
          out += "\\u";
          for (int shift = 12; shift >= 0; shift -= 4) out += kHex[c >> static_cast<unsigned>(shift) & 15U];
        } else {
          util::append_utf8(out, c);
        }
    }
  }
  return out + '"';
}

}  // namespace dockerlite::config::json
