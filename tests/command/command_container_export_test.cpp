#include "support/catch.hpp"
#include "support/command_run.hpp"
#include "support/temporary_folder.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::run_command;
using test::Script;
using test::TemporaryFolder;

namespace {

using Lines = std::vector<std::string>;

CommandOutcome failed(const std::string& message) { return {"", "", error(message)}; }

}  // namespace

TEST_CASE("export writes the answer to stdout, but not to a terminal", "[export]") {
  Script script;
  script.expect("GET /v1.50/containers/web/export").reply(200, "archive").in_pieces(3);
  CHECK(run_command(script, "export web") == CommandOutcome{"archive", ""});
  CHECK(run_command(script, "container export web", {.terminal = term::WindowSize{24, 80}}) ==
        failed("cowardly refusing to save to a terminal. Use the -o flag or redirect"));
}

TEST_CASE("export -o writes a file that only its owner may read", "[export]") {
  const TemporaryFolder folder;
  Script script;
  script.expect("GET /v1.50/containers/web/export").reply(200, "archive");
  CHECK(run_command(script, {"export", "-o", folder / "out", "web"}) == CommandOutcome{});
  CHECK(folder.listing() == Lines{"f out 600 archive"});
}

TEST_CASE("an export that fails leaves the old file and no new one", "[export]") {
  const TemporaryFolder folder;
  folder.file("out", "old");
  Script script;
  const Error cut = error(ErrorKind::connection, "unexpected EOF");
  script.expect("GET /v1.50/containers/web/export").reply(200, "half of it").then_fail(cut);
  CHECK(run_command(script, {"export", "-o", folder / "out", "web"}).error == cut);
  script.expect("GET /v1.50/containers/no/export").reply_json(404, R"({"message":"No such container: no"})");
  CHECK(run_command(script, {"export", "--output", folder / "out", "no"}) ==
        CommandOutcome{"", "", {ErrorKind::api, "Error response from daemon: No such container: no", 404, 0}});
  CHECK(folder.listing() == Lines{"f out 644 old"});
}

TEST_CASE("export refuses outputs that cannot be replaced, before it asks the engine", "[export]") {
  const TemporaryFolder folder;
  Script script;
  CHECK(run_command(script, {"export", "-o", folder.path(), "web"}) ==
        failed("failed to export container: cannot write to a directory"));
  CHECK(run_command(script, "export -o /dev/null web") ==
        failed("failed to export container: cannot write to a character device file"));
}

TEST_CASE("commit sends what was asked for and prints the image's ID", "[commit]") {
  Script script;
  script.expect("POST /v1.50/commit?author=&comment=&container=web&repo=&tag=")
      .reply_json(201, R"({"Id":"sha256:abc"})");
  CHECK(run_command(script, "commit web") == CommandOutcome{"sha256:abc\n", ""});
  script
      .expect(
          "POST /v1.50/commit?author=me&changes=ENV+A%3D1&changes=CMD+x&comment=a+b&container=web&pause=0&repo="
          "docker.io%2Flibrary%2Fimg&tag=latest")
      .reply_json(201, R"({"Id":"sha256:def"})");
  CHECK(run_command(script, {"container", "commit", "-a", "me", "-m", "a b", "--change", "ENV A=1", "-c", "CMD x",
                             "--pause=false", "web", "img"}) == CommandOutcome{"sha256:def\n", ""});
}

TEST_CASE("commit does not pause the container with docker 29's --no-pause", "[commit]") {
  Script script;
  script.expect("POST /v1.50/commit?author=&comment=&container=web&pause=0&repo=&tag=")
      .reply_json(201, R"({"Id":"sha256:abc"})");
  CHECK(run_command(script, "commit --no-pause web") == CommandOutcome{"sha256:abc\n", ""});
  CHECK(run_command(script, "commit --no-pause --pause web") ==
        failed("conflicting options: --no-pause and --pause cannot be used together"));
}

TEST_CASE("commit refuses names that are no tags", "[commit]") {
  Script script;
  CHECK(run_command(script, "commit web FOO") ==
        failed("invalid reference format: repository name (library/FOO) must be lowercase"));
  CHECK(run_command(script, "commit web x@sha256:" + std::string(64, 'a')) ==
        failed("refusing to create a tag with a digest reference"));
  CHECK(run_command(script, std::vector<std::string>{"commit", " "}) ==
        failed("invalid container name or ID: value is empty"));
  // Options end at the container.
  CHECK(run_command(script, "commit web -m x").error.kind == ErrorKind::arguments);
}
