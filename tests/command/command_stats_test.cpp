#include "support/catch.hpp"
#include "support/command_run.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::run_command;
using test::Script;

namespace {

std::string reading(const std::string& name, int memory) {
  return R"({"name":"/)" + name + R"(","id":"0123456789abcdef","memory_stats":{"usage":)" + std::to_string(memory) +
         R"(,"limit":4096},"pids_stats":{"current":3}})";
}

constexpr const char* kEvents = "GET /v1.50/events?filters=%7B%22type%22%3A%7B%22container%22%3Atrue%7D%7D";

}  // namespace

TEST_CASE("one reading of each container is a table in the order of the names") {
  Script script;
  script.expect("GET /v1.50/containers/b/stats?stream=0").any_order().reply_json(200, reading("b", 2048));
  script.expect("GET /v1.50/containers/a/stats?stream=0").any_order().reply_json(200, reading("a", 1024)).in_pieces(7);
  CHECK(run_command(script, "stats --no-stream b a") ==
        CommandOutcome{"CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O   BLOCK I/O   PIDS\n"
                       "0123456789ab   b         0.00%     2KiB / 4KiB         50.00%    0B / 0B   0B / 0B     3\n"
                       "0123456789ab   a         0.00%     1KiB / 4KiB         25.00%    0B / 0B   0B / 0B     3\n",
                       ""});
}

TEST_CASE("one container that is missing ends stats of named containers") {
  Script script;
  script.expect("GET /v1.50/containers/a/stats?stream=0").any_order().reply_json(200, reading("a", 1024));
  script.expect("GET /v1.50/containers/b/stats?stream=0")
      .any_order()
      .reply_json(404, R"({"message":"No such container: b"})");
  CHECK(run_command(script, "stats --no-stream a b").error ==
        Error{ErrorKind::api, "Error response from daemon: No such container: b", 404, 0});
}

TEST_CASE("without names every container is shown, one that vanishes with dashes") {
  Script script;
  script.expect(kEvents).any_order().reply(200).then_wait_for_cancel();
  script.expect("GET /v1.50/containers/json")
      .any_order()
      .reply_json(200, R"([{"Id":"aaaaaaaaaaaaaaaa"},{"Id":"bbbbbbbbbbbbbbbb"}])");
  script.expect("GET /v1.50/containers/aaaaaaaaaaaa/stats?stream=0").any_order().reply_json(200, reading("a", 1024));
  script.expect("GET /v1.50/containers/bbbbbbbbbbbb/stats?stream=0")
      .any_order()
      .reply_json(404, R"({"message":"gone"})");
  CHECK(run_command(script, "stats --no-stream --format {{.Container}}|{{.Name}}|{{.MemUsage}}|{{.PIDs}}") ==
        CommandOutcome{"aaaaaaaaaaaa|a|1KiB / 4KiB|3\nbbbbbbbbbbbb|--|-- / --|--\n", ""});
}

TEST_CASE("a display that is followed is drawn over, and ends without an error when the engine goes away") {
  Script script;
  script.expect(kEvents).any_order().reply(200).then_fail(error(ErrorKind::connection, "unexpected EOF"));
  script.expect("GET /v1.50/containers/json").any_order().reply_json(200, "[]");
  CHECK(run_command(script, "stats --format {{.Name}}") == CommandOutcome{"\x1b[H\x1b[J", ""});
}

TEST_CASE("the display of named containers ends once every connection to the engine is lost") {
  Script script;
  script.expect("GET /v1.50/containers/a/stats?stream=1")
      .reply(200, reading("a", 1024))
      .then_fail(error(ErrorKind::connection, "unexpected EOF"));
  const auto outcome = run_command(script, "stats --format {{.Name}} a");
  // Whether the loss comes before or after the first look is up to the threads.
  CHECK((outcome == CommandOutcome{"\x1b[Ha\x1b[K\n\x1b[J", ""} ||
         outcome == CommandOutcome{"", "", error(ErrorKind::connection, "unexpected EOF")}));
}
