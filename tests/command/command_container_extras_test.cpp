#include "command/container/line_prefixer.hpp"
#include "command/container/wait_until.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using command::Until;

namespace {

Result<bool> reached(Until until, std::string status, std::string health = {}) {
  return command::reached(until, {.status = std::move(status), .health = std::move(health), .exit_code = 3}, "web");
}

std::string lines_of(const std::vector<std::string>& pieces) {
  term::StringInput in;
  term::StringOutput out, err;
  term::Streams io{in, out, err};
  std::mutex mutex;
  command::LinePrefixer prefixer(io, mutex, "web | ");
  for (const auto& piece : pieces) REQUIRE(prefixer.out(piece).ok());
  REQUIRE(prefixer.finish().ok());
  CHECK(err.text.empty());
  return out.text;
}

}  // namespace

TEST_CASE("ready means running, and healthy where there is a check", "[command]") {
  CHECK(reached(Until::ready, "running").value());
  CHECK_FALSE(reached(Until::ready, "created").value());
  CHECK_FALSE(reached(Until::ready, "running", "starting").value());
  CHECK(reached(Until::ready, "running", "healthy").value());
  CHECK(reached(Until::ready, "running", "unhealthy").error().message == "container web is unhealthy");
  CHECK(reached(Until::ready, "exited").error().message == "container web has ended with exit code 3");
}

TEST_CASE("states that are waited for by name", "[command]") {
  CHECK(reached(Until::running, "running").value());
  CHECK_FALSE(reached(Until::running, "exited").value());
  CHECK(reached(Until::paused, "paused").value());
  CHECK(reached(Until::unhealthy, "running", "unhealthy").value());
  CHECK_FALSE(reached(Until::unhealthy, "running", "healthy").value());
  CHECK_FALSE(reached(Until::healthy, "created").value());
  CHECK(reached(Until::healthy, "running").error().message == "container web has no health check");
  CHECK(reached(Until::healthy, "dead").error().message == "container web has ended with exit code 3");
}

TEST_CASE("--wait-timeout takes seconds and durations", "[command]") {
  const auto parsed = [](std::string_view text) {
    command::WaitTimeout timeout;
    REQUIRE(timeout.set(text).ok());
    return timeout.value;
  };
  CHECK(parsed("90") == std::chrono::seconds(90));
  CHECK(parsed("1m30s") == std::chrono::seconds(90));
  CHECK(parsed("250ms") == std::chrono::milliseconds(250));
  for (const std::string_view bad : {"", "x", "-1s", "5x"}) {
    command::WaitTimeout timeout;
    CHECK_FALSE(timeout.set(bad).ok());
  }
}

TEST_CASE("a prefix stands before each line, wherever the pieces are cut", "[command]") {
  CHECK(lines_of({"a\nb\n"}) == "web | a\nweb | b\n");
  CHECK(lines_of({"a", "b\n\nc"}) == "web | ab\nweb | \nweb | c\n");
  CHECK(lines_of({}).empty());
  const std::string text = "one\ntwo\nthree";
  for (std::size_t cut = 0; cut <= text.size(); ++cut)
    CHECK(lines_of({text.substr(0, cut), text.substr(cut)}) == "web | one\nweb | two\nweb | three\n");
}
