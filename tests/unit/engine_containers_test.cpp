#include <string>

#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/query.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using engine::ContainerSummary;

TEST_CASE("a list of containers is decoded, and what lists do not show is skipped") {
  const auto list = engine::decode_containers(R"([
    {"Id":"aa","Names":["/web","/db/alias"],"Image":"busybox","ImageID":"sha256:11","Command":"sh -c 'x'","Created":1700000000,
     "Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},{"PrivatePort":53,"Type":"udp"}],
     "SizeRw":5,"SizeRootFs":1240005,"Labels":{"b":"2","a":"1"},"State":"running","Status":"Up 2 hours",
     "HostConfig":{"NetworkMode":"default","Annotations":{"Id":"no"}},
     "NetworkSettings":{"Networks":{"bridge":{"IPAMConfig":{"Id":"x"},"Links":["Names"],"MacAddress":"02"},"other":null}},
     "ImageManifestDescriptor":{"digest":"sha256:22","platform":{"architecture":"arm64","os":"linux","variant":"v8"}},
     "Mounts":[{"Type":"volume","Name":"v","Source":"/s","Destination":"/d","Driver":"local","RW":true},{"Source":"/only"}]},
    {"Id":"bb","Names":null,"Labels":null,"NetworkSettings":null,"Ports":[],"Mounts":[],"State":"created"}
  ])");
  REQUIRE(list.ok());
  ContainerSummary first{.id = "aa",
                         .names = {"/web", "/db/alias"},
                         .image = "busybox",
                         .image_id = "sha256:11",
                         .command = "sh -c 'x'",
                         .created = 1700000000,
                         .ports = {{"0.0.0.0", 80, 8080, "tcp"}, {"", 53, 0, "udp"}},
                         .labels = {{"a", "1"}, {"b", "2"}},
                         .state = "running",
                         .status = "Up 2 hours",
                         .size_rw = 5,
                         .size_root_fs = 1240005,
                         .networks = {"bridge", "other"},
                         .mounts = {{"v", "/s", "local"}, {"", "/only", ""}},
                         .platform = opts::Platform{"linux", "", "arm64", "v8"}};
  ContainerSummary second{.id = "bb", .state = "created"};
  CHECK(*list == std::vector<ContainerSummary>{first, second});
}

TEST_CASE("an answer that is no list of containers is an error in Go's words") {
  const auto message = [](std::string_view body) {
    const auto list = engine::decode_containers(body);
    return list ? "decoded" : list.error().message;
  };
  CHECK(message("") == "EOF");
  CHECK(message("[{\"Id\":") == "unexpected EOF");
  CHECK(message("<html>") == "invalid character '<' looking for beginning of value");
  CHECK(message("{}") == "json: cannot unmarshal object into Go value of type []container.Summary");
  CHECK(message("\"x\"") == "json: cannot unmarshal string into Go value of type []container.Summary");
  CHECK(message("null") == "decoded");
}

TEST_CASE("a query asks for what the options say and nothing else") {
  CHECK(engine::list_containers({}).target() == "/containers/json");
  CHECK(
      engine::list_containers(
          {.all = true, .limit = 3, .size = true, .filters = {{"label", {"b", "a=1"}}, {"name", {"<x>"}}}})
          .target() ==
      "/containers/json?all=1&filters=%7B%22label%22%3A%7B%22a%3D1%22%3Atrue%2C%22b%22%3Atrue%7D%2C%22name%22%3A%7B%22"
      "%5Cu003cx%5Cu003e%22%3Atrue%7D%7D&limit=3&size=1");
}

TEST_CASE("names go into paths as docker puts them there") {
  CHECK(*engine::container_path("web", "stop") == "/containers/web/stop");
  CHECK(*engine::container_path("  /web ") == "/containers/web");
  CHECK(*engine::container_path("a b?c") == "/containers/a%20b%3Fc");
  CHECK(engine::object_path("images", "reg:5000/a/b:1@sha256:0", "json") == "/images/reg:5000/a/b:1@sha256:0/json");
  CHECK(engine::container_path(" ").error().message == "invalid container name or ID: value is empty");
}

TEST_CASE("an exit status that a proxy replaced by a text shows the text") {
  CHECK(*engine::decode_wait(R"({"StatusCode":137})") == 137);
  CHECK(engine::decode_wait("gateway timeout").error().message == "gateway timeout");
  CHECK(engine::decode_wait("").error().message == "EOF");
}

TEST_CASE("changes, processes, ports and warnings are decoded") {
  CHECK(*engine::decode_changes(
            R"([{"Kind":0,"Path":"/a"},{"Kind":1,"Path":"/b"},{"Kind":2,"Path":"/c"},{"Kind":9,"Path":"/d"}])") ==
        std::vector<engine::FilesystemChange>{{'C', "/a"}, {'A', "/b"}, {'D', "/c"}, {'\0', "/d"}});
  CHECK(engine::decode_changes("null")->empty());
  CHECK(*engine::decode_processes(R"({"Titles":["PID","CMD"],"Processes":[["1","sh"],["2","top"]]})") ==
        engine::Processes{{"PID", "CMD"}, {{"1", "sh"}, {"2", "top"}}});
  CHECK(*engine::decode_published_ports(
            R"({"NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"::","HostPort":"8080"}],"443/tcp":null}}})") ==
        engine::PublishedPorts{{"443/tcp", {}}, {"80/tcp", {{"::", "8080"}}}});
  CHECK(engine::decode_warnings(R"({"Warnings":null})")->empty());
  CHECK(*engine::decode_warnings(R"({"Warnings":["a"]})") == std::vector<std::string>{"a"});
}

TEST_CASE("escapes in names and values are resolved") {
  const auto list = engine::decode_containers(
      R"([{"\u0049d":"a\"b\\c\/d\n\u00e9\ud83d\ude00\ud83d","Command":"\\\\","Labels":{"k\t":"\u003c"}}])");
  REQUIRE(list.ok());
  CHECK(*list == std::vector<ContainerSummary>{
                     ContainerSummary{.id = "a\"b\\c/d\né😀\xef\xbf\xbd", .command = "\\\\", .labels = {{"k\t", "<"}}}});
}

TEST_CASE("members of another kind than expected read as empty") {
  const auto list = engine::decode_containers(
      R"([{"Id":1,"Names":{"a":[]},"Ports":[3,{"PrivatePort":"x","Type":null,"IP":[[{}]]}],"Created":"y","Labels":[1],"State":true,
           "NetworkSettings":{"Networks":[{"Id":2}]},"ImageManifestDescriptor":{"platform":null},"Created":1.5e3,"Status":"ok"},7])");
  REQUIRE(list.ok());
  CHECK(*list == std::vector<ContainerSummary>{ContainerSummary{.created = 1, .ports = {{}, {}}, .status = "ok"}, {}});
}

TEST_CASE("a list that is cut anywhere is an error") {
  const std::string whole = R"([{"Id":"a\\","Names":["/b"],"HostConfig":{"x":[1,"]}"]},"Created":12}])";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(whole.substr(0, size));
    CHECK(engine::decode_containers(whole.substr(0, size)).error().message == (size == 0 ? "EOF" : "unexpected EOF"));
  }
  CHECK(engine::decode_containers(whole + "x").error().message == "invalid character 'x' after top-level value");
  CHECK(engine::decode_containers(R"([{"Id":"a"},])").error().message ==
        "invalid character ']' looking for beginning of value");
  CHECK(engine::decode_containers(R"([{"Id":"a" "Names":[]}])").error().message ==
        "invalid character '\"' after object key:value pair");
}
