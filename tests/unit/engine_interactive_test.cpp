#include "dockerlite/engine/interactive.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using engine::ContainerState;
using engine::WaitResult;

TEST_CASE("a container's state is read from an inspection, whatever is missing") {
  CHECK(
      engine::decode_container_state(
          R"({"Id":"abc","State":{"Running":true,"Paused":true,"Restarting":false},"Config":{"Tty":true,"OpenStdin":true},)"
          R"("HostConfig":{"AutoRemove":true}})")
          .value() == ContainerState{.id = "abc",
                                     .tty = true,
                                     .open_stdin = true,
                                     .running = true,
                                     .paused = true,
                                     .restarting = false,
                                     .auto_remove = true});
  CHECK(engine::decode_container_state("{}").value() == ContainerState{});
  CHECK(engine::decode_container_state(R"({"Id":null,"State":[],"Config":"x"})").value() == ContainerState{});
  CHECK_FALSE(engine::decode_container_state("[]"));
  CHECK(engine::decode_container_state("").error().message == "EOF");
}

TEST_CASE("a wait's result is a status, an engine's error, or a proxy's text") {
  CHECK(engine::decode_wait_result("{\"StatusCode\":137}\n").value() == WaitResult{137, std::nullopt});
  CHECK(engine::decode_wait_result(R"({"Error":null,"StatusCode":0})").value() == WaitResult{0, std::nullopt});
  CHECK(engine::decode_wait_result(R"({"Error":{"Message":"boom"},"StatusCode":-1})").value() ==
        WaitResult{-1, "boom"});
  CHECK(engine::decode_wait_result("proxy timeout").error().message == "proxy timeout");
  CHECK(engine::decode_wait_result("").error().message == "EOF");
}

TEST_CASE("the end of a container is found in its events") {
  const auto die = [](const std::string& code) {
    return R"({"status":"die","id":"abc","Type":"container","Actor":{"ID":"abc","Attributes":{"exitCode":")" + code +
           R"("}}})";
  };
  engine::ExitEvents exit(false);
  CHECK(exit.take(R"({"status":"start","Type":"container"})"));
  CHECK(!exit.ended());
  CHECK(exit.status() == 125);
  CHECK(exit.take(die("7")));
  CHECK(exit.ended());
  CHECK(exit.status() == 7);

  engine::ExitEvents removal(true);
  CHECK(removal.take(die("137")));
  CHECK(!removal.ended());
  CHECK(removal.take(R"({"status":"destroy"})"));
  CHECK(removal.ended());
  CHECK(removal.status() == 137);

  engine::ExitEvents detached(true);
  CHECK(detached.take(R"({"status":"detach"})"));
  CHECK(detached.ended());
  CHECK(detached.status() == 0);

  engine::ExitEvents strange(false);
  CHECK(strange.take(die("many")));
  CHECK(strange.status() == 125);
  CHECK_FALSE(engine::ExitEvents(false).take("[]"));
  CHECK_FALSE(engine::ExitEvents(false).take("{"));
}

TEST_CASE("the requests of interactive commands are docker's") {
  CHECK(engine::container_events("abc").target() ==
        "/events?filters=%7B%22container%22%3A%7B%22abc%22%3Atrue%7D%2C%22type%22%3A%7B%22container%22%3Atrue%7D%7D");
  CHECK(engine::remove_container("web", true)->target() == "/containers/web?force=1&v=1");
  CHECK(engine::attach_container("web", {true, true, true, "ctrl-a"})->target() ==
        "/containers/web/attach?detachKeys=ctrl-a&stderr=1&stdin=1&stdout=1&stream=1");
  CHECK(engine::wait_container("web", "removed")->target() == "/containers/web/wait?condition=removed");
  CHECK(engine::wait_container("web", "")->target() == "/containers/web/wait");
  CHECK(engine::start_container("web", "c1", "/d")->target() ==
        "/containers/web/start?checkpoint=c1&checkpoint-dir=%2Fd");
  CHECK(engine::kill_container("web", "TERM")->target() == "/containers/web/kill?signal=TERM");
  CHECK(engine::resize_container("web", {30, 100})->target() == "/containers/web/resize?h=30&w=100");
  CHECK(engine::resize_exec("e1", {30, 100}).target() == "/exec/e1/resize?h=30&w=100");
  CHECK(engine::attach_container("  ", {}).error().message == "invalid container name or ID: value is empty");
}

TEST_CASE("an exec's ID and exit code are read from the engine's answers") {
  CHECK(engine::decode_exec_id(R"({"Id":"e1"})").value() == "e1");
  CHECK(engine::decode_exec_id("{}").value().empty());
  CHECK(engine::decode_exec_exit_code(R"({"ExitCode":126,"Running":false})").value() == 126);
  CHECK(engine::decode_exec_exit_code(R"({"ExitCode":null,"Running":true})").value() == 0);
  CHECK_FALSE(engine::decode_exec_exit_code("<html>"));
}
