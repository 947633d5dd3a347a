#include <thread>

#include "dockerlite/engine/client.hpp"
#include "support/catch.hpp"
#include "support/scripted_transport.hpp"

using namespace dockerlite;
using engine::Client;
using test::Script;
using transport::Method;
using transport::Request;

namespace {

Error call_error(Client& client, Request request) {
  const auto result = client.call(std::move(request));
  REQUIRE_FALSE(result.ok());
  return result.error();
}

Request get(std::string path) { return {.method = Method::get, .path = std::move(path)}; }

struct Collected final : transport::Sink {
  bool on_head(const transport::ResponseHead& head) override {
    status = head.status;
    return true;
  }
  bool on_data(std::string_view bytes) override {
    body.append(bytes);
    return true;
  }
  int status = 0;
  std::string body;
};

}  // namespace

TEST_CASE("the first request negotiates the engine's version, later ones do not ask again") {
  Script script;
  script.expect_ping("1.41");
  script.expect("GET /v1.41/info").reply_json(200, "{}");
  script.expect("GET /v1.41/version").reply_json(200, "[]");
  Client client(script.transport());
  CHECK(*client.call(get("/info")) == "{}");
  CHECK(*client.call(get("/version")) == "[]");
  CHECK(client.api_version() == "1.41");
  CHECK(client.api_less("1.42"));
  CHECK_FALSE(client.api_less("1.41"));
}

TEST_CASE("a newer engine is asked in the client's own version") {
  Script script;
  script.expect_ping("1.51");
  Client client(script.transport());
  CHECK(client.api_version() == "1.50");
}

TEST_CASE("an engine that does not tell its version is taken for an old one") {
  Script script;
  script.expect("HEAD /_ping").reply(200);
  Client client(script.transport());
  CHECK(client.api_version() == "1.24");
}

TEST_CASE("a version that makes no sense is used as it is, as docker 28 does") {
  Script script;
  script.expect_ping("foo");
  Client client(script.transport());
  CHECK(client.api_version() == "foo");
}

TEST_CASE("DOCKER_API_VERSION decides, and the engine is pinged all the same") {
  Script script;
  script.expect_ping("1.41");
  script.expect("GET /v1.99/info").reply_json(400, R"({"message":"client version 1.99 is too new."})");
  Client client(script.transport(), "v1.99");
  CHECK(call_error(client, get("/info")) ==
        Error{ErrorKind::api, "Error response from daemon: client version 1.99 is too new.", 400, 0});
}

TEST_CASE("a ping tells everything that its headers say") {
  Script script;
  script.expect("HEAD /_ping")
      .reply(200, "",
             {{"Api-Version", "1.44"},
              {"Ostype", "windows"},
              {"Docker-Experimental", "true"},
              {"Builder-Version", "2"},
              {"Swarm", "active/manager"}});
  Client client(script.transport());
  CHECK(client.ping() == engine::Ping{"1.44", "windows", "2", "active/manager", true});
}

TEST_CASE("an engine without HEAD is pinged again with GET") {
  Script script;
  script.expect("HEAD /_ping").reply(404);
  script.expect("GET /_ping").reply(200, "OK", {{"Api-Version", "1.30"}, {"Ostype", "linux"}});
  Client client(script.transport());
  CHECK(client.ping() == engine::Ping{"1.30", "linux", "", "", false});
}

TEST_CASE("an engine that answers the ping with 500 still tells its version") {
  Script script;
  script.expect("HEAD /_ping").reply(500, "", {{"Api-Version", "1.30"}, {"Ostype", "linux"}});
  Client client(script.transport());
  CHECK(client.ping() == engine::Ping{"1.30", "", "", "", true});
  CHECK(client.api_version() == "1.30");
}

TEST_CASE("a ping that fails is silent; the request goes out in the client's version") {
  const Error down = error(ErrorKind::connection, "down");
  Script script;
  script.expect("HEAD /_ping").fail(down);
  script.expect("HEAD /_ping").fail(down);
  script.expect("GET /v1.50/info").fail(down);
  Client client(script.transport());
  CHECK(call_error(client, get("/info")) == down);
}

TEST_CASE("after a failed ping the next request asks again") {
  Script script;
  script.expect("HEAD /_ping").fail(error(ErrorKind::connection, "down"));
  script.expect_ping("1.41");
  script.expect("GET /v1.41/info").reply_json(200, "{}");
  Client client(script.transport());
  CHECK(client.ping() == engine::Ping{"", "", "", "", true});
  CHECK(client.call(get("/info")).ok());
}

TEST_CASE("error answers become docker's texts") {
  struct Case {
    int status;
    std::string reason, content_type, body, message;
  };
  const std::string url = "http://%2Fp/v1.41/x?a=1";
  const auto wanted = GENERATE_COPY(
      Case{404, "Not Found", "application/json", R"({"message":"no such container: x"})",
           "Error response from daemon: no such container: x"},
      Case{404, "Not Found", "application/json", "{\"message\":\" two\\nlines \\n\"}",
           "Error response from daemon: two\nlines"},
      Case{404, "Not Found", "application/json; charset=utf-8", "{\"message\":\"x\"}\n",
           "Error response from daemon: {\"message\":\"x\"}"},
      Case{500, "Internal Server Error", "text/plain", "  broken\n", "Error response from daemon: broken"},
      Case{500, "Internal Server Error", "application/json", "{}",
           "Error response from daemon: API returned a 500 (Internal Server Error) but provided no error-message"},
      Case{500, "Internal Server Error", "", "",
           "request returned 500 Internal Server Error for API route and version " + url +
               ", check if the server supports the requested API version"},
      Case{502, "", "", "",
           "request returned 502 for API route and version " + url +
               ", check if the server supports the requested API version"},
      Case{500, "Internal Server Error", "text/plain", std::string(1U << 20, 'x'),
           "request returned 500 Internal Server Error with a message (> 1048576 bytes) for API route and version " +
               url + ", check if the server supports the requested API version"});
  const transport::ResponseHead head{wanted.status, wanted.reason, {{"Content-Type", wanted.content_type}}};
  CHECK(engine::answer_error(head, wanted.body, url) == Error{ErrorKind::api, wanted.message, wanted.status, 0});
}

TEST_CASE("an error answer that is no JSON says so") {
  const transport::ResponseHead head{500, "", {{"Content-Type", "application/json"}}};
  CHECK(engine::answer_error(head, "nonsense", "u").message ==
        "Error reading JSON: invalid character 'o' in literal null (expecting 'u')");
}

TEST_CASE("an error answer never reaches a stream's sink") {
  Script script;
  script.expect_ping("1.41");
  script.expect("GET /v1.41/containers/x/logs").reply_json(404, R"({"message":"No such container: x"})").in_pieces(3);
  Client client(script.transport());
  Collected sink;
  const auto result = client.stream(get("/containers/x/logs"), sink);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error() == Error{ErrorKind::api, "Error response from daemon: No such container: x", 404, 0});
  CHECK(sink.status == 0);
}

TEST_CASE("a stream reaches its sink whole") {
  Script script;
  script.expect_ping("1.41");
  script.expect("GET /v1.41/events").reply(200, "0123456789").in_pieces(4);
  Client client(script.transport());
  Collected sink;
  REQUIRE(client.stream(get("/events"), sink).ok());
  CHECK(sink.body == "0123456789");
}

TEST_CASE("an upgrade that is refused tells the status, and what the engine says") {
  Script script;
  script.expect_ping("1.41");
  script.expect("POST /v1.41/containers/x/attach").reply_json(404, R"({"message":"No such container: x"})");
  Client client(script.transport());
  const auto result = client.hijack({.method = Method::post, .path = "/containers/x/attach"});
  REQUIRE_FALSE(result.ok());
  CHECK(result.error() ==
        Error{ErrorKind::api,
              "unable to upgrade to tcp, received 404: Error response from daemon: No such container: x", 404, 0});
}

TEST_CASE("an upgrade hands over a stream in both directions") {
  Script script;
  script.expect_ping("1.41");
  script.expect("POST /v1.41/exec/x/start").with_json(R"({"Tty":false, "Detach":false})").upgrade("output", "input");
  Client client(script.transport());
  const auto result = client.hijack({.method = Method::post,
                                     .path = "/exec/x/start",
                                     .body = R"({"Detach":false,"Tty":false})",
                                     .content_type = "application/json"});
  REQUIRE(result.ok());
  transport::Stream& stream = *result->stream;
  REQUIRE(stream.write("input").ok());
  REQUIRE(stream.close_write().ok());
  std::string output(100, '\0');
  std::size_t size = 0;
  while (const std::size_t count = *stream.read(output.data() + size, output.size() - size)) size += count;
  CHECK(output.substr(0, size) == "output");
}

TEST_CASE("calls from several threads negotiate once") {
  Script script;
  script.expect_ping("1.41");
  for (int i = 0; i < 8; ++i)
    script.expect("POST /v1.41/containers/" + std::to_string(i) + "/stop").any_order().reply(204);
  Client client(script.transport());
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&client, i] {
      static_cast<void>(client.call({.method = Method::post, .path = "/containers/" + std::to_string(i) + "/stop"}));
    });
  for (std::thread& thread : threads) thread.join();
}
