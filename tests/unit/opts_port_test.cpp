#include "dockerlite/opts/port.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

opts::Ports publish(std::vector<std::string> specs) {
  const auto ports = opts::parse_ports(specs, {});
  REQUIRE(ports.ok());
  return *ports;
}

opts::Ports one(const char* port, const char* ip, const char* host) { return {{port}, {{port, {{ip, host}}}}}; }

std::string refusal(std::string spec) {
  const auto ports = opts::parse_ports({std::move(spec)}, {});
  return ports ? "" : ports.error().message;
}

}  // namespace

TEST_CASE("a published port", "[opts]") {
  CHECK(publish({"80"}) == one("80/tcp", "", ""));
  CHECK(publish({"8080:80"}) == one("80/tcp", "", "8080"));
  CHECK(publish({":80"}) == one("80/tcp", "", ""));
  CHECK(publish({"0:80"}) == one("80/tcp", "", "0"));
  CHECK(publish({"080"}) == one("80/tcp", "", ""));
  CHECK(publish({"80/TCP"}) == one("80/tcp", "", ""));
  CHECK(publish({"80/"}) == one("80/tcp", "", ""));
  CHECK(publish({"53:53/udp/x"}) == one("53/udp", "", "53"));
  CHECK(publish({"127.0.0.1::80"}) == one("80/tcp", "127.0.0.1", ""));
  CHECK(publish({"127.0.0.1:8080:80"}) == one("80/tcp", "127.0.0.1", "8080"));
  CHECK(publish({"[::1]:8080:80"}) == one("80/tcp", "::1", "8080"));
  CHECK(publish({"::1:8080:80"}) == one("80/tcp", "::1", "8080"));
  CHECK(publish({"8000-8002:80"}) == one("80/tcp", "", "8000-8002"));
}

TEST_CASE("ranges pair up, repeats add up", "[opts]") {
  CHECK(publish({"8000-8001:80-81"}) ==
        opts::Ports{{"80/tcp", "81/tcp"}, {{"80/tcp", {{"", "8000"}}}, {"81/tcp", {{"", "8001"}}}}});
  CHECK(publish({"80:80", "80:80", "81:80"}) ==
        opts::Ports{{"80/tcp"}, {{"80/tcp", {{"", "80"}, {"", "80"}, {"", "81"}}}}});
}

TEST_CASE("the long form of a published port", "[opts]") {
  CHECK(publish({"published=8080,target=80"}) == one("80/tcp", "", "8080"));
  CHECK(publish({"target=80,protocol=udp"}) == one("80/udp", "", ""));
  CHECK(publish({"target=80,x=y"}) == one("80/tcp", "", ""));
  CHECK(refusal("published=80") == "no port specified: 80:/tcp<empty>");
  CHECK(refusal("target=80,x") == "invalid publish opts format (should be name=value but got 'x')");
  CHECK(refusal("target=80,=x") == "invalid publish opts format (should be name=value but got '=x')");
}

TEST_CASE("published ports that docker refuses", "[opts]") {
  CHECK(refusal("") == "no port specified: <empty>");
  CHECK(refusal("80:") == "no port specified: 80:<empty>");
  CHECK(refusal("a:80") == "invalid hostPort: a");
  CHECK(refusal("70000:80") == "invalid hostPort: 70000");
  CHECK(refusal("80:a") == "invalid containerPort: a");
  CHECK(refusal("82-80") == "invalid containerPort: 82-80");
  CHECK(refusal("host:80:80") == "invalid IP address: host");
  CHECK(refusal("[]:80:80") == "");
  CHECK(refusal("[::1:80:80") == "invalid IP address [::1: address [::1:: missing ']' in address");
  CHECK(refusal("[::1]x:80:80") == "invalid IP address [::1]x: address [::1]x:: missing port in address");
  CHECK(refusal("[::1]:1:80:80") == "invalid IP address [::1]:1: address [::1]:1:: too many colons in address");
  CHECK(refusal("[[::1]:80:80") == "invalid IP address [[::1]: address [[::1]:: unexpected '[' in address");
  CHECK(refusal("80/foo") == "invalid proto: foo");
  CHECK(refusal("8000-8001:80-82") == "invalid ranges specified for container and host Ports: 80-82 and 8000-8001");
}

TEST_CASE("exposed ports join the published ones", "[opts]") {
  CHECK(*opts::parse_ports({"81:80"}, {"80", "90-91/udp", "7/foo"}) ==
        opts::Ports{{"7/foo", "80/tcp", "90/udp", "91/udp"}, {{"80/tcp", {{"", "81"}}}}});
  const auto expose = [](const char* spec) { return opts::parse_ports({}, {spec}).error().message; };
  CHECK(expose("80:80") == "invalid port format for --expose: 80:80");
  CHECK(expose("x") ==
        R"(invalid range format for --expose: x, error: strconv.ParseUint: parsing "x": invalid syntax)");
  CHECK(expose("70000") ==
        R"(invalid range format for --expose: 70000, error: strconv.ParseUint: parsing "70000": value out of range)");
  CHECK(expose("82-80") == "invalid range format for --expose: 82-80, error: invalid range specified for port: 82-80");
  CHECK(expose("") == "invalid range format for --expose: , error: empty string specified for ports");
}
