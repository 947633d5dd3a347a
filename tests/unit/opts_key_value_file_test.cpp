#include "dockerlite/opts/key_value_file.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {
using Lines = std::vector<std::string>;
}

TEST_CASE("lines of an env file", "[opts]") {
  const util::Environment environment({{"FOO", "foo env"}, {"EMPTY", ""}});
  const std::string text = "A=1\n  B=2  \n#c\n\n \t\nFOO\nNOPE\nC=\"q\" # x\r\nEMPTY\n\u00a0D=\u00a0\nLAST=1";
  CHECK(*opts::parse_key_values(text, &environment) ==
        Lines{"A=1", "B=2  ", "FOO=foo env", "C=\"q\" # x", "EMPTY=", "D=\u00a0", "LAST=1"});
  CHECK(*opts::parse_key_values("", &environment) == Lines{});
  CHECK(*opts::parse_key_values("\xEF\xBB\xBFX=1\n", &environment) == Lines{"X=1"});
}

TEST_CASE("labels without a value are dropped: nothing is looked up for them", "[opts]") {
  CHECK(*opts::parse_key_values("k=v\nFOO\n", nullptr) == Lines{"k=v"});
}

TEST_CASE("lines that docker refuses", "[opts]") {
  const auto refusal = [](std::string_view text) { return opts::parse_key_values(text, nullptr).error().message; };
  CHECK(refusal("export C=1\n") == "variable 'export C' contains whitespaces");
  CHECK(refusal("=x\n") == "no variable name on line '=x'");
  CHECK(refusal("OK=1\nA=\xff\xfe\n") == "invalid utf8 bytes at line 2: [65 61 255 254]");
  CHECK(refusal("L=" + std::string(65534, 'x')) == "bufio.Scanner: token too long");
  CHECK(opts::parse_key_values("L=" + std::string(65533, 'x') + "\n", nullptr).ok());
}

TEST_CASE("a file that cannot be read is named", "[opts]") {
  CHECK(opts::read_key_value_files({"/nonexistent/x"}, nullptr).error().message ==
        "open /nonexistent/x: no such file or directory");
  CHECK(opts::read_key_value_files({"/"}, nullptr).error().message == "invalid env file (/): read /: is a directory");
}
