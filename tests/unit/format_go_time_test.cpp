#include "format/go_time.hpp"
#include "support/catch.hpp"

using namespace dockerlite::format;

namespace {

std::string formatted(std::string_view text, std::string_view layout) {
  const auto time = parse_rfc3339(text);
  return time ? format_time(*time, layout) : "no time";
}

}  // namespace

TEST_CASE("A time prints by Go's layouts") {
  const std::string_view time = "2026-01-02T03:04:05.678900000+05:45";
  CHECK(formatted(time, "2006-01-02 15:04:05.999999999 -0700 MST") == "2026-01-02 03:04:05.6789 +0545 +0545");
  CHECK(formatted(time, "2006-01-02T15:04:05.999999999Z07:00") == "2026-01-02T03:04:05.6789+05:45");
  CHECK(formatted(time, "Monday Mon January Jan 2 _2 02 002 1 01 06") == "Friday Fri January Jan 2  2 02 002 1 01 26");
  CHECK(formatted(time, "3:4:5 03:04:05 PM pm -07 -07:00 Z0700") == "3:4:5 03:04:05 AM am +05 +05:45 +0545");
  CHECK(formatted(time, ".000 .00 ,000 .0x .9") == ".678 .67 ,678 .6x .6");
  CHECK(formatted("2026-12-31T23:59:59Z", "2006 002 15 3PM .999 Z07:00 MST") == "2026 365 23 11PM  Z UTC");
}

TEST_CASE("Times outside the calendar's usual years, and what is no time") {
  CHECK(formatted("0001-01-01T00:00:00Z", "2006-01-02 Mon") == "0001-01-01 Mon");
  CHECK(formatted("2024-02-29T12:00:00Z", "Jan 2 Mon 002") == "Feb 29 Thu 060");
  CHECK(parse_rfc3339("0001-01-01T00:00:00Z")->seconds == GoTime().seconds);
  CHECK(parse_rfc3339("2026-01-02T03:04:05+00:01")->seconds == 1767323045 - 60);
  for (const auto* text : {"", "2026", "2026-13-01T00:00:00Z", "2026-01-02 03:04:05Z", "2026-01-02T03:04:05",
                           "2026-01-02T03:04:05+0100", "2026-01-02T03:04:05Zx", "2026-01-02T24:00:00Z"})
    CHECK_FALSE(parse_rfc3339(text).has_value());
}

TEST_CASE("Durations and times are values with methods") {
  CHECK(Value::integer(90'000'000'000, kDurationType).to_text() == "1m30s");
  CHECK(time_value("2026-01-02T03:04:05Z")->to_text() == "2026-01-02 03:04:05 +0000 UTC");
  CHECK(time_value("2026-01-02T03:04:05.5Z")->to_json(true) == R"("2026-01-02T03:04:05.5Z")");
  CHECK(time_value("")->to_text() == "0001-01-01 00:00:00 +0000 UTC");
  CHECK_FALSE(time_value("x").has_value());
}
