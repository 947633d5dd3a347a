#include "dockerlite/util/csv.hpp"
#include "support/catch.hpp"

namespace dockerlite::util {

using Fields = std::vector<std::string>;

TEST_CASE("A CSV record is split as Go's encoding/csv splits it") {
  const std::pair<std::string, Fields> cases[] = {
      {"a", {"a"}},
      {"a,b", {"a", "b"}},
      {",", {"", ""}},
      {"a,", {"a", ""}},
      {" a , b ", {" a ", " b "}},
      {"\"a,b\",c", {"a,b", "c"}},
      {"\"a\"\"b\"", {"a\"b"}},
      {"\"\"", {""}},
      {"\"\",", {"", ""}},
      {"\"a\nb\"", {"a\nb"}},
      {"\"a\r\nb\",c", {"a\nb", "c"}},
      {"a\nb", {"a"}},
      {"\"a\"\nb", {"a"}},
      {"\n\r\na,b\n", {"a", "b"}},
      {"a\r", {"a"}},
      {"a\rb", {"a\rb"}},
      {"a\r\r\n", {"a\r"}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    const auto fields = read_csv_record(text);
    REQUIRE(fields.ok());
    CHECK(*fields == expected);
  }
}

TEST_CASE("A bad CSV record is refused with Go's words") {
  const std::pair<std::string, std::string> cases[] = {
      {"", "EOF"},
      {"\n", "EOF"},
      {"\r", "EOF"},
      {"a\"b", "parse error on line 1, column 2: bare \" in non-quoted-field"},
      {"a,b\"c", "parse error on line 1, column 4: bare \" in non-quoted-field"},
      {"\xC3\xA9\"", "parse error on line 1, column 3: bare \" in non-quoted-field"},
      {"\"unbal", "parse error on line 1, column 7: extraneous or missing \" in quoted-field"},
      {"\"\xC3\xA9", "parse error on line 1, column 4: extraneous or missing \" in quoted-field"},
      {"\"a\"b", "parse error on line 1, column 3: extraneous or missing \" in quoted-field"},
      {"\n\n\"x\"y", "parse error on line 3, column 3: extraneous or missing \" in quoted-field"},
      {"\"a\nb", "record on line 1; parse error on line 2, column 2: extraneous or missing \" in quoted-field"},
      {"\"a\n\"b", "record on line 1; parse error on line 2, column 1: extraneous or missing \" in quoted-field"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    const auto fields = read_csv_record(text);
    REQUIRE_FALSE(fields.ok());
    CHECK(fields.error() == error(message));
  }
}

}  // namespace dockerlite::util
