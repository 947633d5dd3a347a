#include "dockerlite/engine/archive.hpp"
#include "dockerlite/util/strings.hpp"
#include "support/catch.hpp"

using namespace dockerlite::engine;

namespace {

dockerlite::Result<PathStat> decode(std::string_view json) {
  return decode_path_stat({200, "OK", {{"X-Docker-Container-Path-Stat", dockerlite::util::base64_encode(json)}}});
}

std::string failure(std::string_view json) {
  const auto stat = decode(json);
  return stat ? "no error" : stat.error().message;
}

std::string target(const dockerlite::Result<dockerlite::transport::Request>& request) {
  return request ? std::string(method_name(request->method)) + " " + request->target() : request.error().message;
}

}  // namespace

TEST_CASE("the engine's stat of a path", "[engine]") {
  const auto folder =
      decode(R"({"name":"tmp","size":4096,"mode":2147484141,"mtime":"2026-11-25T15:46:02Z","linkTarget":""})");
  REQUIRE(folder.ok());
  CHECK(*folder == PathStat{"tmp", 2147484141U, ""});
  CHECK(folder->is_directory());
  CHECK_FALSE(folder->is_symlink());
  const auto link = decode(R"({"name":"l","mode":134218239,"linkTarget":"/data/d"})");
  REQUIRE(link.ok());
  CHECK(*link == PathStat{"l", 134218239U, "/data/d"});
  CHECK(link->is_symlink());
  CHECK_FALSE(link->is_directory());
  const auto device = decode(R"({"name":"null","mode":69206438,"linkTarget":""})");
  REQUIRE(device.ok());
  CHECK(device->is_device());
}

TEST_CASE("a stat that cannot be decoded", "[engine]") {
  CHECK(failure("") == "unable to decode container path stat header: EOF");
  CHECK(failure("{") == "unable to decode container path stat header: unexpected EOF");
  CHECK(decode_path_stat({200, "OK", {}}).error().message == "unable to decode container path stat header: EOF");
  CHECK_FALSE(decode_path_stat({200, "OK", {{"X-Docker-Container-Path-Stat", "***"}}}).ok());
}

TEST_CASE("the requests of cp, export and commit", "[engine]") {
  CHECK(target(stat_path("web", "/a b")) == "HEAD /containers/web/archive?path=%2Fa+b");
  CHECK(target(get_archive("web", "x:y")) == "GET /containers/web/archive?path=x%3Ay");
  CHECK(target(put_archive("web", "/d", false)) == "PUT /containers/web/archive?noOverwriteDirNonDir=true&path=%2Fd");
  CHECK(target(put_archive("web", "/d", true)) ==
        "PUT /containers/web/archive?copyUIDGID=true&noOverwriteDirNonDir=true&path=%2Fd");
  CHECK(target(export_container("web")) == "GET /containers/web/export");
  CHECK(target(export_container(" ")) == "invalid container name or ID: value is empty");
  CHECK(target(get_archive(" ", "/")) == "invalid container name or ID: value is empty");
  CHECK(target(commit_container({.container = "web"})) == "POST /commit?author=&comment=&container=web&repo=&tag=");
  CHECK(target(commit_container({.container = "web",
                                 .repository = "docker.io/library/x",
                                 .tag = "1",
                                 .comment = "a b",
                                 .author = "me",
                                 .changes = {"ENV A=1", "CMD [\"x\"]"},
                                 .pause = false})) ==
        "POST "
        "/commit?author=me&changes=ENV+A%3D1&changes=CMD+%5B%22x%22%5D&comment=a+b&container=web&pause=0&repo=docker."
        "io%2F"
        "library%2Fx&tag=1");
}

TEST_CASE("the answer to a commit", "[engine]") {
  const auto id = decode_commit(R"({"Id":"sha256:abc"})");
  REQUIRE(id.ok());
  CHECK(*id == "sha256:abc");
  CHECK(decode_commit("").error().message == "EOF");
}
