#include <string>
#include <vector>

#include "dockerlite/util/json.hpp"
#include "support/catch.hpp"

using dockerlite::util::JsonScanner;
using Token = JsonScanner::Token;

namespace {

/// The tokens' texts, and what came after the last of them.
struct Walk {
  std::vector<std::string> tokens;
  Token last;
  bool operator==(const Walk&) const = default;
};

Walk walk(std::string_view text) {
  JsonScanner scanner(text);
  Walk result;
  while (true) {
    result.last = scanner.next();
    if (result.last == Token::end || result.last == Token::cut || result.last == Token::bad) return result;
    result.tokens.emplace_back(scanner.token());
  }
}

}  // namespace

TEST_CASE("a JSON value comes apart into its tokens, as they were spelled") {
  CHECK(
      walk(R"( {"a" : [1, -2.50e+3,"\u00e9"], "b":{} } x)") ==
      Walk{{"{", R"("a")", ":", "[", "1", ",", "-2.50e+3", ",", R"("\u00e9")", "]", ",", R"("b")", ":", "{", "}", "}"},
           Token::end});
  CHECK(walk("true") == Walk{{"true"}, Token::end});
  CHECK(walk("[[]") == Walk{{"[", "[", "]"}, Token::cut});
  CHECK(walk("[1,}") == Walk{{"[", "1", ","}, Token::bad});
  CHECK(walk("") == Walk{{}, Token::cut});
}

TEST_CASE("tokens tell where they stand, and how deep") {
  JsonScanner scanner(R"({"a":[7]} ,)");
  const Token expected[] = {Token::open, Token::key, Token::colon, Token::open, Token::scalar};
  for (const Token token : expected) CHECK(scanner.next() == token);
  CHECK(scanner.begin() == 6);
  CHECK(scanner.position() == 7);
  CHECK(scanner.depth() == 2);
  CHECK(scanner.next() == Token::close);
  CHECK(scanner.next() == Token::close);
  CHECK(scanner.depth() == 0);
  CHECK(scanner.next() == Token::end);
  CHECK(scanner.more());
  CHECK(scanner.problem() == "invalid character ',' after top-level value");
  JsonScanner alone("1 \n");
  alone.next();
  CHECK_FALSE(alone.more());
}

TEST_CASE("strings are written as Go's encoder writes them") {
  const auto quoted = [](std::string_view text, bool escape_html) {
    std::string out;
    dockerlite::util::append_json_string(out, text, escape_html);
    return out;
  };
  CHECK(quoted("a\"\\\b\f\n\r\t\x01é", true) == R"("a\"\\\b\f\n\r\t\u0001é")");
  CHECK(quoted("<&>", true) == R"("\u003c\u0026\u003e")");
  CHECK(quoted("<&>", false) == R"("<&>")");
  CHECK(quoted("\xE2\x80\xA8\xFF", true) == R"("\u2028\ufffd")");
}
