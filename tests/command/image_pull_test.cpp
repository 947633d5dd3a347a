#include "dockerlite/command/specs.hpp"
#include "support/catch.hpp"
#include "support/command_runner.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::CommandRunner;

namespace {

const std::string kStream =
    "{\"status\":\"Pulling from library/busybox\",\"id\":\"latest\"}\r\n"
    "{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"aaaaaaaaaaaa\"}\r\n"
    "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":520192,\"total\":2000000},\"id\":\"aaaaaaaaaaaa\"}\r\n"
    "{\"status\":\"Pull complete\",\"progressDetail\":{},\"id\":\"aaaaaaaaaaaa\"}\r\n"
    "{\"status\":\"Digest: sha256:x\"}\r\n{\"status\":\"Status: Downloaded newer image for busybox:latest\"}\r\n";

const std::string kPlain =
    "latest: Pulling from library/busybox\naaaaaaaaaaaa: Pulling fs layer\naaaaaaaaaaaa: Pull complete\nDigest: "
    "sha256:x\n"
    "Status: Downloaded newer image for busybox:latest\n";

}  // namespace

TEST_CASE("pull takes the default tag, shows the progress, and ends with the whole reference") {
  for (const std::size_t piece : {std::size_t{1} << 20, std::size_t{5}}) {
    CommandRunner runner;
    runner.script.expect_ping("1.41");
    runner.script.expect("POST /v1.41/images/create?fromImage=docker.io%2Flibrary%2Fbusybox&tag=latest")
        .with_header("X-Registry-Auth", "e30=")
        .reply_json(200, kStream)
        .in_pieces(piece);
    CHECK(runner.run(command::image_pull, {"busybox"}) ==
          CommandOutcome{"Using default tag: latest\n" + kPlain + "docker.io/library/busybox:latest\n", "", {}});
  }
}

TEST_CASE("pull draws bars on a terminal") {
  CommandRunner runner;
  runner.terminal = term::WindowSize{30, 120};
  runner.script.expect_ping("1.41");
  runner.script.expect("POST /v1.41/images/create?fromImage=docker.io%2Flibrary%2Fbusybox&tag=1")
      .reply_json(200, kStream);
  CHECK(
      runner.run(command::image_pull, {"busybox:1"}).out ==
      "latest: Pulling from library/busybox\n\n\x1b[1A\x1b[2K\raaaaaaaaaaaa: Pulling fs layer \r\x1b[1B\x1b[1A\x1b[2K\r"
      "aaaaaaaaaaaa: Downloading [=============>                                     ]  "
      "520.2kB/2MB\r\x1b[1B\x1b[1A\x1b[2K\r"
      "aaaaaaaaaaaa: Pull complete \r\x1b[1B"
      "Digest: sha256:x\nStatus: Downloaded newer image for busybox:latest\n"
      "docker.io/library/busybox:1\n");
}

TEST_CASE("pull -q prints the reference alone, pull -a asks for all tags, --platform is passed on") {
  CommandRunner quiet;
  quiet.script.expect_ping("1.41");
  quiet.script
      .expect("POST /v1.41/images/create?fromImage=docker.io%2Flibrary%2Fbusybox&platform=linux%2Farm64&tag=latest")
      .reply_json(200, kStream);
  CHECK(quiet.run(command::image_pull, {"-q", "--platform", "linux/ARM64", "busybox"}) ==
        CommandOutcome{"docker.io/library/busybox:latest\n", "", {}});
  CommandRunner all;
  all.script.expect_ping("1.41");
  all.script.expect("POST /v1.41/images/create?fromImage=reg.example%3A5000%2Fx").reply_json(200, "");
  CHECK(all.run(command::image_pull, {"-a", "reg.example:5000/x"}) == CommandOutcome{"reg.example:5000/x\n", "", {}});
}

TEST_CASE("pull reports an error in the stream, a cut stream, and an answer that is an error") {
  struct Case {
    std::string body;
    std::string message;
  };
  for (const auto& [body, message] :
       {Case{"{\"errorDetail\":{\"message\":\"no space\"},\"error\":\"no space\"}", "no space"},
        Case{"{\"status\":\"cut", "unexpected EOF"},
        Case{"<html>", "invalid character '<' looking for beginning of value"}}) {
    CommandRunner runner;
    runner.script.expect_ping("1.41");
    runner.script.expect("POST /v1.41/images/create?fromImage=docker.io%2Flibrary%2Fbusybox&tag=1")
        .reply_json(200, body);
    CHECK(runner.run(command::image_pull, {"busybox:1"}) == CommandOutcome{"", "", error(message)});
  }
  CommandRunner refused;
  refused.script.expect_ping("1.41");
  refused.script.expect("POST /v1.41/images/create?fromImage=docker.io%2Flibrary%2Fbusybox&tag=1")
      .reply_json(404, R"({"message":"pull access denied"})");
  CHECK(refused.run(command::image_pull, {"busybox:1"}) ==
        CommandOutcome{"", "", Error{ErrorKind::api, "Error response from daemon: pull access denied", 404, 0}});
}

TEST_CASE("pull refuses a reference that is none, and a tag with --all-tags, without asking the engine") {
  CommandRunner runner;
  CHECK(runner.run(command::image_pull, {"UPPER"}).error.message ==
        "invalid reference format: repository name (library/UPPER) must be lowercase");
  CHECK(runner.run(command::image_pull, {"-a", "busybox:1"}) ==
        CommandOutcome{"", "", error("tag can't be used with --all-tags/-a")});
}
