#include <string>
#include <string_view>

#include "dockerlite/format/json_indent.hpp"
#include "support/catch.hpp"

namespace {

std::string indented(std::string_view json) {
  std::string out;
  const auto result = dockerlite::format::indent_json(out, json);
  return result ? out : "error: " + result.error().message + out;
}

std::string compacted(std::string_view json) {
  std::string out;
  const auto result = dockerlite::format::compact_json(out, json);
  return result ? out : "error: " + result.error().message + out;
}

}  // namespace

TEST_CASE("objects and arrays get a line for each element, and empty ones stay on one") {
  CHECK(indented(R"([ {"b":1,"a":[1,[ ],{"c" :{}}] , "d":null}])") == R"([
    {
        "b": 1,
        "a": [
            1,
            [],
            {
                "c": {}
            }
        ],
        "d": null
    }
])");
}

TEST_CASE("numbers and strings are kept as they were spelled") {
  CHECK(compacted(R"( [1.50, -0, 1e+09, 12345678901234567890, "\u003c\/<é\t"] )") ==
        R"([1.50,-0,1e+09,12345678901234567890,"\u003c\/<é\t"])");
}

TEST_CASE("white space after the value is kept by indenting and dropped by compacting") {
  CHECK(indented("1 \n") == "1 \n");
  CHECK(compacted("1 \n") == "1");
}

TEST_CASE("what was written before stays, also when the text is broken") {
  std::string out = "kept";
  CHECK_FALSE(dockerlite::format::indent_json(out, "[1,").ok());
  CHECK(out == "kept");
}

TEST_CASE("text that is not JSON is an error in Go's words") {
  CHECK(compacted("") == "error: unexpected end of JSON input");
  CHECK(compacted("{\"a\"") == "error: unexpected end of JSON input");
  CHECK(compacted("\"a\\u00") == "error: unexpected end of JSON input");
  CHECK(compacted("<html>") == "error: invalid character '<' looking for beginning of value");
  CHECK(compacted("[1,]") == "error: invalid character ']' looking for beginning of value");
  CHECK(compacted("{a}") == "error: invalid character 'a' looking for beginning of object key string");
  CHECK(compacted("{\"a\",1}") == "error: invalid character ',' after object key");
  CHECK(compacted("{\"a\":1]") == "error: invalid character ']' after object key:value pair");
  CHECK(compacted("[1 2]") == "error: invalid character '2' after array element");
  CHECK(compacted("1 x") == "error: invalid character 'x' after top-level value");
  CHECK(compacted("01") == "error: invalid character '1' after top-level value");
  CHECK(compacted("-'") == "error: invalid character '\\'' in numeric literal");
  CHECK(compacted("1.\"") == "error: invalid character '\"' after decimal point in numeric literal");
  CHECK(compacted("1ex") == "error: invalid character 'x' in exponent of numeric literal");
  CHECK(compacted("\"a\n\"") == "error: invalid character '\\n' in string literal");
  CHECK(compacted("\"\\x\"") == "error: invalid character 'x' in string escape code");
  CHECK(compacted("\"\\u00g0\"") == "error: invalid character 'g' in \\u hexadecimal character escape");
  CHECK(compacted("trie") == "error: invalid character 'i' in literal true (expecting 'u')");
  CHECK(compacted("\xe2\x82") == "error: invalid character 'â' looking for beginning of value");
}

TEST_CASE("nesting beyond Go's limit is refused") {
  CHECK(compacted(std::string(10000, '[') + std::string(10000, ']')) ==
        std::string(10000, '[') + std::string(10000, ']'));
  CHECK(compacted(std::string(10001, '[')) == "error: exceeded max depth");
}
