#include "support/catch.hpp"
#include "support/command_run.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::run_command;
using test::Script;

namespace {

const Error kCancelled = error(ErrorKind::cancelled, "");

}  // namespace

TEST_CASE("a prune without force asks, and only y goes on") {
  const std::string question =
      "WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] ";
  for (const char* answer : {"n\n", "yes\n", "\n", "", "no y\n"}) {
    Script script;
    CHECK(run_command(script, "container prune", {.input = answer}) == CommandOutcome{question, "", kCancelled});
  }
  for (const char* answer : {"y\n", " Y \nmore", "y"}) {
    Script script;
    script.expect("POST /v1.50/containers/prune")
        .reply_json(200, R"({"ContainersDeleted":["a"],"SpaceReclaimed":1049})");
    CHECK(run_command(script, "container prune", {.input = answer}) ==
          CommandOutcome{question + "Deleted Containers:\na\n\nTotal reclaimed space: 1.049kB\n", ""});
  }
}

TEST_CASE("each prune asks about what it removes") {
  const auto question = [](const std::string& line, const std::string& version = "1.50") {
    Script script;
    return run_command(script, line, {.input = "n\n", .pinned_api_version = version}).out;
  };
  const std::string sure = "\nAre you sure you want to continue? [y/N] ";
  CHECK(question("network prune") ==
        "WARNING! This will remove all custom networks not used by at least one container." + sure);
  CHECK(question("image prune") == "WARNING! This will remove all dangling images." + sure);
  CHECK(question("image prune -a") ==
        "WARNING! This will remove all images without at least one container associated to them." + sure);
  CHECK(question("volume prune") ==
        "WARNING! This will remove anonymous local volumes not used by at least one container." + sure);
  CHECK(question("volume prune -a") ==
        "WARNING! This will remove all local volumes not used by at least one container." + sure);
  CHECK(question("volume prune", "1.41") ==
        "WARNING! This will remove all local volumes not used by at least one container." + sure);
}

TEST_CASE("system prune names everything that goes, and the filters") {
  Script script;
  CHECK(run_command(script, "system prune --volumes -a --filter label=b10 --filter label=b9 --filter foo=x",
                    {.input = "n\n", .config = R"({"pruneFilters":["label!=keep"]})"}) ==
        CommandOutcome{"WARNING! This will remove:\n"
                       "  - all stopped containers\n"
                       "  - all networks not used by at least one container\n"
                       "  - all anonymous volumes not used by at least one container\n"
                       "  - all images without at least one container associated to them\n"
                       "  - all build cache\n"
                       "\n"
                       "  Items to be pruned will be filtered with:\n"
                       "  - label!=keep\n"
                       "  - label=b9\n"
                       "  - label=b10\n"
                       "\n"
                       "Are you sure you want to continue? [y/N] ",
                       "", kCancelled});
}

TEST_CASE("system prune does not promise an old engine's named volumes to stay") {
  Script script;
  CHECK(run_command(script, "system prune --volumes", {.input = "n\n", .pinned_api_version = "1.30"}).out ==
        "WARNING! This will remove:\n"
        "  - all stopped containers\n"
        "  - all networks not used by at least one container\n"
        "  - all volumes not used by at least one container\n"
        "  - all dangling images\n"
        "\n"
        "Are you sure you want to continue? [y/N] ");
}

TEST_CASE("system prune goes through everything in order and adds up") {
  Script script;
  script.expect("POST /v1.50/containers/prune").reply_json(200, R"({"ContainersDeleted":["c"],"SpaceReclaimed":1000})");
  script.expect("POST /v1.50/networks/prune").reply_json(200, R"({"NetworksDeleted":["n"]})");
  script.expect("POST /v1.50/volumes/prune").reply_json(200, R"({"VolumesDeleted":null,"SpaceReclaimed":9})");
  script.expect("POST /v1.50/images/prune?filters=%7B%22dangling%22%3A%7B%22true%22%3Atrue%7D%7D")
      .reply_json(200, R"({"ImagesDeleted":[{"Untagged":"a:1"},{"Deleted":"sha256:a"}],"SpaceReclaimed":2000})");
  script.expect("POST /v1.50/build/prune?filters=").reply_json(200, R"({"CachesDeleted":null,"SpaceReclaimed":3})");
  CHECK(run_command(script, "system prune -f --volumes") ==
        CommandOutcome{"Deleted Containers:\nc\n\nDeleted Networks:\nn\n\n"
                       "Deleted Images:\nuntagged: a:1\ndeleted: sha256:a\n\nTotal reclaimed space: 3.003kB\n",
                       ""});
}

TEST_CASE("the first failure ends a system prune") {
  Script script;
  script.expect("POST /v1.50/containers/prune").reply_json(200, R"({"ContainersDeleted":["c"],"SpaceReclaimed":1})");
  script.expect("POST /v1.50/networks/prune").reply_json(409, R"({"message":"busy"})");
  CHECK(run_command(script, "system prune -f") ==
        CommandOutcome{"Deleted Containers:\nc\n\n", "", {ErrorKind::api, "Error response from daemon: busy", 409, 0}});
}

TEST_CASE("volumes cannot be pruned by age") {
  Script script;
  CHECK(run_command(script, "system prune -f --volumes --filter until=1h").error ==
        error(R"(ERROR: The "until" filter is not supported with "--volumes")"));
}

TEST_CASE("volume prune asks for named volumes where the engine needs it said") {
  Script script;
  script.expect("POST /v1.50/volumes/prune?filters=%7B%22all%22%3A%7B%22true%22%3Atrue%7D%7D").reply_json(200, "{}");
  CHECK(run_command(script, "volume prune -af") == CommandOutcome{"Total reclaimed space: 0B\n", ""});
  script.expect("POST /v1.41/volumes/prune").reply_json(200, "{}");
  CHECK(run_command(script, "volume prune -f", {.pinned_api_version = "1.41"}) ==
        CommandOutcome{"Total reclaimed space: 0B\n", ""});
  CHECK(run_command(script, "volume prune -af --filter all=1").error ==
        error("conflicting options: cannot specify both --all and --filter all=1"));
}

TEST_CASE("a configured label filter protects unless the command line says the opposite") {
  const std::string config = R"({"pruneFilters":["label!=keep","until=24h","nonsense"]})";
  Script script;
  script
      .expect(
          "POST "
          "/v1.50/containers/prune?filters=%7B%22label%21%22%3A%7B%22keep%22%3Atrue%7D%2C%22until%22%3A%7B%2224h%22"
          "%3Atrue%7D%7D")
      .reply_json(200, "{}");
  CHECK(run_command(script, "container prune -f", {.config = config}).out == "Total reclaimed space: 0B\n");
  script
      .expect(
          "POST "
          "/v1.50/containers/prune?filters=%7B%22label%22%3A%7B%22x%22%3Atrue%7D%2C%22label%21%22%3A%7B%22keep%22%3A"
          "true%7D%2C%22until%22%3A%7B%2224h%22%3Atrue%7D%7D")
      .reply_json(200, "{}");
  CHECK(run_command(script, "container prune -f --filter label=x", {.config = config}).out ==
        "Total reclaimed space: 0B\n");
  script
      .expect(
          "POST /v1.50/networks/prune?filters=%7B%22label%22%3A%7B%22keep%22%3Atrue%7D%2C%22until%22%3A%7B%2224h%22%3A"
          "true%7D%7D")
      .reply_json(200, R"({"NetworksDeleted":["n"]})");
  CHECK(run_command(script, "network prune -f --filter label=keep", {.config = config}) ==
        CommandOutcome{"Deleted Networks:\nn\n\n", ""});
}

TEST_CASE("a report that cannot be read is docker's error") {
  Script script;
  script.expect("POST /v1.50/networks/prune").reply(200, "");
  CHECK(run_command(script, "network prune -f").error == error("Error retrieving network prune report: EOF"));
}
