#include "dockerlite/format/json_indent.hpp"

#include <cstddef>
#include <vector>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::format {
namespace {

constexpr std::size_t kMaximumDepth = 10000;  // Go's limit

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Walks one JSON value and copies its tokens, with line breaks between them if `indent` is set. A failing step leaves
/// its error in `error_`; the walk keeps its own stack, so that deep nesting costs no call frames.
class Reformatter {
 public:
  Reformatter(std::string& out, std::string_view json, std::string_view indent, bool lines)
      : out_(out), json_(json), indent_(indent), lines_(lines) {}

  Result<void> run() {
    const std::size_t start = out_.size();
    if (walk()) return {};
    out_.resize(start);
    return error(std::move(error_));
  }

 private:
  enum class Expect { value, value_or_end, key, key_or_end, after };

  bool walk() {
    Expect expect = Expect::value;
    while (true) {
      skip_space();
      if (at_end()) return fail_at_end();
      const char c = json_[position_];
      if ((expect == Expect::value_or_end && c == ']') || (expect == Expect::key_or_end && c == '}')) {
        close(c, true);
        expect = Expect::after;
      } else if (expect == Expect::key || expect == Expect::key_or_end) {
        if (c != '"') return fail("looking for beginning of object key string");
        if (expect == Expect::key_or_end) new_line();
        if (!key()) return false;
        expect = Expect::value;
        continue;
      } else if (expect == Expect::after) {
        const char open = stack_.back();
        if (c == ',') {
          out_ += c;
          ++position_;
          new_line();
          expect = open == '{' ? Expect::key : Expect::value;
          continue;
        }
        if (c != (open == '{' ? '}' : ']')) {
          return fail(open == '{' ? "after object key:value pair" : "after array element");
        }
        close(c, false);
      } else {
        if (expect == Expect::value_or_end) new_line();
        if (c == '{' || c == '[') {
          if (stack_.size() >= kMaximumDepth) {
            error_ = "exceeded max depth";
            return false;
          }
          stack_.push_back(c);
          out_ += c;
          ++position_;
          expect = c == '{' ? Expect::key_or_end : Expect::value_or_end;
          continue;
        }
        if (!scalar()) return false;
        expect = Expect::after;
      }
      if (stack_.empty()) return finish();
    }
  }

  /// Only white space may follow the outermost value; Go's Indent keeps it and its Compact drops it.
  bool finish() {
    const std::size_t start = position_;
    skip_space();
    if (!at_end()) return fail("after top-level value");
    if (lines_) out_.append(json_.substr(start));
    return true;
  }

  bool key() {
    if (!string()) return false;
    skip_space();
    if (at_end()) return fail_at_end();
    if (json_[position_] != ':') return fail("after object key");
    ++position_;
    out_ += lines_ ? std::string_view(": ") : std::string_view(":");
    return true;
  }

  bool scalar() {
    switch (const char c = json_[position_]) {
      case '"':
        return string();
      case 't':
        return literal("true");
      case 'f':
        return literal("false");
      case 'n':
        return literal("null");
      default:
        if (c == '-' || is_digit(c)) return number();
        return fail("looking for beginning of value");
    }
  }

  bool string() {
    const std::size_t start = position_++;
    while (!at_end()) {
      const char c = json_[position_];
      if (static_cast<unsigned char>(c) < 0x20) return fail("in string literal");
      ++position_;
      if (c == '"') return copy_from(start);
      if (c == '\\' && !escape()) return false;
    }
    return fail_at_end();
  }

  bool escape() {
    if (at_end()) return fail_at_end();
    const char c = json_[position_];
    if (std::string_view("bfnrt\\/\"").find(c) != std::string_view::npos) {
      ++position_;
      return true;
    }
    if (c != 'u') return fail("in string escape code");
    ++position_;
    for (int i = 0; i < 4; ++i, ++position_) {
      if (at_end()) return fail_at_end();
      if (!is_hex(json_[position_])) return fail("in \\u hexadecimal character escape");
    }
    return true;
  }

  bool number() {
    const std::size_t start = position_;
    if (json_[position_] == '-') ++position_;
    if (!digit("in numeric literal")) return false;
    if (json_[position_ - 1] != '0') skip_digits();
    if (!at_end() && json_[position_] == '.') {
      ++position_;
      if (!digit("after decimal point in numeric literal")) return false;
      skip_digits();
    }
    if (!at_end() && (json_[position_] == 'e' || json_[position_] == 'E')) {
      ++position_;
      if (!at_end() && (json_[position_] == '+' || json_[position_] == '-')) ++position_;
      if (!digit("in exponent of numeric literal")) return false;
      skip_digits();
    }
    return copy_from(start);
  }

  bool digit(std::string_view where) {
    if (at_end()) return fail_at_end();
    if (!is_digit(json_[position_])) return fail(where);
    ++position_;
    return true;
  }

  void skip_digits() {
    while (!at_end() && is_digit(json_[position_])) ++position_;
  }

  bool literal(std::string_view word) {
    const std::size_t start = position_;
    for (const char expected : word) {
      if (at_end()) return fail_at_end();
      if (json_[position_] != expected) {
        return fail(std::string("in literal ").append(word).append(" (expecting '").append(1, expected).append("')"));
      }
      ++position_;
    }
    return copy_from(start);
  }

  void close(char c, bool empty) {
    stack_.pop_back();
    if (!empty) new_line();
    out_ += c;
    ++position_;
  }

  void new_line() {
    if (!lines_) return;
    out_ += '\n';
    for (std::size_t i = 0; i < stack_.size(); ++i) out_ += indent_;
  }

  bool copy_from(std::size_t start) {
    out_.append(json_.substr(start, position_ - start));
    return true;
  }

  bool at_end() const { return position_ == json_.size(); }
  void skip_space() {
    while (!at_end() && is_space(json_[position_])) ++position_;
  }

  bool fail_at_end() {
    error_ = "unexpected end of JSON input";
    return false;
  }

  bool fail(std::string_view where) {
    error_.assign("invalid character ").append(quoted(json_[position_])).append(" ").append(where);
    return false;
  }

  /// Go shows the offending byte as a character literal, whatever it is a part of.
  static std::string quoted(char c) {
    if (c == '\'') return R"('\'')";
    if (c == '"') return R"('"')";
    std::string character;
    util::append_utf8(character, static_cast<unsigned char>(c));
    std::string literal = util::go_quote(character);
    literal.front() = literal.back() = '\'';
    return literal;
  }

  std::string& out_;
  std::string_view json_;
  std::string_view indent_;
  bool lines_;
  std::size_t position_ = 0;
  std::vector<char> stack_;
  std::string error_;
};

}  // namespace

Result<void> indent_json(std::string& out, std::string_view json, std::string_view indent) {
  return Reformatter(out, json, indent, true).run();
}

Result<void> compact_json(std::string& out, std::string_view json) { return Reformatter(out, json, {}, false).run(); }

}  // namespace dockerlite::format
