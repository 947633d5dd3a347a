#include "json_text.hpp"

#include "dockerlite/util/json.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::config::json {
namespace {

using util::JsonScanner;
using Token = JsonScanner::Token;

constexpr int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

/// The whole value whose first token, `first`, has just been taken.
std::string_view rest_of_value(JsonScanner& scanner, std::string_view text, Token first) {
  const std::size_t begin = scanner.begin();
  const std::size_t depth = scanner.depth() - (first == Token::open ? 1 : 0);
  while (scanner.depth() > depth) {
    const Token token = scanner.next();
    if (token == Token::cut || token == Token::bad) break;
  }
  return text.substr(begin, scanner.position() - begin);
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

Result<std::string_view> first_value(std::string_view text) {
  JsonScanner scanner(text);
  Token token = scanner.next();
  if (token == Token::cut && scanner.begin() == text.size()) return error("EOF");
  const std::size_t begin = scanner.begin();
  while (token != Token::end) {
    if (token == Token::cut) return error("unexpected EOF");
    if (token == Token::bad) return error(scanner.problem());
    token = scanner.next();
  }
  return text.substr(begin, scanner.position() - begin);
}

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
  JsonScanner scanner(object);
  scanner.next();
  while (scanner.next() == Token::key) {
    Member member;
    member.begin = scanner.begin();
    member.key_end = scanner.position();
    member.key = decode_string(scanner.token());
    scanner.next();  // the colon
    member.value = rest_of_value(scanner, object, scanner.next());
    list.push_back(std::move(member));
    if (scanner.next() != Token::comma) break;
  }
  return list;
}

std::vector<std::string_view> elements(std::string_view array) {
  std::vector<std::string_view> list;
  if (kind(array) != Kind::array) return list;
  JsonScanner scanner(array);
  scanner.next();
  for (Token token = scanner.next(); token == Token::open || token == Token::scalar; token = scanner.next()) {
    list.push_back(rest_of_value(scanner, array, token));
    if (scanner.next() != Token::comma) break;
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
  std::string out;
  util::append_json_string(out, text, true);
  return out;
}

}  // namespace dockerlite::config::json
