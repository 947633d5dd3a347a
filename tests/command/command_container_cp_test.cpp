#include "dockerlite/util/strings.hpp"
#include "support/catch.hpp"
#include "support/command_run.hpp"
#include "support/tar_bytes.hpp"
#include "support/temporary_folder.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::run_command;
using test::Script;
using test::tar_of;
using test::TemporaryFolder;

namespace {

using Lines = std::vector<std::string>;
constexpr std::uint32_t kFolder = 1U << 31 | 0755U, kFile = 0644U, kLink = 1U << 27 | 0777U, kDevice = 1U << 26 | 0666U;

transport::Headers stat_header(std::uint32_t mode, const std::string& link = "") {
  const std::string json =
      R"({"name":"x","size":1,"mode":)" + std::to_string(mode) + R"(,"linkTarget":")" + link + "\"}";
  return {{"X-Docker-Container-Path-Stat", util::base64_encode(json)}, {"Content-Type", "application/x-tar"}};
}

CommandOutcome failed(const std::string& message) { return {"", "", error(message)}; }
CommandOutcome refused(const std::string& message, int status) {
  return {"", "", {ErrorKind::api, message, status, 0}};
}

constexpr term::WindowSize kTerminal{24, 80};

}  // namespace

TEST_CASE("a file is copied out of a container", "[cp]") {
  const TemporaryFolder folder;
  Script script;
  const std::string archive = tar_of({{.name = "f", .content = "hello\n", .mode = 0640}});
  for (const std::size_t piece : {1, 511, 4096}) {
    script.expect("GET /v1.50/containers/web/archive?path=%2Fdata%2Ff")
        .reply(200, archive, stat_header(kFile))
        .in_pieces(piece);
    CHECK(run_command(script, {"cp", "web:/data/f", folder / "new"}) == CommandOutcome{});
    CHECK(folder.listing() == Lines{"f new 640 hello\n"});
  }
}

TEST_CASE("a folder is copied into one that is there, and renamed into one that is not", "[cp]") {
  const TemporaryFolder folder;
  Script script;
  const std::string archive = tar_of({{.name = "d/", .type = '5', .mode = 0755}, {.name = "d/f", .content = "x"}});
  script.expect("GET /v1.50/containers/web/archive?path=%2Fd").reply(200, archive, stat_header(kFolder));
  CHECK(run_command(script, {"cp", "web:/d", folder.path()}) == CommandOutcome{});
  script.expect("GET /v1.50/containers/web/archive?path=d").reply(200, archive, stat_header(kFolder));
  CHECK(run_command(script, {"container", "cp", "web:d", folder / "new/"}) == CommandOutcome{});
  CHECK(folder.listing() == Lines{"d d 755", "d new 755", "f d/f 644 x", "f new/f 644 x"});
}

TEST_CASE("on a terminal the copy is summed up, unless it is to be quiet", "[cp]") {
  const TemporaryFolder folder;
  Script script;
  const std::string archive = tar_of({{.name = "f", .content = "hello\n"}});
  script.expect("GET /v1.50/containers/web/archive?path=%2Ff").reply(200, archive, stat_header(kFile));
  CHECK(run_command(script, {"cp", "web:/f", folder / "g"}, {.terminal = kTerminal}) ==
        CommandOutcome{"", "Successfully copied 2.05kB to " + (folder / "g") + "\n"});
  script.expect("GET /v1.50/containers/web/archive?path=%2Ff").reply(200, archive, stat_header(kFile));
  CHECK(run_command(script, {"cp", "-q", "web:/f", folder / "g"}, {.terminal = kTerminal}) == CommandOutcome{});
  script.expect("GET /v1.50/containers/web/archive?path=%2Ff").reply(200, archive, stat_header(kFile));
  CHECK(run_command(script, {"cp", "--quiet=false", "web:/f", folder / "g"}) ==
        CommandOutcome{"", "Successfully copied 2.05kB to " + (folder / "g") + "\n"});
}

TEST_CASE("a copy that failed is not called a success, on a terminal either", "[cp]") {
  const TemporaryFolder folder;
  Script script;
  script.expect("GET /v1.50/containers/web/archive?path=%2Ff")
      .reply(200, tar_of({{.name = "f", .content = "x"}}), stat_header(kFile));
  CHECK(run_command(script, {"cp", "web:/f", folder / "new/"}, {.terminal = kTerminal}) == failed("no such directory"));
  CHECK(folder.listing() == Lines{});
}

TEST_CASE("a followed link is copied under the name that was asked for", "[cp]") {
  const TemporaryFolder folder;
  Script script;
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fdata%2Fl").reply(200, "", stat_header(kLink, "../other/f"));
  script.expect("GET /v1.50/containers/web/archive?path=%2Fother%2Ff")
      .reply(200, tar_of({{.name = "f", .content = "x"}}), stat_header(kFile));
  CHECK(run_command(script, {"cp", "-L", "web:/data/l", folder.path()}) == CommandOutcome{});
  CHECK(folder.listing() == Lines{"f l 644 x"});
}

TEST_CASE("an answer that is cut off is an error and leaves no part of a file", "[cp]") {
  const TemporaryFolder folder;
  Script script;
  const std::string archive = tar_of({{.name = "f", .content = std::string(5000, 'x')}});
  const Error cut = error(ErrorKind::connection, "unexpected EOF");
  script.expect("GET /v1.50/containers/web/archive?path=%2Ff")
      .reply(200, archive.substr(0, 3000), stat_header(kFile))
      .then_fail(cut);
  CHECK(run_command(script, {"cp", "web:/f", folder / "g"}).error == cut);
  script.expect("GET /v1.50/containers/web/archive?path=%2Ff").reply(200, archive.substr(0, 3000), stat_header(kFile));
  CHECK(run_command(script, {"cp", "web:/f", folder / "g"}) == failed("unexpected EOF"));
  CHECK(folder.listing() == Lines{});
}

TEST_CASE("what is wrong with a copy out of a container", "[cp]") {
  const TemporaryFolder folder;
  folder.file("file", "old");
  Script script;
  CHECK(run_command(script, {"cp", "web:/f", folder / "no/x"}) ==
        failed("invalid output path: directory \"" + (folder / "no") + "\" does not exist"));
  CHECK(run_command(script, "cp web:/f /dev/null") ==
        failed("invalid output path: \"/dev/null\" must be a directory or a regular file: got a device"));
  CHECK(run_command(script, {"cp", "web:/f", folder / "file/x"}) ==
        failed("stat " + (folder / "file/x") + ": not a directory"));
  script.expect("GET /v1.50/containers/web/archive?path=%2Ff")
      .reply_json(404, R"({"message":"Could not find the file /f in container web"})");
  CHECK(run_command(script, {"cp", "web:/f", folder.path()}) ==
        refused("Error response from daemon: Could not find the file /f in container web", 404));
  script.expect("GET /v1.50/containers/web/archive?path=%2Ff").reply(200, tar_of({}));
  CHECK(run_command(script, {"cp", "web:/f", folder.path()}) ==
        failed("unable to get resource stat from response: unable to decode container path stat header: EOF"));
  script.expect("GET /v1.50/containers/web/archive?path=%2Fd").reply(200, tar_of({}), stat_header(kFolder));
  CHECK(run_command(script, {"cp", "web:/d", folder / "file"}) == failed("cannot copy directory"));
  CHECK(folder.listing() == Lines{"f file 644 old"});
}

TEST_CASE("to stdout goes the archive as it is", "[cp]") {
  Script script;
  const std::string archive = tar_of({{.name = "f", .content = "x"}});
  script.expect("GET /v1.50/containers/web/archive?path=%2Ff").reply(200, archive, stat_header(kFile)).in_pieces(700);
  CHECK(run_command(script, "cp web:/f -") == CommandOutcome{archive, ""});
}

TEST_CASE("arguments that name no container, two, or nothing", "[cp]") {
  Script script;
  CHECK(run_command(script, "cp a b") == failed("must specify at least one container source"));
  CHECK(run_command(script, "cp a:/x b:/y") == failed("copying between containers is not supported"));
  CHECK(run_command(script, std::vector<std::string>{"cp", "", "b:/y"}) == failed("source can not be empty"));
  CHECK(run_command(script, std::vector<std::string>{"cp", "a:/x", ""}) == failed("destination can not be empty"));
  CHECK(run_command(script, "cp a:/x").error.kind == ErrorKind::arguments);
}

TEST_CASE("a file is copied into a folder of a container, with the owners if asked to", "[cp]") {
  const TemporaryFolder folder;
  folder.file("f", "hello\n");
  Script script;
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fd").reply(200, "", stat_header(kFolder));
  script.expect("PUT /v1.50/containers/web/archive?noOverwriteDirNonDir=true&path=%2Fd").with_any_body().reply(200);
  CHECK(run_command(script, {"cp", folder / "f", "web:/d"}, {.terminal = kTerminal}) ==
        CommandOutcome{"", "Successfully copied 2.05kB to web:/d\n"});
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fd").reply(200, "", stat_header(kFolder));
  script.expect("PUT /v1.50/containers/web/archive?copyUIDGID=true&noOverwriteDirNonDir=true&path=%2Fd")
      .with_any_body()
      .reply(200);
  CHECK(run_command(script, {"cp", "-a", folder / "f", "web:/d"}) == CommandOutcome{});
}

TEST_CASE("the destination in the container decides where the archive goes", "[cp]") {
  const TemporaryFolder folder;
  folder.file("f", "x");
  Script script;
  const auto expect_put = [&script](const std::string& path) {
    script.expect("PUT /v1.50/containers/web/archive?noOverwriteDirNonDir=true&path=" + path)
        .with_any_body()
        .reply(200);
  };
  // An existing file, and one that is not there: to their folder, under the new name.
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fd%2Ff2").reply(200, "", stat_header(kFile));
  expect_put("%2Fd");
  CHECK(run_command(script, {"cp", folder / "f", "web:/d/f2"}) == CommandOutcome{});
  script.expect("HEAD /v1.50/containers/web/archive?path=new").reply(404);
  expect_put(".");
  CHECK(run_command(script, {"cp", folder / "f", "web:new"}) == CommandOutcome{});
  // A symlink is followed.
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fd%2Fl").reply(200, "", stat_header(kLink, "to"));
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fd%2Fto").reply(200, "", stat_header(kFolder));
  expect_put("%2Fd%2Fto");
  CHECK(run_command(script, {"cp", folder / "f", "web:/d/l"}, {.terminal = kTerminal}) ==
        CommandOutcome{"", "Successfully copied 2.05kB to web:/d/to\n"});
}

TEST_CASE("what is wrong with a copy into a container", "[cp]") {
  const TemporaryFolder folder;
  folder.file("f", "x");
  folder.folder("d");
  Script script;
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fdev%2Fnull").reply(200, "", stat_header(kDevice));
  CHECK(run_command(script, {"cp", folder / "f", "web:/dev/null"}) ==
        failed("destination \"web:/dev/null\" must be a directory or a regular file: got a device"));
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Ff").reply(200, "", stat_header(kFile));
  CHECK(run_command(script, {"cp", folder / "d", "web:/f"}) == failed("cannot copy directory"));
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fnew%2F").reply(404);
  CHECK(run_command(script, {"cp", folder / "f", "web:/new/"}) == failed("no such directory"));
  script.expect("HEAD /v1.50/containers/web/archive?path=%2F").reply(200, "", stat_header(kFolder));
  CHECK(run_command(script, {"cp", folder / "no", "web:/"}) ==
        failed("lstat " + (folder / "no") + ": no such file or directory"));
  script.expect("HEAD /v1.50/containers/web/archive?path=%2F").reply(200, "", stat_header(kFolder));
  CHECK(run_command(script, {"cp", folder / "f/", "web:/"}) == failed("not a directory"));
  script.expect("HEAD /v1.50/containers/no/archive?path=%2F").reply(404);
  script.expect("PUT /v1.50/containers/no/archive?noOverwriteDirNonDir=true&path=%2F")
      .with_any_body()
      .reply_json(404, R"({"message":"No such container: no"})");
  CHECK(run_command(script, {"cp", folder / "d", "no:/"}) ==
        refused("Error response from daemon: No such container: no", 404));
}

TEST_CASE("from stdin goes what is there, and only into a folder", "[cp]") {
  Script script;
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fd").reply(200, "", stat_header(kFolder));
  script.expect("PUT /v1.50/containers/web/archive?noOverwriteDirNonDir=true&path=%2Fd")
      .with_body("a tar stream")
      .reply(200);
  CHECK(run_command(script, "cp - web:/d", {.input = "a tar stream"}) == CommandOutcome{});
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Ff").reply(200, "", stat_header(kFile));
  CHECK(run_command(script, "cp - web:/f") == failed("destination \"web:/f\" must be a directory"));
  script.expect("HEAD /v1.50/containers/web/archive?path=%2Fno").reply(404);
  CHECK(run_command(script, "cp - web:/no") == failed("destination \"web:/no\" must be a directory"));
}
