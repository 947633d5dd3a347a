#include "support/catch.hpp"
#include "support/command_run.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::run_command;
using test::Script;

namespace {

constexpr const char* kNotFound = R"({"message":"No such container: b"})";

Error not_found(const std::string& message) { return {ErrorKind::api, message, 404, 0}; }

}  // namespace

TEST_CASE("names are printed in the order of the command line, whatever order the answers come in") {
  Script script;
  for (const char* name : {"c", "a", "b"})
    script.expect(std::string("POST /v1.50/containers/") + name + "/stop").any_order().reply(204);
  CHECK(run_command(script, "stop a b c") == CommandOutcome{"a\nb\nc\n", ""});
}

TEST_CASE("stop and restart pass the time and the signal on") {
  Script script;
  script.expect("POST /v1.50/containers/web/stop?signal=INT&t=5").reply(204);
  CHECK(run_command(script, "stop -s INT -t 5 web") == CommandOutcome{"web\n", ""});
  script.expect("POST /v1.50/containers/web/restart?t=-1").reply(204);
  CHECK(run_command(script, "container restart --timeout=-1 /web") == CommandOutcome{"/web\n", ""});
  script.expect("POST /v1.50/containers/web/stop?t=0").reply(204);
  CHECK(run_command(script, "stop --time 0 web") == CommandOutcome{"web\n", ""});
}

TEST_CASE("an engine before API 1.42 gets no signal with stop") {
  Script script;
  script.expect("POST /v1.41/containers/web/stop").reply(204);
  CHECK(run_command(script, "stop -s INT web", {.pinned_api_version = "1.41"}) == CommandOutcome{"web\n", ""});
}

TEST_CASE("both names of the time option are a conflict, and nothing is asked of the engine") {
  Script script;
  CHECK(run_command(script, "stop --time 1 --timeout 2 web").error ==
        error("conflicting options: cannot specify both --timeout and --time"));
}

TEST_CASE("what succeeded is printed, and each failure is a line of the error") {
  Script script;
  script.expect("POST /v1.50/containers/a/kill?signal=HUP").any_order().reply(204);
  script.expect("POST /v1.50/containers/b/kill?signal=HUP").any_order().reply_json(404, kNotFound);
  script.expect("POST /v1.50/containers/c/kill?signal=HUP").any_order().reply_json(409, R"({"message":"not running"})");
  CHECK(run_command(script, "kill --signal HUP a b c") ==
        CommandOutcome{
            "a\n", "",
            not_found("Error response from daemon: No such container: b\nError response from daemon: not running")});
}

TEST_CASE("containers are restarted one after the other, as one may be linked to another") {
  Script script;
  script.expect("POST /v1.50/containers/c/restart").reply(204);
  script.expect("POST /v1.50/containers/b/restart").reply_json(404, kNotFound);
  script.expect("POST /v1.50/containers/a/restart").reply(204);
  CHECK(run_command(script, "restart c b a") ==
        CommandOutcome{"c\na\n", "", not_found("Error response from daemon: No such container: b")});
}

TEST_CASE("pause and unpause work on each container") {
  Script script;
  script.expect("POST /v1.50/containers/a/pause").reply(204);
  CHECK(run_command(script, "pause a") == CommandOutcome{"a\n", ""});
  script.expect("POST /v1.50/containers/a/unpause").reply(204);
  CHECK(run_command(script, "container unpause a") == CommandOutcome{"a\n", ""});
}

TEST_CASE("rm with force takes what is gone for removed, and only that") {
  Script script;
  script.expect("DELETE /v1.50/containers/b?force=1&v=1").reply_json(404, kNotFound);
  CHECK(run_command(script, "rm -fv b") == CommandOutcome{"", "Error response from daemon: No such container: b\n"});
  script.expect("DELETE /v1.50/containers/b").reply_json(404, kNotFound);
  CHECK(run_command(script, "rm b") ==
        CommandOutcome{"", "", not_found("Error response from daemon: No such container: b")});
}

TEST_CASE("rm refuses a name of slashes or blanks without asking the engine") {
  Script script;
  CHECK(run_command(script, "rm /").error == error("container name cannot be empty"));
  CHECK(run_command(script, std::vector<std::string>{"rm", " "}).error ==
        error("invalid container name or ID: value is empty"));
}

TEST_CASE("rename needs two names and says which container it could not rename") {
  Script script;
  script.expect("POST /v1.50/containers/a/rename?name=b+c").reply(204);
  CHECK(run_command(script, std::vector<std::string>{"rename", "a", " b c "}) == CommandOutcome{});
  script.expect("POST /v1.50/containers/b/rename?name=c").reply_json(404, kNotFound);
  CHECK(run_command(script, "rename b c").error ==
        not_found("Error response from daemon: No such container: b\nError: failed to rename container named b"));
  CHECK(run_command(script, std::vector<std::string>{"rename", "a", " "}).error ==
        error("Error: Neither old nor new names may be empty"));
}

TEST_CASE("diff shows the kind of each change") {
  Script script;
  script.expect("GET /v1.50/containers/a/changes")
      .reply_json(200, R"([{"Path":"/tmp","Kind":0},{"Path":"/tmp/x y","Kind":1},{"Path":"/old","Kind":2}])");
  CHECK(run_command(script, "diff a") == CommandOutcome{"C /tmp\nA /tmp/x y\nD /old\n", ""});
  script.expect("GET /v1.50/containers/a/changes").reply_json(200, "null");
  CHECK(run_command(script, "diff a") == CommandOutcome{});
  CHECK(run_command(script, std::vector<std::string>{"diff", ""}).error == error("Container name cannot be empty"));
}

TEST_CASE("port lists what is published, in natural order") {
  const std::string answer =
      R"({"NetworkSettings":{"Ports":{"443/tcp":null,"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"},
      {"HostIp":"::","HostPort":"8080"}],"100/udp":[{"HostIp":"","HostPort":"9"}]}}})";
  Script script;
  script.expect("GET /v1.50/containers/web/json").reply_json(200, answer);
  CHECK(run_command(script, "port web") ==
        CommandOutcome{"80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080\n100/udp -> :9\n", ""});
  script.expect("GET /v1.50/containers/web/json").reply_json(200, answer);
  CHECK(run_command(script, "port web 80") == CommandOutcome{"0.0.0.0:8080\n[::]:8080\n", ""});
  script.expect("GET /v1.50/containers/web/json").reply_json(200, answer);
  CHECK(run_command(script, "port web 443").error == error("Error: No public port '443' published for web"));
  script.expect("GET /v1.50/containers/web/json").reply_json(200, answer);
  CHECK(run_command(script, "port web 99999").error ==
        error("Error: invalid port (99999): strconv.ParseUint: parsing \"99999\": value out of range"));
}

TEST_CASE("top aligns the columns and passes the ps options on as one") {
  Script script;
  script.expect("GET /v1.50/containers/a/top?ps_args=-o+pid%2Ccmd")
      .reply_json(200, R"({"Titles":["PID","CMD"],"Processes":[["1","sh"],["22","top -b"]]})");
  CHECK(run_command(script, "top a -o pid,cmd") ==
        CommandOutcome{"PID                 CMD\n1                   sh\n22                  top -b\n", ""});
}

TEST_CASE("update sends every limit, warns on stdout, and goes on after a failure") {
  Script script;
  const std::string body =
      R"({"CpuShares":0,"Memory":67108864,"NanoCpus":1500000000,"CgroupParent":"","BlkioWeight":0,"BlkioWeightDevice":null,)"
      R"("BlkioDeviceReadBps":null,"BlkioDeviceWriteBps":null,"BlkioDeviceReadIOps":null,"BlkioDeviceWriteIOps":null,)"
      R"("CpuPeriod":0,"CpuQuota":0,"CpuRealtimePeriod":0,"CpuRealtimeRuntime":0,"CpusetCpus":"0-1","CpusetMems":"",)"
      R"("Devices":null,"DeviceCgroupRules":null,"DeviceRequests":null,"MemoryReservation":0,"MemorySwap":-1,)"
      R"("MemorySwappiness":null,"OomKillDisable":null,"PidsLimit":9,"Ulimits":null,"CpuCount":0,"CpuPercent":0,)"
      R"("IOMaximumIOps":0,"IOMaximumBandwidth":0,"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3}})"
      "\n";
  script.expect("POST /v1.50/containers/a/update").with_body(body).reply_json(200, R"({"Warnings":["careful"]})");
  script.expect("POST /v1.50/containers/b/update").with_body(body).reply_json(404, kNotFound);
  CHECK(run_command(script,
                    "update -m 64m --cpus 1.5 --cpuset-cpus 0-1 --memory-swap -1 --pids-limit 9 --restart "
                    "on-failure:3 a b") ==
        CommandOutcome{"a\ncareful\n", "", not_found("Error response from daemon: No such container: b")});
}

TEST_CASE("update needs an option, even one that changes nothing") {
  Script script;
  CHECK(run_command(script, "update a").error == error("you must provide one or more flags when using this command"));
  script.expect("POST /v1.50/containers/a/update").with_any_body().reply_json(200, "{}");
  CHECK(run_command(script, "update --memory 0 a") == CommandOutcome{"a\n", ""});
  CHECK(run_command(script, "update --restart a:b a").error ==
        error("invalid restart policy format: maximum retry count must be an integer"));
}

TEST_CASE("a selection works on what the engine finds, and asks first on a terminal") {
  const std::string two = R"([{"Id":"1","Names":["/db/web","/web"]},{"Id":"2","Names":["/db"]}])";
  Script script;
  script.expect("GET /v1.50/containers/json").reply_json(200, two);
  script.expect("POST /v1.50/containers/web/stop").any_order().reply(204);
  script.expect("POST /v1.50/containers/db/stop").any_order().reply(204);
  CHECK(run_command(script, "stop --all") == CommandOutcome{"web\ndb\n", ""});

  script.expect("GET /v1.50/containers/json?filters=%7B%22label%22%3A%7B%22x%22%3Atrue%7D%7D").reply_json(200, two);
  const test::CommandSetup no{.input = "n\n", .terminal = term::WindowSize{24, 80}};
  CHECK(run_command(script, "kill --filter label=x", no) ==
        CommandOutcome{"This will kill 2 containers:\n  - web\n  - db\nAre you sure you want to continue? [y/N] ", "",
                       error(ErrorKind::cancelled, "")});

  script.expect("GET /v1.50/containers/json?all=1&filters=%7B%22status%22%3A%7B%22exited%22%3Atrue%7D%7D")
      .reply_json(200, "[]");
  CHECK(run_command(script, "rm --filter status=exited") == CommandOutcome{});
}

TEST_CASE("names and a selection at once are a conflict, and neither is an error in the number of arguments") {
  Script script;
  CHECK(run_command(script, "rm --all web").error ==
        error("conflicting options: cannot specify both containers and --all or --filter"));
  CHECK(run_command(script, "kill").error.kind == ErrorKind::arguments);
}
