#include <cstdlib>
#include <ctime>

#include "dockerlite/format/text.hpp"
#include "support/catch.hpp"

using dockerlite::format::ellipsis;
using dockerlite::format::short_id;

TEST_CASE("a text that fits is not shortened") {
  CHECK(ellipsis("", 20).empty());
  CHECK(ellipsis("12345678901234567890", 20) == "12345678901234567890");
  CHECK(ellipsis("ééééé", 5) == "ééééé");
  CHECK(ellipsis("世界", 4) == "世界");
}

TEST_CASE("a text that is too wide ends in an ellipsis that fits") {
  CHECK(ellipsis("123456789012345678901", 20) == "1234567890123456789…");
  CHECK(ellipsis("éééééé", 5) == "éééé…");
  CHECK(ellipsis("世界世", 5) == "世界…");
  CHECK(ellipsis("世界世", 4) == "世…");
  CHECK(ellipsis("abc", 1) == "a");
  CHECK(ellipsis("abc", 0).empty());
}

TEST_CASE("an ID is shown without its algorithm and short") {
  CHECK(short_id("sha256:0123456789abcdef") == "0123456789ab");
  CHECK(short_id("0123456789abcdef") == "0123456789ab");
  CHECK(short_id("abc").size() == 3);
}

TEST_CASE("times are local, in both of docker's forms") {
  ::setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
  ::tzset();
  CHECK(dockerlite::format::local_time(1700000000) == "2023-11-14 23:13:20 +0100 CET");
  CHECK(dockerlite::format::local_time_rfc3339(1700000000) == "2023-11-14T23:13:20+01:00");
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  CHECK(dockerlite::format::local_time(0) == "1970-01-01 00:00:00 +0000 UTC");
  CHECK(dockerlite::format::local_time(-62135596800) == "0001-01-01 00:00:00 +0000 UTC");
  CHECK(dockerlite::format::local_time_rfc3339(0) == "1970-01-01T00:00:00Z");
  ::unsetenv("TZ");
  ::tzset();
}
