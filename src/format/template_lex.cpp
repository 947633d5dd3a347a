#include "format/template_lex.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dockerlite/format/value.hpp"
#include "dockerlite/util/strings.hpp"
#include "format/go_fmt.hpp"

namespace dockerlite::format {
namespace {

constexpr std::string_view kLeft = "{{";
constexpr std::string_view kRight = "}}";
constexpr std::size_t kTrimMarker = 2;  // "- " after the left delimiter, " -" before the right one
constexpr std::string_view kSpaces = " \t\r\n";

constexpr std::array<std::pair<std::string_view, Token::Kind>, 11> kKeywords{{
    {"block", Token::Kind::keyword_block},
    {"break", Token::Kind::keyword_break},
    {"continue", Token::Kind::keyword_continue},
    {"define", Token::Kind::keyword_define},
    {"else", Token::Kind::keyword_else},
    {"end", Token::Kind::keyword_end},
    {"if", Token::Kind::keyword_if},
    {"nil", Token::Kind::keyword_nil},
    {"range", Token::Kind::keyword_range},
    {"template", Token::Kind::keyword_template},
    {"with", Token::Kind::keyword_with},
}};

bool is_space(char32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool left_trim_marker(std::string_view text) {
  return text.size() >= 2 && text[0] == '-' && is_space(static_cast<unsigned char>(text[1]));
}

bool right_trim_marker(std::string_view text) {
  return text.size() >= 2 && is_space(static_cast<unsigned char>(text[0])) && text[1] == '-';
}

std::string unicode_name(char32_t c) {
  const Value rune = Value::integer(static_cast<std::int32_t>(c), types::int32);
  return go_sprintf("%#U", std::span<const Value>(&rune, 1));
}

}  // namespace

bool is_template_letter(char32_t c) {
  if (c < 0x80) return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  // Go asks Unicode's tables for letters and digits; what lies beyond ASCII and is neither space nor punctuation counts
  // here.
  if (c <= 0xBF) return c == 0xAA || c == 0xB5 || c == 0xBA;
  return c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x3004) &&
         !(c >= 0x3008 && c <= 0x3020) && c != 0xFFFD && c < 0x1F000;
}

std::string Token::describe() const {
  if (kind == Kind::end_of_file) return "EOF";
  if (kind == Kind::error) return text;
  if (is_keyword()) return "<" + text + ">";
  if (text.size() > 10) {
    const Value value = Value::string(text);
    return go_sprintf("%.10q...", std::span<const Value>(&value, 1));
  }
  return util::go_quote(text);
}

Token Lexer::make(Token::Kind kind) {
  Token token{kind, start_, start_line_, std::string(input_.substr(start_, position_ - start_))};
  start_ = position_;
  start_line_ = line_;
  return token;
}

Token Lexer::fail(std::string message) {
  failed_ = true;
  return {Token::Kind::error, start_, start_line_, std::move(message)};
}

char32_t Lexer::advance() {
  if (position_ >= input_.size()) return kEnd;
  const char32_t c = util::decode_utf8(input_, position_);
  if (c == '\n') ++line_;
  return c;
}

char32_t Lexer::peek() const {
  if (position_ >= input_.size()) return kEnd;
  std::size_t at = position_;
  return util::decode_utf8(input_, at);
}

/// Moves on and forgets what was skipped.
void Lexer::skip_to(std::size_t position) {
  line_ += static_cast<std::size_t>(std::count(input_.begin() + static_cast<std::ptrdiff_t>(position_),
                                               input_.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
  position_ = start_ = position;
  start_line_ = line_;
}

bool Lexer::accept(std::string_view valid) {
  const char32_t c = peek();
  if (c >= 0x80 || valid.find(static_cast<char>(c)) == std::string_view::npos) return false;
  advance();
  return true;
}

void Lexer::accept_run(std::string_view valid) {
  while (accept(valid)) {
  }
}

bool Lexer::at_right_delimiter(bool& trim) const {
  const std::string_view rest = input_.substr(position_);
  trim = right_trim_marker(rest) && rest.substr(kTrimMarker).starts_with(kRight);
  return trim || rest.starts_with(kRight);
}

Token Lexer::next() {
  if (failed_) return {Token::Kind::end_of_file, start_, line_, {}};
  return in_action_ ? inside_action() : text();
}

Token Lexer::text() {
  while (true) {
    const std::size_t open = std::min(input_.find(kLeft, position_), input_.size());
    std::size_t end = open;
    if (left_trim_marker(input_.substr(std::min(open + kLeft.size(), input_.size()))))
      while (end > start_ && is_space(static_cast<unsigned char>(input_[end - 1]))) --end;
    if (end > start_) {
      line_ += static_cast<std::size_t>(std::count(input_.begin() + static_cast<std::ptrdiff_t>(start_),
                                                   input_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      position_ = end;
      Token token = make(Token::Kind::text);
      skip_to(open);
      return token;
    }
    skip_to(open);
    if (open == input_.size()) return make(Token::Kind::end_of_file);
    const std::size_t marker = left_trim_marker(input_.substr(open + kLeft.size())) ? kTrimMarker : 0;
    if (!input_.substr(open + kLeft.size() + marker).starts_with("/*")) return left_delimiter();
    Token failure;
    skip_to(open + kLeft.size() + marker);
    if (!comment(failure)) return failure;
  }
}

/// Skips "/* ... */}}" with its trim markers.
bool Lexer::comment(Token& failure) {
  const auto close = input_.find("*/", position_ + 2);
  if (close == std::string_view::npos) {
    failure = fail("unclosed comment");
    return false;
  }
  const std::size_t start = start_;
  const std::size_t start_line = start_line_;
  skip_to(close + 2);
  bool trim = false;
  if (!at_right_delimiter(trim)) {
    start_ = start;
    start_line_ = start_line;
    failure = fail("comment ends before closing delimiter");
    return false;
  }
  std::size_t end = position_ + (trim ? kTrimMarker : 0) + kRight.size();
  if (trim) end = std::min(input_.find_first_not_of(kSpaces, end), input_.size());
  skip_to(end);
  return true;
}

Token Lexer::left_delimiter() {
  position_ += kLeft.size();
  Token token = make(Token::Kind::left_delimiter);
  if (left_trim_marker(input_.substr(position_))) skip_to(position_ + kTrimMarker);
  in_action_ = true;
  parens_ = 0;
  return token;
}

Token Lexer::right_delimiter() {
  bool trim = false;
  at_right_delimiter(trim);
  if (trim) skip_to(position_ + kTrimMarker);
  position_ += kRight.size();
  Token token = make(Token::Kind::right_delimiter);
  if (trim) skip_to(std::min(input_.find_first_not_of(kSpaces, position_), input_.size()));
  in_action_ = false;
  return token;
}

Token Lexer::inside_action() {
  bool trim = false;
  if (at_right_delimiter(trim)) return parens_ == 0 ? right_delimiter() : fail("unclosed left paren");
  const char32_t c = peek();
  if (c == kEnd) return fail("unclosed action");
  if (is_space(c)) return space();
  if (is_template_letter(c) && !(c >= '0' && c <= '9')) return identifier();
  if (c == '+' || c == '-' || (c >= '0' && c <= '9')) return number();
  advance();
  switch (c) {
    case '=':
      return make(Token::Kind::assign);
    case ':':
      if (advance() != '=') return fail("expected :=");
      return make(Token::Kind::declare);
    case '|':
      return make(Token::Kind::pipe);
    case '"':
      return quote('"', Token::Kind::string, "unterminated quoted string");
    case '\'':
      return quote('\'', Token::Kind::character_constant, "unterminated character constant");
    case '`':
      return raw_quote();
    case '$':
      return field_or_variable(Token::Kind::variable);
    case '.':
      // ".5" is a number.
      if (position_ < input_.size() && input_[position_] >= '0' && input_[position_] <= '9') {
        position_ = start_;
        return number();
      }
      if (position_ == input_.size()) {
        position_ = start_;
        return number();
      }
      return field_or_variable(Token::Kind::field);
    case '(':
      ++parens_;
      return make(Token::Kind::left_paren);
    case ')':
      if (--parens_ < 0) return fail("unexpected right paren");
      return make(Token::Kind::right_paren);
    default:
      if (c > 0x20 && c < 0x7F) return make(Token::Kind::character);
      return fail("unrecognized character in action: " + unicode_name(c));
  }
}

Token Lexer::space() {
  while (true) {
    bool trim = false;
    // A blank before "-}}" belongs to the delimiter.
    if (at_right_delimiter(trim) && trim) {
      if (position_ == start_) return right_delimiter();
      break;
    }
    if (!is_space(peek())) break;
    advance();
  }
  return make(Token::Kind::space);
}

bool Lexer::at_terminator() const {
  const char32_t c = peek();
  return is_space(c) || c == kEnd || c == '.' || c == ',' || c == '|' || c == ':' || c == ')' || c == '(' ||
         input_.substr(position_).starts_with(kRight);
}

Token Lexer::identifier() {
  while (is_template_letter(peek())) advance();
  if (!at_terminator()) return fail("bad character " + unicode_name(peek()));
  const std::string_view word = input_.substr(start_, position_ - start_);
  for (const auto& [name, kind] : kKeywords)
    if (word == name) return make(kind);
  return make(word == "true" || word == "false" ? Token::Kind::boolean : Token::Kind::identifier);
}

/// The dot or dollar sign has been taken.
Token Lexer::field_or_variable(Token::Kind kind) {
  if (at_terminator()) return make(kind == Token::Kind::field ? Token::Kind::keyword_dot : kind);
  while (is_template_letter(peek())) advance();
  if (!at_terminator()) return fail("bad character " + unicode_name(peek()));
  return make(kind);
}

Token Lexer::number() {
  const auto bad = [&] {
    return fail("bad number syntax: " + util::go_quote(input_.substr(start_, position_ - start_)));
  };
  if (!scan_number()) return bad();
  const char32_t sign = peek();
  if (sign != '+' && sign != '-') return make(Token::Kind::number);
  // Complex: 1+2i, without blanks.
  if (!scan_number() || input_[position_ - 1] != 'i') return bad();
  return make(Token::Kind::complex_number);
}

/// Takes what may be a number; the parser finds out whether it is one.
bool Lexer::scan_number() {
  accept("+-");
  std::string_view digits = "0123456789_";
  bool decimal = true;
  bool hexadecimal = false;
  if (accept("0")) {
    if (accept("xX")) {
      digits = "0123456789abcdefABCDEF_";
      hexadecimal = true;
    } else if (accept("oO")) {
      digits = "01234567_";
    } else if (accept("bB")) {
      digits = "01_";
    }
    decimal = digits.size() == 11;
  }
  accept_run(digits);
  if (accept(".")) accept_run(digits);
  if ((decimal && accept("eE")) || (hexadecimal && accept("pP"))) {
    accept("+-");
    accept_run("0123456789_");
  }
  accept("i");
  if (!is_template_letter(peek())) return true;
  advance();
  return false;
}

/// The opening quote has been taken.
Token Lexer::quote(char32_t end, Token::Kind kind, std::string_view what) {
  while (true) {
    char32_t c = advance();
    if (c == end) return make(kind);
    if (c == '\\') {
      c = advance();
      if (c != kEnd && c != '\n') continue;
    }
    if (c == kEnd || c == '\n') return fail(std::string(what));
  }
}

Token Lexer::raw_quote() {
  while (true) {
    const char32_t c = advance();
    if (c == kEnd) return fail("unterminated raw quoted string");
    if (c == '`') return make(Token::Kind::raw_string);
  }
}

}  // namespace dockerlite::format
