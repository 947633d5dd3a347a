#include <limits>
#include <string>

#include "dockerlite/opts/size.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

struct Case {
  const char* text;
  std::int64_t value;
  const char* error = "";
};

void check(Result<std::int64_t> (*parse)(std::string_view), const Case& c) {
  INFO(c.text);
  const auto result = parse(c.text);
  CHECK((result ? *result : 0) == c.value);
  CHECK((result ? "" : result.error().message) == std::string(c.error));
}

}  // namespace

TEST_CASE("sizes are read with docker's units, floats and blanks", "[opts]") {
  constexpr std::int64_t kTooLarge = std::numeric_limits<std::int64_t>::min();
  for (const Case& c : {
           Case{"0", 0},
           {"1", 1},
           {"64m", 64 << 20},
           {"64M", 64 << 20},
           {"64MB", 64 << 20},
           {"64MiB", 64 << 20},
           {"64b", 64},
           {"64 m", 64 << 20},
           {"5 kb", 5120},
           {"1.5g", 1610612736},
           {".5k", 512},
           {"5.", 5},
           {"+5", 5},
           {"1e3", 1000},
           {"1e3k", 1024000},
           {"1_000", 1000},
           {"0x1p4", 16},
           {"1p", std::int64_t{1} << 50},
           {"10000p", kTooLarge},
       })
    check(opts::parse_ram_bytes, c);
}

TEST_CASE("sizes that docker refuses", "[opts]") {
  for (const Case& c : {
           Case{"", 0, "invalid size: ''"},
           {"x", 0, "invalid size: 'x'"},
           {"m", 0, "invalid size: 'm'"},
           {"-1", 0, "invalid size: '-1'"},
           {"64mm", 0, "invalid suffix: 'mm'"},
           {"64BB", 0, "invalid suffix: 'bb'"},
           {"64MMMM", 0, "invalid suffix: 'MMMM'"},
           {"5ki", 0, "invalid suffix: 'ki'"},
           {"5e", 0, "invalid suffix: 'e'"},
           {"64  m", 0, R"(strconv.ParseFloat: parsing "64 ": invalid syntax)"},
           {" ", 0, R"(strconv.ParseFloat: parsing "": invalid syntax)"},
           {".", 0, R"(strconv.ParseFloat: parsing ".": invalid syntax)"},
           {"0x10", 0, R"(strconv.ParseFloat: parsing "0x10": invalid syntax)"},
           {"1__0", 0, R"(strconv.ParseFloat: parsing "1__0": invalid syntax)"},
           {"1e400", 0, R"(strconv.ParseFloat: parsing "1e400": value out of range)"},
       })
    check(opts::parse_ram_bytes, c);
}

TEST_CASE("-1 is a size of swap alone", "[opts]") {
  opts::MemorySwapBytes swap;
  CHECK(swap.set("-1").ok());
  CHECK(swap.value == -1);
  CHECK(swap.set("-2").error().message == "invalid size: '-2'");
  opts::MemoryBytes memory;
  CHECK(memory.set("-1").error().message == "invalid size: '-1'");
}

TEST_CASE("CPUs are decimals or fractions, to the billionth", "[opts]") {
  for (const Case& c : {
           Case{"1.5", 1'500'000'000},
           {".5", 500'000'000},
           {"1.", 1'000'000'000},
           {"1/4", 250'000'000},
           {"-1/4", -250'000'000},
           {"0x10/4", 4'000'000'000},
           {"010/2", 4'000'000'000},
           {"010", 10'000'000'000},
           {"0x10", 16'000'000'000},
           {"1_0", 10'000'000'000},
           {"1e-9", 1},
           {"1E2", 100'000'000'000},
           {"+2", 2'000'000'000},
           {"-1", -1'000'000'000},
           {"0.10000000000000000000000000000", 100'000'000},
           {"1e-10", 0, "value is too precise"},
           {"1/3", 0, "value is too precise"},
           {"0.0000000001", 0, "value is too precise"},
           {"x", 0, "failed to parse x as a rational number"},
           {"", 0, "failed to parse  as a rational number"},
           {".", 0, "failed to parse . as a rational number"},
           {"1e", 0, "failed to parse 1e as a rational number"},
           {"1/0", 0, "failed to parse 1/0 as a rational number"},
           {"1/-4", 0, "failed to parse 1/-4 as a rational number"},
           {"1.5/3", 0, "failed to parse 1.5/3 as a rational number"},
           {" 1", 0, "failed to parse  1 as a rational number"},
       })
    check(opts::parse_nano_cpus, c);
}

TEST_CASE("a count of CPUs that does not fit is refused, where docker sends what is left of it", "[opts]") {
  CHECK(opts::parse_nano_cpus("99999999999").error().message == "failed to parse 99999999999 as a rational number");
  CHECK(opts::parse_nano_cpus("1e30").error().message == "failed to parse 1e30 as a rational number");
}

TEST_CASE("a duration needs its unit", "[opts]") {
  opts::Duration duration;
  CHECK(duration.set("1m30s").ok());
  CHECK(duration.value == 90'000'000'000);
  CHECK(duration.set("5").error().message == R"(time: missing unit in duration "5")");
}
