#include <cstdint>

#include "dockerlite/format/units.hpp"
#include "support/catch.hpp"

using dockerlite::format::binary_size;
using dockerlite::format::human_duration;
using dockerlite::format::human_size;

TEST_CASE("sizes are decimal, with the significant digits that the list asks for") {
  CHECK(human_size(0) == "0B");
  CHECK(human_size(999) == "999B");
  CHECK(human_size(1000) == "1kB");
  CHECK(human_size(1049) == "1.049kB");
  CHECK(human_size(1049, 3) == "1.05kB");
  CHECK(human_size(12345678) == "12.35MB");
  CHECK(human_size(12345678, 3) == "12.3MB");
  CHECK(human_size(5.001e9) == "5.001GB");
  CHECK(human_size(1e30) == "1e+06YB");
}

TEST_CASE("a size just below the next unit shows docker's exponent") {
  CHECK(human_size(999999, 3) == "1e+03kB");
  CHECK(human_size(999999) == "1000kB");
}

TEST_CASE("a negative size stays in bytes") { CHECK(human_size(-1234567, 3) == "-1.23e+06B"); }

TEST_CASE("memory is in binary units with four digits") {
  CHECK(binary_size(0) == "0B");
  CHECK(binary_size(1023) == "1023B");
  CHECK(binary_size(1024) == "1KiB");
  CHECK(binary_size(1.944 * 1024 * 1024 * 1024) == "1.944GiB");
  CHECK(binary_size(9.223372036854772e18) == "8EiB");
}

TEST_CASE("durations are named as docker names them at each border") {
  constexpr std::int64_t second = 1'000'000'000;
  constexpr std::int64_t minute = 60 * second;
  constexpr std::int64_t hour = 60 * minute;
  constexpr std::int64_t day = 24 * hour;
  CHECK(human_duration(-5 * second) == "Less than a second");
  CHECK(human_duration(second - 1) == "Less than a second");
  CHECK(human_duration(second) == "1 second");
  CHECK(human_duration(59 * second) == "59 seconds");
  CHECK(human_duration(minute) == "About a minute");
  CHECK(human_duration(2 * minute) == "2 minutes");
  CHECK(human_duration(59 * minute) == "59 minutes");
  CHECK(human_duration(hour) == "About an hour");
  CHECK(human_duration(89 * minute) == "About an hour");
  CHECK(human_duration(90 * minute) == "2 hours");
  CHECK(human_duration(47 * hour) == "47 hours");
  CHECK(human_duration(48 * hour) == "2 days");
  CHECK(human_duration(14 * day) == "2 weeks");
  CHECK(human_duration(60 * day) == "2 months");
  CHECK(human_duration(729 * day) == "24 months");
  CHECK(human_duration(730 * day) == "2 years");
}
