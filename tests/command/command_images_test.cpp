#include "support/catch.hpp"
#include "support/command_run.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::run_command;
using test::Script;

namespace {

// One hour before the tests' clock.
const std::string kImages = R"([
  {"Id":"sha256:0123456789abcdef0123","Created":1699996400,"RepoTags":["busybox:1","busybox:2"],
   "RepoDigests":["busybox@sha256:1111111111111111111111111111111111111111111111111111111111111111"],"Size":999999,
   "SharedSize":-1,"Containers":-1},
  {"Id":"sha256:2222222222222222","Created":-62135596800,"RepoTags":null,"RepoDigests":null,"Size":0},
  {"Id":"sha256:3333333333333333","Created":1699996400,"RepoTags":[],
   "RepoDigests":["r.io/only@sha256:4444444444444444444444444444444444444444444444444444444444444444"],"Size":5}])";

}  // namespace

TEST_CASE("the table has a line for each name") {
  Script script;
  script.expect("GET /v1.50/images/json").reply_json(200, kImages);
  CHECK(run_command(script, "images") ==
        CommandOutcome{"REPOSITORY   TAG       IMAGE ID       CREATED             SIZE\n"
                       "busybox      1         0123456789ab   About an hour ago   1e+03kB\n"
                       "busybox      2         0123456789ab   About an hour ago   1e+03kB\n"
                       "<none>       <none>    222222222222   N/A                 0B\n"
                       "r.io/only    <none>    333333333333   About an hour ago   5B\n",
                       ""});
}

TEST_CASE("digests are shown on demand or where the format asks for them") {
  const std::string first = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
  Script script;
  script.expect("GET /v1.50/images/json?all=1").reply_json(200, kImages);
  CHECK(run_command(script, "image ls -a --digests --format {{.Tag}}|{{.Digest}}").out ==
        "1|" + first + "\n2|" + first +
            "\n<none>|<none>\n<none>|sha256:4444444444444444444444444444444444444444444444444444444444444444\n");
  script.expect("GET /v1.50/images/json").reply_json(200, kImages);
  CHECK(run_command(script, "images --format {{.Tag}}|{{.Digest}}").out ==
        "1|" + first + "\n2|" + first + "\n<none>|<none>\n<none>|\n");
  script.expect("GET /v1.50/images/json").reply_json(200, kImages);
  CHECK(run_command(script, "images --format {{.Tag}}|{{.Digest|upper}}").out ==
        "1|<NONE>\n2|<NONE>\n<none>|<NONE>\n<none>|\n");
}

TEST_CASE("-q prints IDs, over a configured format but not over one on the command line") {
  Script script;
  script.expect("GET /v1.50/images/json").reply_json(200, kImages);
  CHECK(run_command(script, "images -q", {.config = R"({"imagesFormat":"{{.Tag}}"})"}).out ==
        "0123456789ab\n0123456789ab\n222222222222\n333333333333\n");
  script.expect("GET /v1.50/images/json").reply_json(200, kImages);
  CHECK(run_command(script, "images -q --format {{.Tag}}").out == "1\n2\n<none>\n<none>\n");
}

TEST_CASE("a name is a filter, and a verb that was meant for docker image is pointed out") {
  Script script;
  script.expect("GET /v1.50/images/json?filters=%7B%22reference%22%3A%7B%22ls%22%3Atrue%7D%7D").reply_json(200, "[]");
  CHECK(run_command(script, "images -q ls") ==
        CommandOutcome{"", "\nNo images found matching \"ls\": did you mean \"docker image ls\"?\n"});
  script.expect("GET /v1.50/images/json?filters=%7B%22reference%22%3A%7B%22ls%22%3Atrue%7D%7D").reply_json(200, "[]");
  CHECK(run_command(script, "image ls -q ls") == CommandOutcome{});
}

TEST_CASE("the tree shows platforms under each image") {
  Script script;
  script.expect("GET /v1.50/images/json?manifests=1")
      .reply_json(200,
                  R"([{"Id":"sha256:0123456789abcdef","Created":5,"RepoTags":["busybox:1"],"Size":1234567,"Manifests":[
        {"ID":"sha256:aaaaaaaaaaaaaaaa","Kind":"image","Available":true,"Size":{"Content":1000,"Total":3000},
         "ImageData":{"Platform":{"architecture":"amd64","os":"linux"},"Containers":["x"]}},
        {"ID":"sha256:cccccccccccccccc","Kind":"attestation","Available":true,"Size":{"Content":5,"Total":5}}]}])");
  CHECK(
      run_command(script, "images --tree") ==
      CommandOutcome{"WARNING: This is an experimental feature. The output may change and shouldn't be depended on.\n" +
                         std::string(61, ' ') +
                         " Info ->  U In Use \n\n"
                         "\x1b[39m\x1b[1mIMAGE\x1b[0m                \x1b[39m\x1b[1mID\x1b[0m             "
                         "\x1b[39m\x1b[1mDISK USAGE"
                         "\x1b[0m   \x1b[39m\x1b[1mCONTENT SIZE\x1b[0m   \x1b[39m\x1b[1mEXTRA\x1b[0m\n"
                         "busybox:1            0123456789ab       1.23MB            1kB   U    \n"
                         "└─ linux/amd64       aaaaaaaaaaaa          3kB            1kB   U    \n\n",
                     ""});
  CHECK(run_command(script, "images --tree -q").error == error("--quiet is not yet supported with --tree"));
}

TEST_CASE("rmi prints what the engine did, image by image") {
  Script script;
  script.expect("DELETE /v1.50/images/a?force=1&noprune=1")
      .reply_json(200, R"([{"Untagged":"a:latest"},{"Deleted":"sha256:1"}])");
  script.expect("DELETE /v1.50/images/r/b:1?force=1&noprune=1")
      .reply_json(404, R"({"message":"No such image: r/b:1"})");
  CHECK(
      run_command(script, "rmi -f --no-prune a r/b:1") ==
      CommandOutcome{"Untagged: a:latest\nDeleted: sha256:1\n", "Error response from daemon: No such image: r/b:1\n"});
}

TEST_CASE("rmi fails for what is missing without force, and for anything else with it") {
  Script script;
  script.expect("DELETE /v1.50/images/b").reply_json(404, R"({"message":"gone"})");
  CHECK(run_command(script, "image rm b").error == Error{ErrorKind::api, "Error response from daemon: gone", 404, 0});
  script.expect("DELETE /v1.50/images/b?force=1").reply_json(404, R"({"message":"gone"})");
  script.expect("DELETE /v1.50/images/c?force=1").reply_json(409, R"({"message":"in use"})");
  CHECK(run_command(script, "rmi -f b c").error.message ==
        "Error response from daemon: gone\nError response from daemon: in use");
}

TEST_CASE("rmi asks for each platform once") {
  Script script;
  script
      .expect(
          "DELETE /v1.50/images/a?platforms=%7B%22architecture%22%3A%22arm64%22%2C%22os%22%3A%22linux%22%7D&platforms="
          "%7B%22architecture%22%3A%22amd64%22%2C%22os%22%3A%22linux%22%7D")
      .reply_json(200, "[]");
  CHECK(run_command(script, "rmi --platform linux/arm64,linux/amd64 --platform linux/arm64 a") == CommandOutcome{});
}

TEST_CASE("tag says what is wrong with a name before it asks the engine") {
  Script script;
  script.expect("POST /v1.50/images/a/tag?repo=docker.io%2Flibrary%2Fb&tag=latest").reply(201);
  CHECK(run_command(script, "tag a b") == CommandOutcome{});
  CHECK(run_command(script, "tag a B").error.message ==
        "Error parsing reference: \"B\" is not a valid repository/tag: invalid reference format: repository name "
        "(library/B) must be lowercase");
}

TEST_CASE("history shows sizes and ages in round numbers, or whole") {
  const std::string history = R"([
    {"Id":"sha256:0123456789abcdef","Created":1699996400,"CreatedBy":"RUN\techo 0123456789012345678901234567890123456789","Size":999999,
     "Comment":"c"},
    {"Id":"<missing>","Created":0,"CreatedBy":"ADD x","Size":0}])";
  Script script;
  script.expect("GET /v1.50/images/a/history").reply_json(200, history);
  CHECK(run_command(script, "history a") ==
        CommandOutcome{
            "IMAGE          CREATED             CREATED BY                                      SIZE      COMMENT\n"
            "0123456789ab   About an hour ago   RUN echo 01234567890123456789012345678901234…   1e+03kB   c\n"
            "<missing>      N/A                 ADD x                                           0B        \n",
            ""});
  script.expect("GET /v1.50/images/a/history").reply_json(200, history);
  CHECK(run_command(script, "history --human=false --no-trunc --format {{.ID}}|{{.Size}}|{{.CreatedBy}} a").out ==
        "sha256:0123456789abcdef|999999|RUN echo 0123456789012345678901234567890123456789\n<missing>|0|ADD x\n");
  CHECK(run_command(script, "history --platform nonsense a").error ==
        error("invalid platform: \"nonsense\": unknown operating system or architecture: invalid argument"));
}
