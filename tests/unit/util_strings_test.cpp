#include "dockerlite/util/duration.hpp"
#include "dockerlite/util/strings.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using Strings = std::vector<std::string>;

TEST_CASE("split gives one part more than there are separators", "[util]") {
  CHECK(util::split("", ',') == Strings{""});
  CHECK(util::split("a,,b", ',') == Strings{"a", "", "b"});
  CHECK(util::split_n("a:b:c", ':', 2) == Strings{"a", "b:c"});
  CHECK(util::split_n("abc", ':', 2) == Strings{"abc"});
}

TEST_CASE("white space is Unicode's", "[util]") {
  CHECK(util::trim_space(" \t\r\n\xC2\xA0 a b \xE3\x80\x80\xE2\x80\x83") == "a b");
  CHECK(util::trim_space(" \n ").empty());
  CHECK(util::trim_space("\xFF") == "\xFF");
}

TEST_CASE("quoting is Go's", "[util]") {
  CHECK(util::go_quote("a\"b\\c") == R"("a\"b\\c")");
  CHECK(util::go_quote("\t\n\r\x01\x7F\xFF") == R"("\t\n\r\x01\x7f\xff")");
  CHECK(util::go_quote("\a\b\f\v") == R"("\a\b\f\v")");
  CHECK(util::go_quote("h\xC3\xA4 \xE4\xB8\xAD") == "\"h\xC3\xA4 \xE4\xB8\xAD\"");
  CHECK(util::go_quote("\xC2\xA0\xE2\x80\x8B") == R"("\u00a0\u200b")");
  CHECK(util::go_quote_ascii("h\xC3\xA4\xF0\x9F\x98\x80") == R"("h\u00e4\U0001f600")");
}

TEST_CASE("numbers are read as strconv reads them", "[util]") {
  CHECK(util::parse_int("-0x1_0", 0).value() == -16);
  CHECK(util::parse_int("0755", 0).value() == 493);
  CHECK(util::parse_int("0755").value() == 755);
  CHECK(util::parse_int("+7").value() == 7);
  CHECK(util::parse_int("-9223372036854775808").value() == std::numeric_limits<std::int64_t>::min());
  CHECK(util::parse_int("9223372036854775808").error().message ==
        R"(strconv.ParseInt: parsing "9223372036854775808": value out of range)");
  CHECK(util::parse_int("128", 10, 8).error().message == R"(strconv.ParseInt: parsing "128": value out of range)");
  CHECK(util::parse_uint("65536", 10, 16).error().message ==
        R"(strconv.ParseUint: parsing "65536": value out of range)");
  for (const std::string_view bad : {"", "-", "x", "1.5", " 1", "1 ", "1__0", "_1", "0x"})
    CHECK(util::parse_int(bad, 0).error().message ==
          "strconv.ParseInt: parsing " + util::go_quote(bad) + ": invalid syntax");
  CHECK(util::parse_uint("-1").error().message == R"(strconv.ParseUint: parsing "-1": invalid syntax)");
  CHECK(util::atoi("1e3").error().message == R"(strconv.Atoi: parsing "1e3": invalid syntax)");
  CHECK(util::parse_bool("T").value());
  CHECK_FALSE(util::parse_bool("False").value());
  CHECK(util::parse_bool("yes").error().message == R"(strconv.ParseBool: parsing "yes": invalid syntax)");
  CHECK(util::parse_float("-1.5e3").value() == -1500);
  CHECK(util::parse_float("1x").error().message == R"(strconv.ParseFloat: parsing "1x": invalid syntax)");
  CHECK(util::parse_float("+-1").error().message == R"(strconv.ParseFloat: parsing "+-1": invalid syntax)");
  CHECK(util::parse_float("1e999").error().message == R"(strconv.ParseFloat: parsing "1e999": value out of range)");
}

TEST_CASE("base64 both ways", "[util]") {
  CHECK(util::base64_encode("user:p\xFF\xFEss") == "dXNlcjpw//5zcw==");
  CHECK(util::base64url_encode("user:p\xFF\xFEss") == "dXNlcjpw__5zcw==");
  CHECK(util::base64_decode("dXNlcjpw//5zcw==").value() == "user:p\xFF\xFEss");
  CHECK(util::base64_decode("").value().empty());
  for (const std::string_view bad : {"a", "ab=c", "=", "abcd=", "ab==cd", "a*cd"})
    CHECK_FALSE(util::base64_decode(bad).ok());
}

TEST_CASE("URLs are escaped as Go escapes them", "[util]") {
  CHECK(util::query_escape("a b/c:d+\xC3\xBC") == "a+b%2Fc%3Ad%2B%C3%BC");
  CHECK(util::path_escape("a b/c%d?x#y") == "a%20b/c%25d%3Fx%23y");
  CHECK(util::path_escape("\xC3\xBC:@&=+$,;'()*!~[]") == "%C3%BC:@&=+$,;%27%28%29%2A%21~%5B%5D");
}

TEST_CASE("UTF-8 that is not valid is replaced one byte at a time", "[util]") {
  std::string out;
  for (std::size_t i = 0; i < 4;) util::append_utf8(out, util::decode_utf8("\xE4\xB8x\xFF", i));
  CHECK(out == "\xEF\xBF\xBD\xEF\xBF\xBDx\xEF\xBF\xBD");
  CHECK(util::valid_utf8("\xE4\xB8\xAD"));
  CHECK_FALSE(util::valid_utf8("\xED\xA0\x80"));
  CHECK_FALSE(util::valid_utf8("\xC0\x80"));
  CHECK(util::display_width("a\xE4\xB8\xAD\xCC\x81") == 3);
}

TEST_CASE("case mapping goes beyond ASCII", "[util]") {
  CHECK(util::to_lower("\xC3\x84\xCE\xA3\xD0\x96 X") == "\xC3\xA4\xCF\x83\xD0\xB6 x");
  CHECK(util::to_upper("\xC3\xA4\xC5\xBE\xD1\x91 x") == "\xC3\x84\xC5\xBD\xD0\x81 X");
}

TEST_CASE("names sort by the numbers in them", "[util]") {
  CHECK(util::natural_less("a2", "a10"));
  CHECK_FALSE(util::natural_less("a10", "a2"));
  CHECK(util::natural_less("a", "b"));
  CHECK_FALSE(util::natural_less("a", "a"));
  CHECK(util::natural_less("a1", "a01b"));
}

TEST_CASE("durations are read and written as Go does", "[util]") {
  CHECK(util::parse_duration("1h2m3.5s").value() == 3'723'500'000'000);
  CHECK(util::parse_duration("-1.5ms").value() == -1'500'000);
  CHECK(util::parse_duration("0").value() == 0);
  CHECK(util::parse_duration("5").error().message == R"(time: missing unit in duration "5")");
  CHECK(util::parse_duration("").error().message == R"(time: invalid duration "")");
  CHECK(util::parse_duration("1x").error().message == R"(time: unknown unit "x" in duration "1x")");
  CHECK(util::parse_duration("9999999h").error().message == R"(time: invalid duration "9999999h")");
  CHECK(util::format_duration(0) == "0s");
  CHECK(util::format_duration(1) == "1ns");
  CHECK(util::format_duration(1'500) == "1.5\xC2\xB5s");
  CHECK(util::format_duration(-2'000'000) == "-2ms");
  CHECK(util::format_duration(3'723'500'000'000) == "1h2m3.5s");
  CHECK(util::format_duration(60'000'000'000) == "1m0s");
}
