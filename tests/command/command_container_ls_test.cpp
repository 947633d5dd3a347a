#include "command/container/container_row.hpp"
#include "support/catch.hpp"
#include "support/command_run.hpp"

using namespace dockerlite;
using engine::Port;
using test::CommandOutcome;
using test::run_command;
using test::Script;

namespace {

// One hour before the tests' clock.
constexpr const char* kTwo = R"([
  {"Id":"0123456789abcdef0123","Names":["/db/web","/web"],"Image":"localhost:5000/shop/web:1@sha256:0123456789012345678901234567890123456789012345678901234567890123","ImageID":"sha256:ffff",
   "Command":"nginx -g 'daemon off;'","Created":1699996400,"State":"running","Status":"Up 1 hour",
   "Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"}],"Labels":{"a-b":"2","a":"1"},
   "SizeRw":2,"SizeRootFs":21500000,"NetworkSettings":{"Networks":{"front":{},"back":{}}},
   "Mounts":[{"Name":"a-volume-with-a-long-name","Driver":"local"},{"Source":"/src"}]},
  {"Id":"fedcba9876543210fedc","Names":["/idle"],"Image":"","ImageID":"","Command":"","Created":1699996400,"State":"created",
   "Status":"Created","Ports":[],"Labels":null,"NetworkSettings":{"Networks":{}},"Mounts":[]}])";

}  // namespace

TEST_CASE("the table has docker's columns") {
  Script script;
  script.expect("GET /v1.50/containers/json?all=1").reply_json(200, kTwo);
  CHECK(run_command(script, "ps -a") ==
        CommandOutcome{"CONTAINER ID   IMAGE                       COMMAND                  CREATED             STATUS "
                       "     PORTS                  NAMES\n"
                       "0123456789ab   localhost:5000/shop/web:1   \"nginx -g 'daemon of…\"   About an hour ago   Up 1 "
                       "hour   0.0.0.0:8080->80/tcp   web\n"
                       "fedcba987654   <no image>                  \"\"                       About an hour ago   "
                       "Created                            idle\n",
                       ""});
}

TEST_CASE("no containers are a header alone, and nothing with -q") {
  Script script;
  script.expect("GET /v1.50/containers/json").reply_json(200, "[]");
  CHECK(run_command(script, "container ls") ==
        CommandOutcome{"CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n", ""});
  script.expect("GET /v1.50/containers/json").reply_json(200, "[]");
  CHECK(run_command(script, "ps -q") == CommandOutcome{});
}

TEST_CASE("-q prints short IDs, with --no-trunc whole ones") {
  Script script;
  script.expect("GET /v1.50/containers/json?all=1").reply_json(200, kTwo);
  CHECK(run_command(script, "ps -aq") == CommandOutcome{"0123456789ab\nfedcba987654\n", ""});
  script.expect("GET /v1.50/containers/json").reply_json(200, kTwo);
  CHECK(run_command(script, "ps -q --no-trunc") == CommandOutcome{"0123456789abcdef0123\nfedcba9876543210fedc\n", ""});
}

TEST_CASE("-q wins over a format, with a warning if it was on the command line") {
  Script script;
  script.expect("GET /v1.50/containers/json").reply_json(200, kTwo);
  CHECK(run_command(script, "ps -q --format {{.Size}}") ==
        CommandOutcome{"0123456789ab\nfedcba987654\n",
                       "WARNING: Ignoring custom format, because both --format and --quiet are set.\n"});
  script.expect("GET /v1.50/containers/json").reply_json(200, kTwo);
  CHECK(run_command(script, "ps -q", {.config = R"({"psFormat":"{{.Names}}"})"}) ==
        CommandOutcome{"0123456789ab\nfedcba987654\n", ""});
}

TEST_CASE("filters, limits and sizes are asked for as said") {
  Script script;
  script.expect("GET /v1.50/containers/json?filters=%7B%22label%22%3A%7B%22x%22%3Atrue%7D%7D&limit=1")
      .reply_json(200, "[]");
  CHECK(run_command(script, "ps -q -l -f label=x") == CommandOutcome{});
  script.expect("GET /v1.50/containers/json?limit=3").reply_json(200, "[]");
  CHECK(run_command(script, "ps -q -l -n 3") == CommandOutcome{});
  script.expect("GET /v1.50/containers/json?size=1").reply_json(200, kTwo);
  CHECK(run_command(script, "ps --format {{.Size}}") == CommandOutcome{"2B (virtual 21.5MB)\n0B\n", ""});
  script.expect("GET /v1.50/containers/json").reply_json(200, "[]");
  CHECK(run_command(script, "ps --size=false --format {{.Size}}") == CommandOutcome{});
  script.expect("GET /v1.50/containers/json").reply_json(200, "[]");
  CHECK(run_command(script, "ps --format json") == CommandOutcome{});
}

TEST_CASE("each field prints as docker prints it") {
  Script script;
  script.expect("GET /v1.50/containers/json").reply_json(200, kTwo);
  const std::string all =
      R"({{.Labels}}|{{.Label "a"}}|{{.Mounts}}|{{.LocalVolumes}}|{{.Networks}}|{{.Platform}}|{{.State}})";
  CHECK(run_command(script, std::vector<std::string>{"ps", "--format", all}) ==
        CommandOutcome{"a-b=2,a=1|1|a-volume-with-…,/src|1|front,back|<nil>|running\n|||0||<nil>|created\n", ""});
  script.expect("GET /v1.50/containers/json").reply_json(200, kTwo);
  CHECK(run_command(script, "ps --no-trunc --format {{.Names}}|{{.Image}}|{{.Command}}|{{.Mounts}}") ==
        CommandOutcome{"db/web,web|localhost:5000/shop/"
                       "web:1@sha256:0123456789012345678901234567890123456789012345678901234567890123|\"nginx -g "
                       "'daemon off;'\"|a-volume-with-a-long-name,/src\n"
                       "idle|<no image>|\"\"|\n",
                       ""});
}

TEST_CASE("a broken format is refused before the engine is asked") {
  Script script;
  CHECK(run_command(script, "ps --format {{").error.message ==
        "failed to parse template: template: :1: unclosed action");
  CHECK(run_command(script, "ps --format {{.Nope}}").error.message ==
        "failed to execute template: template: :1:2: executing \"\" at <.Nope>: can't evaluate field Nope in type "
        "*formatter.ContainerContext");
}

TEST_CASE("an engine's refusal is the command's error") {
  Script script;
  script.expect("GET /v1.50/containers/json").reply_json(500, R"({"message":"broken"})");
  CHECK(run_command(script, "ps").error == Error{ErrorKind::api, "Error response from daemon: broken", 500, 0});
  script.expect("GET /v1.50/containers/json").reply(200, "<html>");
  CHECK(run_command(script, "ps").error == error("invalid character '<' looking for beginning of value"));
}

TEST_CASE("ports in a row are one range, what is mapped elsewhere follows") {
  using command::ports_text;
  CHECK(ports_text({}).empty());
  CHECK(ports_text({{"", 9988, 0, "tcp"}, {"0.0.0.0", 9988, 8899, "tcp"}}) == "9988/tcp, 0.0.0.0:8899->9988/tcp");
  CHECK(ports_text({{"", 2, 0, "tcp"}, {"", 1, 0, "tcp"}, {"", 3, 0, "tcp"}, {"", 3, 0, "udp"}, {"", 5, 0, "tcp"}}) ==
        "1-3/tcp, 5/tcp, 3/udp");
  CHECK(ports_text({{"::", 80, 80, "tcp"}, {"::", 81, 81, "tcp"}, {"0.0.0.0", 80, 80, "tcp"}}) ==
        "0.0.0.0:80->80/tcp, [::]:80-81->80-81/tcp");
  CHECK(ports_text({{"127.0.0.1", 80, 8080, "tcp"}, {"::1", 80, 8081, "tcp"}}) ==
        "127.0.0.1:8080->80/tcp, [::1]:8081->80/tcp");
  CHECK(ports_text({{"", 65535, 0, "tcp"}, {"", 0, 0, "tcp"}}) == "0/tcp, 65535/tcp");
}

TEST_CASE("containers can be put in order") {
  const std::string three = R"([
    {"Id":"1","Names":["/c10"],"Image":"b","Created":3,"SizeRw":5},{"Id":"2","Names":["/c9"],"Image":"a","Created":1,"SizeRw":9},
    {"Id":"3","Names":["/a"],"Image":"a","Created":2}])";
  const auto order = [&](const std::string& key, const std::string& target = "GET /v1.50/containers/json") {
    Script script;
    script.expect(target).reply_json(200, three);
    return run_command(script, "ps -q --sort=" + key).out;
  };
  CHECK(order("name") == "3\n2\n1\n");
  CHECK(order("-name") == "1\n2\n3\n");
  CHECK(order("Image") == "2\n3\n1\n");
  CHECK(order("created") == "1\n3\n2\n");
  CHECK(order("size", "GET /v1.50/containers/json?size=1") == "3\n1\n2\n");
  Script script;
  CHECK(run_command(script, "ps --sort=x").error.kind == ErrorKind::usage);
}

TEST_CASE("a list that is watched is drawn over until the engine fails") {
  Script script;
  script.expect("GET /v1.50/containers/json").reply_json(200, R"([{"Id":"1"}])");
  script.expect("GET /v1.50/containers/json").reply_json(500, R"({"message":"gone"})");
  CHECK(run_command(script, "ps -q --watch") ==
        CommandOutcome{"\x1b[H1\x1b[K\n\x1b[J", "", {ErrorKind::api, "Error response from daemon: gone", 500, 0}});
}
