#include "dockerlite/transport/transport.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using transport::Endpoint;
using transport::parse_endpoint;
using Scheme = Endpoint::Scheme;

TEST_CASE("hosts are understood as docker 28 understands them") {
  struct Case {
    std::string host;
    Endpoint endpoint;
  };
  const auto wanted = GENERATE(values<Case>({
      {"", {Scheme::unix_socket, "unix:///var/run/docker.sock", "/var/run/docker.sock", "", false}},
      {"unix://", {Scheme::unix_socket, "unix:///var/run/docker.sock", "/var/run/docker.sock", "", false}},
      {" unix:///nope ", {Scheme::unix_socket, "unix:///nope", "/nope", "", false}},
      {"unix://relative/sock", {Scheme::unix_socket, "unix://relative/sock", "relative/sock", "", false}},
      {"unix://unix:///x", {Scheme::unix_socket, "unix:///x", "/x", "", false}},
      {"unix://@abstract", {Scheme::unix_socket, "unix://@abstract", "@abstract", "", false}},
      {"tcp://", {Scheme::tcp, "tcp://localhost:2375", "localhost:2375", "", false}},
      {"127.0.0.1", {Scheme::tcp, "tcp://127.0.0.1:2375", "127.0.0.1:2375", "", false}},
      {"127.0.0.1:1/base", {Scheme::tcp, "tcp://127.0.0.1:1/base", "127.0.0.1:1", "/base", false}},
      {":1", {Scheme::tcp, "tcp://localhost:1", "localhost:1", "", false}},
      {"/tmp/x.sock", {Scheme::tcp, "tcp://localhost:2375/tmp/x.sock", "localhost:2375", "/tmp/x.sock", false}},
      {"tcp://[::1]:1", {Scheme::tcp, "tcp://[::1]:1", "[::1]:1", "", false}},
      {"tcp://[::1]:", {Scheme::tcp, "tcp://[::1]:2375", "[::1]:2375", "", false}},
      {"tcp://::1", {Scheme::tcp, "tcp://[::1]:2375", "[::1]:2375", "", false}},
      {"tcp://127.0.0.1:1/", {Scheme::tcp, "tcp://127.0.0.1:1/", "127.0.0.1:1", "", false}},
      {"tcp://127.0.0.1:1?x=1#y", {Scheme::tcp, "tcp://127.0.0.1:1", "127.0.0.1:1", "", false}},
      {"tcp://u@127.0.0.1:1/base", {Scheme::tcp, "tcp://127.0.0.1:1/base", "127.0.0.1:1", "/base", false}},
      {"ssh://me@host:22/run/x.sock", {Scheme::ssh, "ssh://me@host:22/run/x.sock", "me@host:22", "/run/x.sock", false}},
  }));
  CAPTURE(wanted.host);
  const auto endpoint = parse_endpoint(wanted.host);
  REQUIRE(endpoint.ok());
  CHECK(*endpoint == wanted.endpoint);
}

TEST_CASE("with TLS the default is the TLS port of this host, and sockets stay sockets") {
  CHECK(*parse_endpoint("", true) == Endpoint{Scheme::tcp, "tcp://localhost:2376", "localhost:2376", "", true});
  CHECK(*parse_endpoint("unix:///x", true) == Endpoint{Scheme::unix_socket, "unix:///x", "/x", "", false});
}

TEST_CASE("hosts that docker 28 refuses are refused in its words") {
  struct Case {
    std::string host, message;
  };
  const std::string unresolved = "unable to resolve docker endpoint: ";
  const auto wanted = GENERATE_COPY(values<Case>({
      {"foo://x", unresolved + "invalid bind address format: foo://x"},
      {"http://127.0.0.1:1", unresolved + "invalid bind address format: http://127.0.0.1:1"},
      {"://x", unresolved + "invalid bind address format: ://x"},
      {"tcp://[::1]", unresolved + "invalid bind address format: [::1]"},
      {"tcp://[::1", unresolved + "parse \"tcp://[::1\": missing ']' in host"},
      {"tcp://[::1]x:1", unresolved + "parse \"tcp://[::1]x:1\": invalid port \"x:1\" after host"},
      {"tcp://127.0.0.1:abc", unresolved + "parse \"tcp://127.0.0.1:abc\": invalid port \":abc\" after host"},
      {"tcp://a b:1", unresolved + "parse \"tcp://a b:1\": invalid character \" \" in host name"},
      {"tcp://unix:///x", unresolved + "invalid proto, expected tcp: unix:///x"},
      {"unix://a://b", unresolved + "invalid proto, expected unix: a://b"},
      {"fd://", "unable to parse docker host `fd://`"},
      {"npipe://", "protocol not available"},
      {"ssh://", "ssh host connection is not valid: invalid SSH URL: hostname is empty"},
  }));
  CAPTURE(wanted.host);
  const auto endpoint = parse_endpoint(wanted.host);
  REQUIRE_FALSE(endpoint.ok());
  CHECK(endpoint.error().message == wanted.message);
}

TEST_CASE("a socket's path in a URL is escaped as Go escapes a host") {
  CHECK(display_url(*parse_endpoint("unix:///tmp/a b-c_%.sock"), "/v1.50/info") ==
        "http://%2Ftmp%2Fa%20b-c_%25.sock/v1.50/info");
  CHECK(display_url(*parse_endpoint("tcp://h:1/base"), "/v1.50/info?a=1") == "http://h:1/base/v1.50/info?a=1");
}

TEST_CASE("a query is sorted by key, keeps the order of equal keys, and is form-encoded") {
  transport::Query query{{"b", "2"}, {"a", "x y"}};
  query.add("b", "1").add("a/", "é:&");
  CHECK(query.encode() == "a=x+y&a%2F=%C3%A9%3A%26&b=2&b=1");
}

TEST_CASE("a socket path that the system cannot take is refused") {
  transport::TransportOptions options;
  const std::string path = "/" + std::string(120, 'a');
  options.endpoint = *parse_endpoint("unix://" + path);
  const auto wire = make_curl_transport(std::move(options));
  REQUIRE_FALSE(wire.ok());
  CHECK(wire.error().message == "unix socket path \"" + path + "\" is too long");
}
