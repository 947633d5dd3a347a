#include "dockerlite/opts/platform.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

TEST_CASE("platforms are normalised as containerd does", "[opts]") {
  const auto text = [](std::string_view specifier) {
    const auto platform = opts::parse_platform(specifier);
    return platform ? platform->text() : "error: " + platform.error().message;
  };
  CHECK(text("linux/arm64") == "linux/arm64");
  CHECK(text("arm64") == "linux/arm64");
  CHECK(text("armhf") == "linux/arm");
  CHECK(text("i386") == "linux/386");
  CHECK(text("LINUX/x86_64") == "linux/amd64");
  CHECK(text("linux/arm") == "linux/arm");
  CHECK(text("linux/arm/7") == "linux/arm/v7");
  CHECK(text("linux/armel") == "linux/arm/v6");
  CHECK(text("linux/arm64/v8") == "linux/arm64/v8");
  CHECK(text("linux/arm64/9") == "linux/arm64/v9");
  CHECK(text("linux/amd64/v1") == "linux/amd64");
  CHECK(text("windows(10.0.1)/amd64") == "windows/amd64");
  CHECK(text("bogus") == R"(error: "bogus": unknown operating system or architecture: invalid argument)");
  CHECK(text("linux/*") == R"(error: "linux/*": wildcards not yet supported: invalid argument)");
  CHECK(text("linux/amd64/v1/x") == R"(error: "linux/amd64/v1/x": cannot parse platform specifier: invalid argument)");
  CHECK(text("linux/") == R"(error: "" is an invalid component of "linux/": platform specifier component must match )"
                          R"("^[A-Za-z0-9_.-]+$": invalid argument)");
  CHECK(text("/amd64") ==
        R"(error: "" is an invalid OS component of "/amd64": OSAndVersion specifier component must match )"
        R"("^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.-]*)\\))?$": invalid argument)");
}

TEST_CASE("a platform's system comes with its version", "[opts]") {
  CHECK(*opts::parse_platform("windows(10.0.17763)/amd64") == opts::Platform{"windows", "10.0.17763", "amd64", ""});
  CHECK(opts::parse_platform("macos")->os == "darwin");
  CHECK_FALSE(opts::parse_platform("macos")->architecture.empty());
}
