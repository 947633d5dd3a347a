#include "config/json_text.hpp"
#include "support/catch.hpp"

namespace dockerlite::config::json {

TEST_CASE("The first JSON value of a text is found, and what follows is not looked at") {
  const std::pair<std::string, std::string> cases[] = {
      {"{}", "{}"},
      {" \n{\"a\": [1, 2.5e-3, {}]} x", "{\"a\": [1, 2.5e-3, {}]}"},
      {"{\"a\":1}{", "{\"a\":1}"},
      {"null", "null"},
      {"01", "0"},
      {"\"a\\\"b\" ", "\"a\\\"b\""},
      {"[[],[{}],\"]\"]", "[[],[{}],\"]\"]"},
      {"-0.5e+7,", "-0.5e+7"},
  };
  for (const auto& [text, value] : cases) {
    CAPTURE(text);
    const auto first = first_value(text);
    REQUIRE(first.ok());
    CHECK(*first == value);
  }
}

TEST_CASE("Bad JSON is refused with Go's words") {
  const std::pair<std::string, std::string> cases[] = {
      {"", "EOF"},
      {" \n", "EOF"},
      {"{", "unexpected EOF"},
      {"{\"a\"", "unexpected EOF"},
      {"{\"a\":", "unexpected EOF"},
      {"{\"a\":1", "unexpected EOF"},
      {"{\"a\":1,", "unexpected EOF"},
      {"\"abc", "unexpected EOF"},
      {"\"abc\\", "unexpected EOF"},
      {"\"\\u12", "unexpected EOF"},
      {"tru", "unexpected EOF"},
      {"-", "unexpected EOF"},
      {"x", "invalid character 'x' looking for beginning of value"},
      {"\xC3", "invalid character '\xC3\x83' looking for beginning of value"},
      {"[1,]", "invalid character ']' looking for beginning of value"},
      {"{'a'}", "invalid character '\\'' looking for beginning of object key string"},
      {"{\"a\":1,}", "invalid character '}' looking for beginning of object key string"},
      {"{\"a\" 1}", "invalid character '1' after object key"},
      {"{\"a\":1 \"b\"}", "invalid character '\"' after object key:value pair"},
      {"{\"a\":01}", "invalid character '1' after object key:value pair"},
      {"[1 2]", "invalid character '2' after array element"},
      {"{\"a\":tru}", "invalid character '}' in literal true (expecting 'e')"},
      {"{\"a\":-}", "invalid character '}' in numeric literal"},
      {"{\"a\":1.}", "invalid character '}' after decimal point in numeric literal"},
      {"{\"a\":1e}", "invalid character '}' in exponent of numeric literal"},
      {"{\"a\":\"\\x\"}", "invalid character 'x' in string escape code"},
      {"{\"a\":\"\\u12\"}", "invalid character '\"' in \\u hexadecimal character escape"},
      {"{\"a\":\"\t\"}", "invalid character '\\t' in string literal"},
      {std::string(10001, '['), "exceeded max depth"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    const auto first = first_value(text);
    REQUIRE_FALSE(first.ok());
    CHECK(first.error() == error(message));
  }
}

TEST_CASE("Members and elements are the texts of their values") {
  const std::string text = "{ \"a\" : [1, \"x,]\" , {}], \"b\\n\":{\"c\":null} }";
  const auto list = members(text);
  REQUIRE(list.size() == 2);
  CHECK(list[0].key == "a");
  CHECK(list[0].value == "[1, \"x,]\" , {}]");
  CHECK(list[1].key == "b\n");
  CHECK(list[1].value == "{\"c\":null}");
  CHECK(elements(list[0].value) == std::vector<std::string_view>{"1", "\"x,]\"", "{}"});
  CHECK(members("{}").empty());
  CHECK(elements("[ ]").empty());
  CHECK(find("{\"Name\":1,\"NAME\":2}", "name") == std::optional<std::string_view>("2"));
  CHECK(find("{\"Name\":1}", "other") == std::nullopt);
}

TEST_CASE("Strings are decoded and written as Go does") {
  const std::pair<std::string, std::string> decoded[] = {
      {R"("a\"\\\/\b\f\n\r\t")", "a\"\\/\b\f\n\r\t"},
      {R"("\u00e9\u20ac")", "\xC3\xA9\xE2\x82\xAC"},
      {R"("\ud83d\ude00")", "\xF0\x9F\x98\x80"},
      {R"("\ud83dx")", "\xEF\xBF\xBDx"},
      {R"("\ud83d\u0041")",
       "\xEF\xBF\xBD"
       "A"},
      {R"("\ude00")", "\xEF\xBF\xBD"},
      {"\"\xFF\"", "\xEF\xBF\xBD"},
  };
  for (const auto& [literal, text] : decoded) {
    CAPTURE(literal);
    CHECK(decode_string(literal) == text);
  }
  CHECK(quote("a\"\\\b\f\n\r\t\x01<>&\xC3\xA9") == R"("a\"\\\b\f\n\r\t\u0001\u003c\u003e\u0026)"
                                                   "\xC3\xA9\"");
  CHECK(quote("\xE2\x80\xA8\xFF") == "\"\\u2028\\ufffd\"");
}

TEST_CASE("A member is set without touching the rest of the document") {
  struct Case {
    std::string before;
    std::vector<std::string> path;
    std::string value, after;
  };
  const Case cases[] = {
      {"", {"a"}, "1", "{\n\t\"a\": 1\n}"},
      {"null", {"a"}, "1", "{\n\t\"a\": 1\n}"},
      {"{}", {"a", "b"}, "{\n\t\"c\": 1\n}", "{\n\t\"a\": {\n\t\t\"b\": {\n\t\t\t\"c\": 1\n\t\t}\n\t}\n}"},
      {"{\n\t\"x\": 1.50\n}\n", {"a"}, "2", "{\n\t\"a\": 2,\n\t\"x\": 1.50\n}\n"},
      {"{\n\t\"x\": 1\n}", {"y"}, "2", "{\n\t\"x\": 1,\n\t\"y\": 2\n}"},
      {"{\n\t\"x\": 1\n}", {"x"}, "2", "{\n\t\"x\": 2\n}"},
      {"{\n  \"x\": {\n    \"b\": 0\n  }\n}",
       {"x", "a"},
       "{\n\t\"c\": 1\n}",
       "{\n  \"x\": {\n    \"a\": {\n      \"c\": 1\n    },\n    \"b\": 0\n  }\n}"},
      {"{\n  \"x\": {}\n}", {"x", "a"}, "1", "{\n  \"x\": {\n    \"a\": 1\n  }\n}"},
      {"{\"x\":1,\"z\":2}", {"y"}, "{\n\t\"c\": 1\n}", "{\"x\":1,\"y\":{\"c\": 1},\"z\":2}"},
      {"{\"x\":1} tail", {"x"}, "2", "{\"x\":2} tail"},
      {"{\"x\":null}", {"x", "y"}, "2", "{\"x\":{\"y\":2}}"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.before);
    CHECK(set_member(c.before, c.path, c.value) == c.after);
  }
  CHECK(set_member("{\"b\":1}", {"z"}, "2", Position::first) == "{\"z\":2,\"b\":1}");
  CHECK(set_member("{\"b\":1}", {"a"}, "2", Position::last) == "{\"b\":1,\"a\":2}");
}

TEST_CASE("A member is removed without touching the rest of the document") {
  struct Case {
    std::string before;
    std::vector<std::string> path;
    std::string after;
  };
  const Case cases[] = {
      {"{\n\t\"a\": 1,\n\t\"b\": 2,\n\t\"c\": 3\n}", {"a"}, "{\n\t\"b\": 2,\n\t\"c\": 3\n}"},
      {"{\n\t\"a\": 1,\n\t\"b\": 2,\n\t\"c\": 3\n}", {"b"}, "{\n\t\"a\": 1,\n\t\"c\": 3\n}"},
      {"{\n\t\"a\": 1,\n\t\"b\": 2,\n\t\"c\": 3\n}", {"c"}, "{\n\t\"a\": 1,\n\t\"b\": 2\n}"},
      {"{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}", {"a", "b"}, "{\n\t\"a\": {}\n}"},
      {"{\"a\":1}", {"b"}, "{\"a\":1}"},
      {"{\"a\":1}", {"a", "b"}, "{\"a\":1}"},
      {"{ \"a\" : 1 } tail", {"a"}, "{} tail"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.before);
    CHECK(remove_member(c.before, c.path) == c.after);
  }
}

}  // namespace dockerlite::config::json
