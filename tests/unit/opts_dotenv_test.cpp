#include "dockerlite/opts/dotenv.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using Lines = std::vector<std::string>;

namespace {

const util::Environment& environment() {
  static const util::Environment made(std::map<std::string, std::string, std::less<>>{{"HOME", "/home/me"}});
  return made;
}

Lines parsed(std::string_view text) {
  auto result = opts::parse_dotenv(text, environment());
  REQUIRE(result.ok());
  return *result;
}

std::string refused(std::string_view text) {
  const auto result = opts::parse_dotenv(text, environment());
  REQUIRE_FALSE(result.ok());
  return result.error().message;
}

}  // namespace

TEST_CASE("plain assignments, comments and export", "[opts]") {
  CHECK(parsed("A=1\n\n# note\n  B = two words \nexport C=3\r\nD=\nE=a#b\nF=x # note\nG=#note\nexport=1\n") ==
        Lines{"A=1", "B=two words", "C=3", "D=", "E=a#b", "F=x", "G=", "export=1"});
  CHECK(parsed("\xEF\xBB\xBF"
               "A=1") == Lines{"A=1"});
  CHECK(parsed("A==1=2") == Lines{"A==1=2"});
}

TEST_CASE("quotes keep what is in them", "[opts]") {
  CHECK(parsed("A='a # \"b\" \\n $X'\nB=\"a # 'b' \\\"c\\\"\\n\\t\\$X\\q\" # note\nC=''") ==
        Lines{"A=a # \"b\" \\n $X", "B=a # 'b' \"c\"\n\t$X\\q", "C="});
  CHECK(parsed("KEY=\"-----BEGIN\nabc\n-----END\"\nB=2") == Lines{"KEY=-----BEGIN\nabc\n-----END", "B=2"});
}

TEST_CASE("a bare name takes the client's value", "[opts]") {
  CHECK(parsed("HOME\nNOT_SET # note\nA=1") == Lines{"HOME=/home/me", "A=1"});
}

TEST_CASE("what is wrong is named with its line", "[opts]") {
  CHECK(refused("A=1\nB='x\n\n") == "line 2: the quote that opens here is never closed");
  CHECK(refused("A='x\ny'\n=1") == "line 3: a line is KEY=VALUE or export KEY=VALUE");
  CHECK(refused("A='x' y") == "line 1: unexpected text after the value: y");
  CHECK(refused("A B=1") == "line 1: unexpected text after the value: B=1");
}
