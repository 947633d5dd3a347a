#include "dockerlite/opts/network.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

opts::NetworkAttachment parse(std::string_view text) {
  opts::NetworkOption option;
  REQUIRE(option.set(text).ok());
  return option.values.front();
}

std::string refusal(std::string_view text) {
  opts::NetworkOption option;
  const auto result = option.set(text);
  return result ? "" : result.error().message;
}

opts::NetworkAttachment named(const char* target) {
  opts::NetworkAttachment attachment;
  attachment.target = target;
  return attachment;
}

}  // namespace

TEST_CASE("a network by its name alone, whatever it looks like", "[opts]") {
  for (const char* text : {"n1", "", "host", "container:x", "name=", "=x"}) {
    INFO(text);
    CHECK(parse(text) == named(text));
  }
}

TEST_CASE("a network with options, in lower case as docker has them", "[opts]") {
  auto expected = named("n1");
  expected.aliases = {"web", "w2"};
  expected.ipv4 = "1.2.3.4";
  expected.ipv6 = "::1";
  expected.link_local_ips = {"169.254.1.1", "fe80::1"};
  expected.mac_address = "92:d0:c6:0a:29:33";
  expected.gateway_priority = -5;
  expected.driver_options = {{"a", "b"}, {"c", "d=e"}};
  CHECK(parse("name=N1, alias=Web,alias=w2,ip=1.2.3.4,ip6=::1,link-local-ip=169.254.1.1,link-local-ip=fe80::1,"
              "mac-address=92:d0:c6:0a:29:33,gw-priority=-5,driver-opt=A=B,driver-opt=c=d=e") == expected);
}

TEST_CASE("network options that docker refuses", "[opts]") {
  CHECK(refusal("alias=a") == "network name/id is not specified");
  CHECK(refusal("bogus=1") == "invalid field key bogus");
  CHECK(refusal("name=n1,x") == "invalid field x");
  CHECK(refusal("name=n1,=x") == "invalid field =x");
  CHECK(refusal("name=n1,driver-opt=a") == "invalid key value pair format in driver options");
  CHECK(refusal("name=n1,driver-opt==a") == "invalid key value pair format in driver options");
  CHECK(refusal("name=n1,gw-priority=x") == "invalid gw-priority (x): invalid syntax");
  CHECK(refusal("name=n1,gw-priority=99999999999999999999") ==
        "invalid gw-priority (99999999999999999999): value out of range");
  CHECK(refusal(R"(a=b"c)") == R"(parse error on line 1, column 4: bare " in non-quoted-field)");
}

TEST_CASE("networks of the user's own, and the engine's modes", "[opts]") {
  for (const char* mode : {"default", "bridge", "host", "none", "container:x"}) {
    INFO(mode);
    CHECK_FALSE(opts::is_user_defined_network(mode));
  }
  CHECK(opts::is_user_defined_network("n1"));
  CHECK(opts::is_user_defined_network(""));
  CHECK(opts::network_name("container:x") == "container");
  CHECK(opts::network_name("n1") == "n1");
}
