#include <string>
#include <string_view>

#include "dockerlite/engine/platform.hpp"
#include "support/catch.hpp"

using dockerlite::engine::parse_platform;
using dockerlite::engine::Platform;

namespace {
std::string parsed(std::string_view text) {
  const auto platform = parse_platform(text);
  return platform ? platform->json() : platform.error().message;
}
}  // namespace

TEST_CASE("platforms are sent in their usual spelling") {
  CHECK(parsed("linux/amd64") == R"({"architecture":"amd64","os":"linux"})");
  CHECK(parsed("Linux/X86_64") == R"({"architecture":"amd64","os":"linux"})");
  CHECK(parsed("linux/arm64") == R"({"architecture":"arm64","os":"linux"})");
  CHECK(parsed("linux/arm64/v8") == R"({"architecture":"arm64","os":"linux","variant":"v8"})");
  CHECK(parsed("linux/arm/7") == R"({"architecture":"arm","os":"linux","variant":"v7"})");
  CHECK(parsed("linux/arm") == R"({"architecture":"arm","os":"linux"})");
  CHECK(parsed("macos/aarch64/9") == R"({"architecture":"arm64","os":"darwin","variant":"v9"})");
  CHECK(parsed("windows(10.0.17763)/amd64") == R"({"architecture":"amd64","os":"windows","os.version":"10.0.17763"})");
  CHECK(parsed("armhf") == R"({"architecture":"arm","os":"linux"})");
  CHECK(parsed("s390x") == R"({"architecture":"s390x","os":"linux"})");
}

TEST_CASE("what is no platform is refused with docker's reason") {
  CHECK(parsed("a/b/c/d") == R"("a/b/c/d": cannot parse platform specifier: invalid argument)");
  CHECK(parsed("nonsense") == R"("nonsense": unknown operating system or architecture: invalid argument)");
  CHECK(parsed("linux/*") == R"("linux/*": wildcards not yet supported: invalid argument)");
  CHECK(
      parsed("linux/") ==
      R"("" is an invalid component of "linux/": platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument)");
  CHECK(
      parsed("") ==
      R"("" is an invalid OS component of "": OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.-]*)\\))?$": invalid argument)");
}

TEST_CASE("a platform's text names the OS version only on demand") {
  CHECK(Platform{"windows", "10.0", "amd64", ""}.text() == "windows/amd64");
  CHECK(Platform{"windows", "10.0", "amd64", ""}.text(true) == "windows(10.0)/amd64");
  CHECK(Platform{"linux", "", "arm64", "v8"}.text() == "linux/arm64/v8");
  CHECK(Platform{}.text() == "unknown");
}
