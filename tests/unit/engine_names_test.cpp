#include "dockerlite/engine/names.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using Names = std::vector<std::string>;

TEST_CASE("names of networks and volumes, in the engine's order", "[names]") {
  CHECK(*engine::decode_network_names(
            R"([{"Name":"bridge","Id":"a","IPAM":{"Config":[{"Name":"no"}]}},{"Name":"a\u00e9"}])") ==
        Names{"bridge", "a\u00e9"});
  CHECK(*engine::decode_network_names("[]") == Names{});
  CHECK(*engine::decode_volume_names(R"({"Warnings":null,"Volumes":[{"Driver":"local","Name":"v2"},{"Name":"v1"}]})") ==
        Names{"v2", "v1"});
  CHECK(*engine::decode_volume_names(R"({"Volumes":null})") == Names{});
}

TEST_CASE("names of the plugins of one kind", "[names]") {
  const std::string info =
      R"({"ID":"x","Plugins":{"Volume":["local"],"Network":["bridge"],"Log":["gelf","none"]},"N":1})";
  CHECK(*engine::decode_plugin_names(info, "Log") == Names{"gelf", "none"});
  CHECK(*engine::decode_plugin_names(info, "Volume") == Names{"local"});
  CHECK(*engine::decode_plugin_names(info, "Authorization") == Names{});
}

TEST_CASE("an answer that is no JSON is an error", "[names]") {
  CHECK_FALSE(engine::decode_network_names(R"([{"Name":)"));
  CHECK_FALSE(engine::decode_volume_names("<html>"));
  CHECK_FALSE(engine::decode_plugin_names(R"({"Plugins":{"Log":["a")", "Log"));
}
