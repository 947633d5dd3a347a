#include "dockerlite/command/specs.hpp"
#include "support/catch.hpp"
#include "support/command_runner.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::CommandRunner;

namespace {

std::string frame(char stream, const std::string& payload) {
  std::string bytes(1, stream);
  bytes += std::string("\0\0\0", 3);
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(payload.size() >> shift & 0xff);
  return bytes + payload;
}

Error status(int code) { return Error{ErrorKind::exit_status, "", 0, code}; }

void expect_create(CommandRunner& runner) {
  runner.script.expect_ping("1.41");
  runner.script.expect("POST /v1.41/containers/create")
      .with_any_body()
      .reply_json(201, R"({"Id":"c0ffee","Warnings":[]})");
}

void expect_start(CommandRunner& runner, const std::string& wait_answer, const std::string& condition = "next-exit") {
  runner.script.expect("POST /v1.41/containers/c0ffee/wait?condition=" + condition).reply_json(200, wait_answer);
  runner.script.expect("POST /v1.41/containers/c0ffee/start").reply(204);
}

}  // namespace

TEST_CASE("run attaches, waits and starts in this order, and passes output and status on") {
  CommandRunner runner;
  expect_create(runner);
  runner.script.expect("POST /v1.41/containers/c0ffee/attach?stderr=1&stdout=1&stream=1")
      .with_header("Content-Type", "text/plain")
      .upgrade(frame(1, "one\n") + frame(2, "two\n") + frame(1, "three\n"), "");
  expect_start(runner, R"({"StatusCode":3})");
  CHECK(runner.run(command::container_run, {"busybox", "true"}) == CommandOutcome{"one\nthree\n", "two\n", status(3)});
}

TEST_CASE("run -i sends stdin and closes its side at the end of it") {
  CommandRunner runner;
  runner.stdin_text = "typed\n";
  expect_create(runner);
  runner.script.expect("POST /v1.41/containers/c0ffee/attach?stderr=1&stdin=1&stdout=1&stream=1")
      .upgrade(frame(1, "answer\n"), "typed\n");
  expect_start(runner, R"({"StatusCode":0})");
  CHECK(runner.run(command::container_run, {"-i", "busybox", "cat"}) == CommandOutcome{"answer\n", "", {}});
}

TEST_CASE("run -d prints the ID before it starts the container, and does not attach") {
  CommandRunner runner;
  expect_create(runner);
  runner.script.expect("POST /v1.41/containers/c0ffee/wait?condition=next-exit").reply(200).then_wait_for_cancel();
  runner.script.expect("POST /v1.41/containers/c0ffee/start").reply(204);
  CHECK(runner.run(command::container_run, {"-d", "busybox"}) == CommandOutcome{"c0ffee\n", "", {}});
}

TEST_CASE("run --rm waits for the removal, also when the start fails") {
  CommandRunner runner;
  expect_create(runner);
  runner.script.expect("POST /v1.41/containers/c0ffee/attach?stderr=1&stdout=1&stream=1").upgrade("");
  runner.script.expect("POST /v1.41/containers/c0ffee/wait?condition=removed").reply_json(200, R"({"StatusCode":127})");
  runner.script.expect("POST /v1.41/containers/c0ffee/start")
      .reply_json(400, R"({"message":"exec: \"nosuch\": executable file not found in $PATH"})");
  CHECK(runner.run(command::container_run, {"--rm", "busybox", "nosuch"}) ==
        CommandOutcome{
            "", "",
            Error{ErrorKind::api,
                  "docker: Error response from daemon: exec: \"nosuch\": executable file not found in $PATH\n\n"
                  "Run 'docker run --help' for more information",
                  400, 127}});
}

TEST_CASE("run tells what cannot be executed from other failures by its exit code") {
  struct Case {
    std::string message;
    int code;
  };
  for (const auto& [message, code] : {Case{"permission denied", 126}, Case{"x is a directory", 126},
                                      Case{"no such file or directory", 127}, Case{"conflict", 125}}) {
    CommandRunner runner;
    expect_create(runner);
    runner.script.expect("POST /v1.41/containers/c0ffee/wait?condition=next-exit").reply(200).then_wait_for_cancel();
    runner.script.expect("POST /v1.41/containers/c0ffee/start").reply_json(500, R"({"message":")" + message + R"("})");
    const CommandOutcome outcome = runner.run(command::container_run, {"-d", "busybox"});
    CHECK(outcome.error.exit_code == code);
    CHECK(outcome.out == "c0ffee\n");
  }
}

TEST_CASE("run removes the container that it cannot attach to") {
  CommandRunner runner;
  expect_create(runner);
  runner.script.expect("POST /v1.41/containers/c0ffee/attach?stderr=1&stdout=1&stream=1")
      .reply_json(400, R"({"message":"no"})");
  runner.script.expect("DELETE /v1.41/containers/c0ffee?v=1").reply(204);
  CHECK(runner.run(command::container_run, {"busybox"}) ==
        CommandOutcome{
            "", "",
            Error{ErrorKind::api, "unable to upgrade to tcp, received 400: Error response from daemon: no", 400, 0}});
}

TEST_CASE("run refuses what it can before it asks the engine for anything") {
  CommandRunner runner;
  runner.script.expect_ping("1.41");
  CHECK(runner.run(command::container_run, {"-it", "busybox"}) ==
        CommandOutcome{"", "", error("the input device is not a TTY")});
  CommandRunner detached;
  detached.script.expect_ping("1.41");
  CHECK(detached.run(command::container_run, {"-d", "-a", "stdout", "busybox"}) ==
        CommandOutcome{"", "", error("conflicting options: cannot specify both --attach and --detach")});
  CommandRunner keys;
  keys.script.expect_ping("1.41");
  CHECK(keys.run(command::container_run, {"--detach-keys", "xyz", "busybox"}) ==
        CommandOutcome{"", "", error("invalid detach keys (xyz): Unknown character: 'xyz'")});
}

TEST_CASE("run ends with the engine's error in the stream, whatever the container's status") {
  CommandRunner runner;
  expect_create(runner);
  runner.script.expect("POST /v1.41/containers/c0ffee/attach?stderr=1&stdout=1&stream=1")
      .upgrade(frame(1, "before\n") + frame(3, "disk gone"));
  expect_start(runner, R"({"StatusCode":0})");
  CHECK(runner.run(command::container_run, {"busybox"}) ==
        CommandOutcome{"before\n", "", error("error from daemon in stream: disk gone")});
}

TEST_CASE("run -t copies the terminal's stream as it is, and sends the size") {
  CommandRunner runner;
  runner.stdin_terminal = true;
  runner.terminal = term::WindowSize{30, 100};
  expect_create(runner);
  runner.script.expect("POST /v1.41/containers/c0ffee/attach?stderr=1&stdout=1&stream=1").upgrade("raw\r\n", "");
  expect_start(runner, R"({"StatusCode":0})");
  runner.script.expect("POST /v1.41/containers/c0ffee/resize?h=30&w=100").reply(200);
  CHECK(runner.run(command::container_run, {"-t", "busybox"}) == CommandOutcome{"raw\r\n", "", {}});
}

TEST_CASE("run -it ends with success when the detach keys are typed, and sends what came before them") {
  CommandRunner runner;
  runner.stdin_terminal = true;
  runner.stdin_text = "ls\n\x10\x11";
  expect_create(runner);
  runner.script.expect("POST /v1.41/containers/c0ffee/attach?stderr=1&stdin=1&stdout=1&stream=1").upgrade([](int fd) {
    char buffer[64];
    std::string received;
    for (ssize_t count = 0; (count = ::read(fd, buffer, sizeof buffer)) > 0;)
      received.append(buffer, static_cast<std::size_t>(count));
    if (received != "ls\n") std::abort();
  });
  runner.script.expect("POST /v1.41/containers/c0ffee/wait?condition=next-exit").reply(200).then_wait_for_cancel();
  runner.script.expect("POST /v1.41/containers/c0ffee/start").reply(204);
  CHECK(runner.run(command::container_run, {"-it", "busybox"}) == CommandOutcome{"", "", {}});
}

TEST_CASE("start -a inspects, attaches, waits and starts") {
  CommandRunner runner;
  runner.script.expect_ping("1.41");
  runner.script.expect("GET /v1.41/containers/web/json")
      .reply_json(200, R"({"Id":"c0ffee","Config":{"Tty":false,"OpenStdin":true},"HostConfig":{"AutoRemove":true}})");
  runner.script.expect("POST /v1.41/containers/c0ffee/attach?stderr=1&stdout=1&stream=1")
      .upgrade(frame(1, "out\n"), "");
  expect_start(runner, R"({"StatusCode":7})", "removed");
  CHECK(runner.run(command::container_start, {"-a", "web"}) == CommandOutcome{"out\n", "", status(7)});
}

TEST_CASE("start names those that did not start, and goes on") {
  CommandRunner runner;
  runner.script.expect_ping("1.41");
  runner.script.expect("POST /v1.41/containers/a/start").reply(204);
  runner.script.expect("POST /v1.41/containers/b/start").reply_json(404, R"({"message":"No such container: b"})");
  runner.script.expect("POST /v1.41/containers/c/start").reply(304);
  CHECK(runner.run(command::container_start, {"a", "b", "c"}) ==
        CommandOutcome{"a\nc\n", "Error response from daemon: No such container: b\n",
                       error("Error: failed to start containers: b")});
}

TEST_CASE("start attaches to one container only") {
  CommandRunner runner;
  CHECK(runner.run(command::container_start, {"-a", "a", "b"}) ==
        CommandOutcome{"", "", error("you cannot start and attach multiple containers at once")});
}

TEST_CASE("attach waits first, and looks at the container before and after it attaches") {
  CommandRunner runner;
  const std::string running = R"({"Id":"c0ffee","Config":{"Tty":false,"OpenStdin":false},"State":{"Running":true}})";
  runner.script.expect_ping("1.41");
  runner.script.expect("POST /v1.41/containers/web/wait").reply_json(200, R"({"StatusCode":5})");
  runner.script.expect("GET /v1.41/containers/web/json").reply_json(200, running);
  runner.script.expect("POST /v1.41/containers/web/attach?stderr=1&stdout=1&stream=1").upgrade(frame(2, "err\n"), "");
  runner.script.expect("GET /v1.41/containers/web/json").reply_json(200, running);
  CHECK(runner.run(command::container_attach, {"web"}) == CommandOutcome{"", "err\n", status(5)});
}

TEST_CASE("attach refuses a container that cannot be attached to") {
  for (const auto& [state, text] :
       {std::pair{R"({"Running":false})", "You cannot attach to a stopped container, start it first"},
        {R"({"Running":true,"Paused":true})", "You cannot attach to a paused container, unpause it first"},
        {R"({"Running":true,"Restarting":true})",
         "You cannot attach to a restarting container, wait until it is running"}}) {
    CommandRunner runner;
    runner.script.expect_ping("1.41");
    runner.script.expect("POST /v1.41/containers/web/wait").reply(200).then_wait_for_cancel();
    runner.script.expect("GET /v1.41/containers/web/json")
        .reply_json(200, std::string(R"({"Id":"c0ffee","Config":{},"State":)") + state + "}");
    CHECK(runner.run(command::container_attach, {"web"}) == CommandOutcome{"", "", error(text)});
  }
}

TEST_CASE("exec creates, starts and asks for the status") {
  CommandRunner runner;
  runner.environment = {{"MINE", "1"}};
  runner.script.expect_ping("1.41");
  runner.script.expect("GET /v1.41/containers/web/json").reply_json(200, "{}");
  runner.script.expect("POST /v1.41/containers/web/exec")
      .with_body(
          R"({"User":"root","Privileged":true,"Tty":false,"AttachStdin":false,"AttachStderr":true,"AttachStdout":true,)"
          R"("Detach":false,"DetachKeys":"","Env":["A=\u003c\u0026","MINE=1","NONE"],"WorkingDir":"/x","Cmd":["ls","-l"]})"
          "\n")
      .reply_json(201, R"({"Id":"e1"})");
  runner.script.expect("POST /v1.41/exec/e1/start")
      .with_body("{\"Detach\":false,\"Tty\":false}\n")
      .upgrade(frame(1, "out\n"), "");
  runner.script.expect("GET /v1.41/exec/e1/json").reply_json(200, R"({"ExitCode":126})");
  CHECK(runner.run(command::container_exec, {"-e", "A=<&", "-e", "MINE", "-e", "NONE", "-u", "root", "-w", "/x",
                                             "--privileged", "web", "ls", "-l"}) ==
        CommandOutcome{"out\n", "", status(126)});
}

TEST_CASE("exec -dt sends the size from API 1.42 on, and does not wait") {
  CommandRunner runner;
  runner.script.expect_ping("1.50");
  runner.script.expect("GET /v1.50/containers/web/json").reply_json(200, "{}");
  runner.script.expect("POST /v1.50/containers/web/exec")
      .with_body(
          R"({"User":"","Privileged":false,"Tty":true,"ConsoleSize":[0,0],"AttachStdin":false,"AttachStderr":false,)"
          R"("AttachStdout":false,"Detach":true,"DetachKeys":"","Env":null,"WorkingDir":"","Cmd":["ls"]})"
          "\n")
      .reply_json(201, R"({"Id":"e1"})");
  runner.script.expect("POST /v1.50/exec/e1/start")
      .with_body("{\"Detach\":true,\"Tty\":true,\"ConsoleSize\":[0,0]}\n")
      .reply(200);
  CHECK(runner.run(command::container_exec, {"-dt", "web", "ls"}) == CommandOutcome{"", "", {}});
}

TEST_CASE("exec ends with 255 when the engine has gone before it could be asked for the status") {
  CommandRunner runner;
  runner.script.expect_ping("1.41");
  runner.script.expect("GET /v1.41/containers/web/json").reply_json(200, "{}");
  runner.script.expect("POST /v1.41/containers/web/exec").with_any_body().reply_json(201, R"({"Id":"e1"})");
  runner.script.expect("POST /v1.41/exec/e1/start").with_any_body().upgrade("");
  runner.script.expect("GET /v1.41/exec/e1/json").fail(error(ErrorKind::connection, "gone"));
  CHECK(runner.run(command::container_exec, {"web", "ls"}) == CommandOutcome{"", "", status(-1)});
}

TEST_CASE("logs asks with docker's parameters and takes the streams apart, however they are cut") {
  const std::string body = frame(1, "out\n") + frame(2, "err\n") + frame(1, std::string(40000, 'x'));
  for (const std::size_t piece : {std::size_t{1} << 20, std::size_t{7}}) {
    CommandRunner runner;
    runner.script.expect_ping("1.41");
    runner.script.expect("GET /v1.41/containers/web/json").reply_json(200, R"({"Id":"c0ffee","Config":{"Tty":false}})");
    runner.script
        .expect(
            "GET /v1.41/containers/c0ffee/"
            "logs?details=1&follow=1&since=1699999400&stderr=1&stdout=1&tail=5&timestamps=1&until=1577934245.000000000")
        .reply(200, body)
        .in_pieces(piece);
    CHECK(runner.run(command::container_logs,
                     {"-ft", "--details", "--since", "10m", "--until", "2020-01-02T03:04:05Z", "-n", "5", "web"}) ==
          CommandOutcome{"out\n" + std::string(40000, 'x'), "err\n", {}});
  }
}

TEST_CASE("logs of a container with a terminal is copied as it is, and a cut is an error after the output") {
  CommandRunner runner;
  runner.script.expect_ping("1.41");
  runner.script.expect("GET /v1.41/containers/web/json").reply_json(200, R"({"Id":"c0ffee","Config":{"Tty":true}})");
  runner.script.expect("GET /v1.41/containers/c0ffee/logs?stderr=1&stdout=1&tail=all")
      .reply(200, "raw\r\n")
      .then_fail(error(ErrorKind::connection, "unexpected EOF"));
  CHECK(runner.run(command::container_logs, {"web"}) ==
        CommandOutcome{"raw\r\n", "", error(ErrorKind::connection, "unexpected EOF")});
}

TEST_CASE("logs refuses a point in time that is none") {
  CommandRunner runner;
  runner.script.expect_ping("1.41");
  runner.script.expect("GET /v1.41/containers/web/json").reply_json(200, R"({"Id":"c0ffee","Config":{}})");
  CHECK(runner.run(command::container_logs, {"--since", "bogus", "web"}) ==
        CommandOutcome{"", "",
                       error("invalid value for \"since\": failed to parse value as time or duration: \"bogus\"")});
}
