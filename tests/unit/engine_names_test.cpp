#include "dockerlite/engine/names.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using engine::decode_names;
using Names = std::vector<std::string>;

TEST_CASE("names of networks and volumes, in the engine's order", "[names]") {
  CHECK(*decode_names(R"([{"Name":"bridge","Id":"a","IPAM":{"Config":[{"Name":"no"}]}},{"Name":"a\u00e9"},{"Id":"b"}])",
                      {}) == Names{"bridge", "aé"});
  CHECK(*decode_names("[]", {}) == Names{});
  CHECK(*decode_names(R"({"Warnings":null,"Volumes":[{"Driver":"local","Name":"v2"},{"Name":"v1"}],"Name":"x"})",
                      {"Volumes"}) == Names{"v2", "v1"});
  CHECK(*decode_names(R"({"Volumes":null})", {"Volumes"}) == Names{});
}

TEST_CASE("names of the plugins of one kind", "[names]") {
  const std::string info =
      R"({"ID":"x","Plugins":{"Volume":["local"],"Network":["bridge"],"Log":["gelf","none"]},"Log":["no"]})";
  CHECK(*decode_names(info, {"Plugins", "Log"}) == Names{"gelf", "none"});
  CHECK(*decode_names(info, {"Plugins", "Volume"}) == Names{"local"});
  CHECK(*decode_names(info, {"Plugins", "Authorization"}) == Names{});
}

TEST_CASE("an answer that is no JSON is an error", "[names]") {
  CHECK_FALSE(decode_names(R"([{"Name":)", {}));
  CHECK_FALSE(decode_names("<html>", {"Volumes"}));
  CHECK_FALSE(decode_names(R"({"Plugins":{"Log":["a")", {"Plugins", "Log"}));
}
