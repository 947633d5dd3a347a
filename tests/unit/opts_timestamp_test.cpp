#include <cstdlib>

#include "dockerlite/opts/timestamp.hpp"
#include "support/catch.hpp"

namespace {

std::string timestamp(std::string_view text) {
  ::setenv("TZ", "Europe/Berlin", 1);
  const auto now = std::chrono::system_clock::time_point(std::chrono::seconds(1795620673));  // in winter
  const auto result = dockerlite::opts::timestamp(text, now);
  return result ? *result : "error: " + result.error().message;
}

}  // namespace

TEST_CASE("a point in time is a duration before now") {
  CHECK(timestamp("10m") == "1795620073");
  CHECK(timestamp("1.5s") == "1795620671");
  CHECK(timestamp("-1h") == "1795624273");
}

TEST_CASE("a point in time is seconds, which stay as they are") {
  for (const char* text : {"0", "5", "1700000000", "1700000000.5", "20200102"}) CHECK(timestamp(text) == text);
}

TEST_CASE("a point in time is a date or a time, in the machine's zone or one that it names") {
  CHECK(timestamp("2020-01-02") == "1577919600.000000000");
  CHECK(timestamp("2020-01-02T03") == "1577930400.000000000");
  CHECK(timestamp("2020-01-02T03:04") == "1577930640.000000000");
  CHECK(timestamp("2020-01-02T03:04:05") == "1577930645.000000000");
  CHECK(timestamp("2020-01-02T3:04:05") == "1577930645.000000000");
  CHECK(timestamp("2020-01-02T03:04:05.5") == "1577930645.500000000");
  CHECK(timestamp("2020-01-02T03:04:05.123456789Z") == "1577934245.123456789");
  CHECK(timestamp("2020-01-02T03:04:05+02:00") == "1577927045.000000000");
  CHECK(timestamp("2020-01-02T03:04:05-02:00") == "1577941445.000000000");
  CHECK(timestamp("2020-01-02T03:04Z") == "1577934240.000000000");
  CHECK(timestamp("2020-01-02T03Z") == "1577934000.000000000");
  CHECK(timestamp("2020-01-02Z") == "1577923200.000000000");
  CHECK(timestamp("2020-01-02+01:00") == "1577919600.000000000");
  CHECK(timestamp("2020-01-02-07:00") == "1577948400.000000000");
  CHECK(timestamp("1969-12-31T23:59:59.5Z") == "-1.500000000");
}

TEST_CASE("what is no point in time is refused in Go's words") {
  CHECK(timestamp("-5") == R"(error: parsing time "-5" as "2006-01-02": cannot parse "-5" as "2006")");
  CHECK(timestamp("2020-1-2") == R"(error: parsing time "2020-1-2" as "2006-01-02": cannot parse "1-2" as "01")");
  CHECK(
      timestamp("2020-01-02T03:04:05+0200") ==
      R"(error: parsing time "2020-01-02T03:04:05+0200" as "2006-01-02T15:04Z07:00": cannot parse ":05+0200" as "Z07:00")");
  CHECK(timestamp("2020-13-01") == R"(error: parsing time "2020-13-01": month out of range)");
  CHECK(timestamp("2020-02-30") == R"(error: parsing time "2020-02-30": day out of range)");
  CHECK(timestamp("2020-01-02T25:00") == R"(error: parsing time "2020-01-02T25:00": hour out of range)");
  CHECK(timestamp("2020-01-02T03:04:60Z") == R"(error: parsing time "2020-01-02T03:04:60Z": second out of range)");
  CHECK(timestamp("2020-01-02T03:04:05+25:00") ==
        R"(error: parsing time "2020-01-02T03:04:05+25:00": time zone offset hour out of range)");
  CHECK(timestamp("2020-01-02x") == R"(error: parsing time "2020-01-02x": extra text: "x")");
  for (const std::string text : {"abc", "12:34", "1.2.3", "T", "Z", "1e3"})
    CHECK(timestamp(text) == "error: failed to parse value as time or duration: \"" + text + "\"");
}
