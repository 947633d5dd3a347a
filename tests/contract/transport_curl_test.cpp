// The transport against a real socket: what it sends, and what becomes of every way in which an engine can misbehave.
// The texts are those of docker 28 on the same answers.
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <string>

#include "dockerlite/transport/transport.hpp"
#include "support/catch.hpp"
#include "support/fake_engine.hpp"

using namespace dockerlite;
using namespace std::chrono_literals;
using test::FakeEngine;
using test::Peer;
using transport::Method;
using transport::Request;

namespace {

struct Collected final : transport::Sink {
  bool on_head(const transport::ResponseHead& got) override {
    head = got;
    return !stop_at_head;
  }
  bool on_data(std::string_view bytes) override {
    body.append(bytes);
    ++pieces;
    return body.size() < limit;
  }
  transport::ResponseHead head;
  std::string body;
  std::size_t limit = ~std::size_t{0};
  int pieces = 0;
  bool stop_at_head = false;
};

std::unique_ptr<transport::Transport> connect(const std::string& path, transport::Headers headers = {}) {
  transport::TransportOptions options;
  options.endpoint = *transport::parse_endpoint("unix://" + path);
  options.headers = std::move(headers);
  options.user_agent = "Docker-Client/28.2.2 (linux)";
  return *transport::make_curl_transport(std::move(options));
}

Request get(std::string path) { return {.method = Method::get, .path = std::move(path)}; }

Error send_error(transport::Transport& wire, const Request& request, Collected& sink) {
  const auto result = wire.send(request, sink);
  REQUIRE_FALSE(result.ok());
  return result.error();
}

Error send_error(transport::Transport& wire, const Request& request) {
  Collected sink;
  return send_error(wire, request, sink);
}

/// The text of an error with the socket's path made the same for every run.
std::string masked(std::string text, const std::string& path) {
  std::string escaped;
  for (const char c : path) escaped += c == '/' ? std::string("%2F") : std::string(1, c);
  for (const auto& [from, to] : std::map<std::string, std::string>{{escaped, "%2Fp"}, {path, "/p"}})
    for (std::size_t at = 0; (at = text.find(from)) != std::string::npos;) text.replace(at, from.size(), to);
  return text;
}

/// The error of one request to an engine that answers it with these bytes and closes.
std::string error_after(const std::string& answer, const Request& request = get("/v1.41/info")) {
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(answer);
  });
  const auto wire = connect(engine.path());
  const Error got = send_error(*wire, request);
  CHECK(got.kind == ErrorKind::connection);
  return masked(got.message, engine.path());
}

/// The request as the engine reads it.
std::string wire_form(const Request& request, const transport::Headers& headers = {}) {
  std::string text;
  FakeEngine engine([&](Peer& peer, int) {
    text = peer.request();
    peer.answer("");
  });
  Collected sink;
  REQUIRE(connect(engine.path(), headers)->send(request, sink).ok());
  return text;
}

/// The head's lines in any order, then the body.
std::pair<std::map<std::string, std::string>, std::string> parts(const std::string& text) {
  std::map<std::string, std::string> lines;
  std::size_t start = 0, end = 0;
  while ((end = text.find("\r\n", start)) != start) {
    const std::string line = text.substr(start, end - start);
    const std::size_t colon = start == 0 ? std::string::npos : line.find(": ");
    if (colon == std::string::npos)
      lines[line] = "";
    else
      lines[line.substr(0, colon)] = line.substr(colon + 2);
    start = end + 2;
  }
  return {lines, text.substr(start + 2)};
}

using Lines = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("a GET carries what docker's carries and nothing else") {
  const auto [lines, body] = parts(wire_form(
      {.method = Method::get, .path = "/v1.41/containers/json", .query = {{"filters", "{\"a\":{}}"}, {"all", "1"}}}));
  CHECK(lines == Lines{{"GET /v1.41/containers/json?all=1&filters=%7B%22a%22%3A%7B%7D%7D HTTP/1.1", ""},
                       {"Host", "api.moby.localhost"},
                       {"User-Agent", "Docker-Client/28.2.2 (linux)"}});
  CHECK(body.empty());
}

TEST_CASE("a POST without a body says that its length is 0") {
  const auto [lines, body] = parts(wire_form({.method = Method::post, .path = "/v1.41/containers/x/stop"}));
  CHECK(lines == Lines{{"POST /v1.41/containers/x/stop HTTP/1.1", ""},
                       {"Host", "api.moby.localhost"},
                       {"Content-Length", "0"},
                       {"User-Agent", "Docker-Client/28.2.2 (linux)"}});
}

TEST_CASE("a body goes out with its length and type") {
  const auto [lines, body] = parts(
      wire_form({.method = Method::post, .path = "/x", .body = "{\"a\":1}\n", .content_type = "application/json"}));
  CHECK(lines == Lines{{"POST /x HTTP/1.1", ""},
                       {"Host", "api.moby.localhost"},
                       {"Content-Length", "8"},
                       {"Content-Type", "application/json"},
                       {"User-Agent", "Docker-Client/28.2.2 (linux)"}});
  CHECK(body == "{\"a\":1}\n");
}

TEST_CASE("a body from a reader goes out in chunks") {
  std::string content(3'000'000, 'x');
  for (std::size_t i = 0; i < content.size(); i += 1000) content[i] = static_cast<char>('a' + i / 1000 % 26);
  std::size_t position = 0;
  Request request{.method = Method::put, .path = "/x", .content_type = "application/x-tar"};
  request.body_reader = [&](char* buffer, std::size_t size) -> Result<std::size_t> {
    const std::size_t count = content.copy(buffer, size, position);
    position += count;
    return count;
  };
  const auto [lines, body] = parts(wire_form(request));
  CHECK(lines == Lines{{"PUT /x HTTP/1.1", ""},
                       {"Host", "api.moby.localhost"},
                       {"Transfer-Encoding", "chunked"},
                       {"Content-Type", "application/x-tar"},
                       {"User-Agent", "Docker-Client/28.2.2 (linux)"}});
  CHECK(body == content);
}

TEST_CASE("DELETE and HEAD carry no length") {
  CHECK(parts(wire_form({.method = Method::del, .path = "/x"})).first ==
        Lines{{"DELETE /x HTTP/1.1", ""},
              {"Host", "api.moby.localhost"},
              {"User-Agent", "Docker-Client/28.2.2 (linux)"}});
  CHECK(
      parts(wire_form({.method = Method::head, .path = "/x"})).first ==
      Lines{{"HEAD /x HTTP/1.1", ""}, {"Host", "api.moby.localhost"}, {"User-Agent", "Docker-Client/28.2.2 (linux)"}});
}

TEST_CASE("the user's headers go out, ours win, and some are not theirs to set") {
  Request request = get("/x");
  request.headers = {{"X-Registry-Auth", "ours"}};
  const auto [lines, body] = parts(wire_form(request, {{"x-registry-auth", "theirs"},
                                                       {"X-Meta", "a: b"},
                                                       {"X-Empty", ""},
                                                       {"user-agent", "mine"},
                                                       {"Host", "elsewhere"},
                                                       {"Content-Length", "7"}}));
  CHECK(lines == Lines{{"GET /x HTTP/1.1", ""},
                       {"Host", "api.moby.localhost"},
                       {"User-Agent", "Docker-Client/28.2.2 (linux)"},
                       {"X-Meta", "a: b"},
                       {"X-Empty:", ""},
                       {"x-registry-auth", "ours"}});
}

TEST_CASE("a header that would break the request is refused without showing its value") {
  FakeEngine engine([](Peer& peer, int) { peer.request(); });
  Request request = get("/x");
  request.headers = {{"X-A", "secret\r\nX-B: c"}};
  CHECK(send_error(*connect(engine.path()), request).message == "net/http: invalid header field value for \"X-A\"");
  request.headers = {{"X A", "b"}};
  CHECK(send_error(*connect(engine.path()), request).message == "net/http: invalid header field name \"X A\"");
  CHECK(engine.connections() == 0);
}

TEST_CASE("an answer's head and body arrive, whatever its status") {
  FakeEngine engine([](Peer& peer, int) {
    peer.request();
    peer.send("HTTP/1.1 404 Not Found\r\nApi-Version: 1.41\r\nX: 1\r\nx: 2 \r\nContent-Length: 3\r\n\r\nabc");
  });
  Collected sink;
  REQUIRE(connect(engine.path())->send(get("/x"), sink).ok());
  CHECK(sink.head.status == 404);
  CHECK(sink.head.reason == "Not Found");
  CHECK(sink.head.headers ==
        transport::Headers{{"Api-Version", "1.41"}, {"X", "1"}, {"x", "2"}, {"Content-Length", "3"}});
  CHECK(sink.body == "abc");
}

TEST_CASE("answers in every framing of HTTP/1 are understood") {
  const auto answer =
      GENERATE("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", "HTTP/1.1 200 OK\nContent-Length: 2\n\n[]",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\n\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\n[]\r\n0\r\nTrailer: x\r\n\r\n",
               "HTTP/1.0 200 OK\r\n\r\n[]", "HTTP/1.1 200 OK\r\n\r\n[]",
               "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    for (const char c : std::string(answer)) peer.send({&c, 1});
  });
  Collected sink;
  REQUIRE(connect(engine.path())->send(get("/x"), sink).ok());
  CHECK(sink.head.status == 200);
  CHECK(sink.body == "[]");
}

TEST_CASE("calls one after the other share a connection") {
  FakeEngine engine([](Peer& peer, int) {
    while (!peer.request().empty()) peer.answer("x");
  });
  const auto wire = connect(engine.path());
  for (int i = 0; i < 5; ++i) {
    Collected sink;
    REQUIRE(wire->send(i % 2 == 0 ? get("/x") : Request{.method = Method::post, .path = "/y", .body = "b"}, sink).ok());
    CHECK(sink.body == "x");
  }
  CHECK(engine.connections() == 1);
}

TEST_CASE("calls at the same time have a connection each") {
  std::atomic<int> waiting = 0;
  FakeEngine engine([&](Peer& peer, int) {
    while (!peer.request().empty()) {
      ++waiting;
      while (waiting < 8) std::this_thread::sleep_for(1ms);
      peer.answer("done");
    }
  });
  const auto wire = connect(engine.path());
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      Collected sink;
      if (wire->send(get("/x"), sink).ok() && sink.body == "done") ++good;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(good == 8);
  CHECK(engine.connections() == 8);
}

TEST_CASE("a large answer arrives whole and in large pieces") {
  std::string content(20'000'000, 'x');
  for (std::size_t i = 0; i < content.size(); i += 997) content[i] = static_cast<char>('a' + i % 26);
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.answer(content);
  });
  Collected sink;
  REQUIRE(connect(engine.path())->send(get("/x"), sink).ok());
  CHECK(sink.body == content);
  CHECK(sink.pieces < 5000);
}

TEST_CASE("what has arrived of a slow answer is passed on at once") {
  std::atomic<bool> seen = false;
  struct Watch final : transport::Sink {
    explicit Watch(std::atomic<bool>& flag) : seen_flag(flag) {}
    bool on_head(const transport::ResponseHead&) override { return true; }
    bool on_data(std::string_view bytes) override {
      if (bytes == "first") seen_flag = true;
      return true;
    }
    std::atomic<bool>& seen_flag;
  } sink(seen);
  bool in_time = false;
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
    for (int i = 0; i < 1000 && !seen; ++i) std::this_thread::sleep_for(5ms);
    in_time = seen;
    peer.send("0\r\n\r\n");
  });
  REQUIRE(connect(engine.path())->send(get("/x"), sink).ok());
  CHECK(in_time);
}

TEST_CASE("a sink that has enough ends the call, and the next call works") {
  const bool at_head = GENERATE(true, false);
  FakeEngine engine([](Peer& peer, int) {
    while (!peer.request().empty()) {
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
      peer.send(std::string(1'000'000, 'x'));
    }
  });
  const auto wire = connect(engine.path());
  Collected first;
  first.stop_at_head = at_head;
  first.limit = 10;
  REQUIRE(wire->send(get("/x"), first).ok());
  CHECK(first.body.size() < 1'000'000);
  Collected second;
  REQUIRE(wire->send(get("/x"), second).ok());
  CHECK(second.body.size() == 1'000'000);
}

TEST_CASE("an answer without end can be cancelled") {
  FakeEngine engine([](Peer& peer, int) {
    peer.request();
    peer.send("HTTP/1.1 200 OK\r\n\r\nevent");
    peer.read_to_end();
  });
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const util::UniqueFd reader(ends[0]), writer(ends[1]);
  Request request = get("/events");
  request.cancel_fd = reader.get();
  std::thread canceller([&] {
    std::this_thread::sleep_for(50ms);
    static_cast<void>(util::write_all(writer.get(), "x"));
  });
  Collected sink;
  const auto result = connect(engine.path())->send(request, sink);
  canceller.join();
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().kind == ErrorKind::cancelled);
  CHECK(sink.body == "event");
}

TEST_CASE("a call with a time limit gives up on an engine that says nothing") {
  FakeEngine engine([](Peer& peer, int) { peer.read_to_end(); });
  Request request{.method = Method::head, .path = "/_ping"};
  request.timeout_ms = 50;
  const auto start = std::chrono::steady_clock::now();
  CHECK(masked(send_error(*connect(engine.path()), request).message, engine.path()) ==
        "Cannot connect to the Docker daemon at unix:///p. Is the docker daemon running?");
  CHECK(std::chrono::steady_clock::now() - start < 5s);
}

TEST_CASE("a GET on a kept connection that the engine closes is sent once more") {
  FakeEngine engine([](Peer& peer, int number) {
    peer.request();
    peer.answer("1");
    if (number == 0) {
      peer.request();  // and no answer
    }
  });
  const auto wire = connect(engine.path());
  Collected first, second;
  REQUIRE(wire->send(get("/x"), first).ok());
  REQUIRE(wire->send(get("/x"), second).ok());
  CHECK(second.body == "1");
  CHECK(engine.connections() == 2);
}

TEST_CASE("a POST on a kept connection that the engine closes is never sent twice") {
  std::atomic<int> posts = 0;
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.answer("1");
    if (peer.request().starts_with("POST")) ++posts;
  });
  const auto wire = connect(engine.path());
  Collected first;
  REQUIRE(wire->send(get("/x"), first).ok());
  Request post{.method = Method::post, .path = "/containers/create"};
  if (GENERATE(false, true)) post.body = "{}";
  CHECK(masked(send_error(*wire, post).message, engine.path()) ==
        "error during connect: Post \"http://%2Fp/containers/create\": EOF");
  CHECK(posts == 1);
}

TEST_CASE("a GET whose second connection is closed as well fails") {
  std::atomic<int> gets = 0;
  FakeEngine engine([&](Peer& peer, int number) {
    if (number == 0) {
      peer.request();
      peer.answer("1");
    }
    if (!peer.request().empty()) ++gets;
  });
  const auto wire = connect(engine.path());
  Collected first;
  REQUIRE(wire->send(get("/x"), first).ok());
  CHECK(masked(send_error(*wire, get("/x")).message, engine.path()) ==
        "error during connect: Get \"http://%2Fp/x\": EOF");
  CHECK(gets == 2);
}

TEST_CASE("an answer that is cut off in its body is an error") {
  const auto answer =
      GENERATE("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  CHECK(error_after(answer) == "unexpected EOF");
  for (const std::string end : {"0\r\n", "0\r\n\n"})
    CHECK(error_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n" + end) ==
          "http: unexpected EOF reading trailer");
}

TEST_CASE("answers that have no body need no end of it") {
  const bool head = GENERATE(true, false);
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(head ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                   : "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n");
  });
  Collected sink;
  REQUIRE(connect(engine.path())->send({.method = head ? Method::head : Method::post, .path = "/x"}, sink).ok());
  CHECK(sink.body.empty());
}

TEST_CASE("what came before a chunked body went wrong is passed on") {
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nagainXX");
  });
  Collected sink;
  CHECK(send_error(*connect(engine.path()), get("/x"), sink) ==
        error(ErrorKind::connection, "malformed chunked encoding"));
  CHECK(sink.body == "helloagain");
}

TEST_CASE("only the chunked transfer coding is understood, and only in HTTP/1.1") {
  const std::string broken =
      "error during connect: Get \"http://%2Fp/v1.41/info\": net/http: HTTP/1.x transport connection broken: ";
  CHECK(error_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n") ==
        broken + "unsupported transfer encoding: \"gzip, chunked\"");
  CHECK(error_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") ==
        broken + "too many transfer encodings: [\"chunked\" \"chunked\"]");
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  });
  Collected sink;
  REQUIRE(connect(engine.path())->send(get("/x"), sink).ok());
  CHECK(sink.body == "0\r\n\r\n");
}

// From some number of chunks on the transport reads without libcurl.
TEST_CASE("an answer in many chunks arrives whole, and the next call works") {
  std::string wire_body, content;
  for (int i = 0; i < 20'000; ++i) {
    const std::string line = "line " + std::to_string(i) + "\n";
    content += line;
    wire_body += fmt::format("{:x}\r\n{}\r\n", line.size(), line);
  }
  const std::size_t piece = GENERATE(7U, 4096U, 1U << 20);
  FakeEngine engine([&](Peer& peer, int) {
    while (!peer.request().empty()) {
      peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (std::size_t at = 0; at < wire_body.size(); at += piece)
        peer.send(std::string_view(wire_body).substr(at, piece));
      peer.send("0\r\n\r\n");
    }
  });
  const auto wire = connect(engine.path());
  for (int i = 0; i < 2; ++i) {
    Collected sink;
    REQUIRE(wire->send(get("/x"), sink).ok());
    CHECK(sink.body == content);
  }
}

TEST_CASE("a body still goes out while its answer comes in many chunks") {
  std::string received;
  FakeEngine engine([&](Peer& peer, int) {
    peer.request_head();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 1000; ++i) peer.send("5\r\nline\n\r\n");
    received = peer.read_until("0\r\n\r\n");
    peer.send("0\r\n\r\n");
  });
  int left = 2000;
  Request request{.method = Method::post, .path = "/images/load"};
  request.body_reader = [&](char* buffer, std::size_t size) -> Result<std::size_t> {
    if (left-- == 0) return std::size_t{0};
    const std::size_t count = std::min<std::size_t>(size, 1000);
    std::fill_n(buffer, count, 'x');
    return count;
  };
  Collected sink;
  REQUIRE(connect(engine.path())->send(request, sink).ok());
  CHECK(sink.body.size() == 5000);
  CHECK(std::ranges::count(received, 'x') == 2'000'000);
}

TEST_CASE("an answer in many chunks can stop, be cut off, break or be cancelled anywhere") {
  constexpr int kBefore = 5000;
  std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", content;
  for (int i = 0; i < kBefore; ++i) {
    head += "5\r\nline\n\r\n";
    content += "line\n";
  }
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const util::UniqueFd reader(ends[0]), writer(ends[1]);
  Request request = get("/x");
  request.cancel_fd = reader.get();

  std::string last;
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(head);
    std::this_thread::sleep_for(20ms);  // the socket is empty now
    peer.send(last);
    if (!last.empty()) return;
    static_cast<void>(util::write_all(writer.get(), "x"));
    peer.read_to_end();
  });
  const auto wire = connect(engine.path());
  Collected sink;
  SECTION("its end") {
    last = "3\r\nend\r\n0\r\n\r\n";
    REQUIRE(wire->send(request, sink).ok());
    CHECK(sink.body == content + "end");
  }
  SECTION("cut off") {
    last = "3\r\nen";
    CHECK(send_error(*wire, request, sink) == error(ErrorKind::connection, "unexpected EOF"));
    CHECK(sink.body == content + "en");
  }
  SECTION("broken") {
    last = "x\r\n";
    CHECK(send_error(*wire, request, sink) == error(ErrorKind::connection, "invalid byte in chunk length"));
    CHECK(sink.body == content);
  }
  SECTION("the sink has enough") {
    sink.limit = content.size() - 5;
    last = "0\r\n\r\n";
    CHECK(wire->send(request, sink).ok());
    CHECK(sink.body.size() >= sink.limit);
  }
  SECTION("cancelled") {
    CHECK(send_error(*wire, request, sink).kind == ErrorKind::cancelled);
    CHECK(sink.body == content);
  }
}

TEST_CASE("answers that are no HTTP are errors in docker's words") {
  const std::string get_info = "Get \"http://%2Fp/v1.41/info\": ";
  const std::string broken = get_info + "net/http: HTTP/1.x transport connection broken: ";
  const std::string tls = ".\n* Are you trying to connect to a TLS-enabled daemon without TLS?";
  CHECK(error_after("garbage") == broken + "malformed HTTP response \"garbage\"" + tls);
  CHECK(error_after("garbage\r\n") == broken + "malformed HTTP response \"garbage\"" + tls);
  CHECK(error_after("\x15\x03\x01\x02\x02") == broken + "malformed HTTP response \"\\x15\\x03\\x01\\x02\\x02\"" + tls);
  CHECK(error_after("garbage more words\r\n\r\n") ==
        "error during connect: " + broken + "malformed HTTP status code \"more\"");
  // libcurl 8 keeps this line to itself.
  const std::string cause = DOCKERLITE_CURL_MAJOR < 8 ? "malformed HTTP version \"HTTP/x.1\"" : "malformed HTTP header";
  CHECK(error_after("HTTP/x.1 200 OK\r\n\r\n") == "error during connect: " + broken + cause);
  CHECK(error_after("HTTP/1.1 200 OK\r\n") == "error during connect: " + broken + "unexpected EOF");
  CHECK(error_after("") == "error during connect: " + get_info + "EOF");
}

TEST_CASE("redirects are not followed") {
  const std::string answer = "HTTP/1.1 301 Moved\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n";
  CHECK(error_after(answer, {.method = Method::post, .path = "/x"}) ==
        "error during connect: Post \"/new\": unexpected redirect in response");
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(answer);
  });
  Collected sink;
  REQUIRE(connect(engine.path())->send(get("/x"), sink).ok());
  CHECK(sink.head.status == 301);
}

TEST_CASE("an engine that is not there is named") {
  CHECK(send_error(*connect("/nonexistent/docker.sock"), get("/v1.50/info")) ==
        Error{ErrorKind::connection,
              "Cannot connect to the Docker daemon at unix:///nonexistent/docker.sock. Is the docker daemon running?"});
}

TEST_CASE("a reader's error ends the call and is what the caller gets") {
  FakeEngine engine([](Peer& peer, int) { peer.read_to_end(); });
  Request request{.method = Method::post, .path = "/load"};
  request.body_reader = [](char*, std::size_t) -> Result<std::size_t> {
    return error("read x.tar: input/output error");
  };
  CHECK(send_error(*connect(engine.path()), request) == error("read x.tar: input/output error"));
}

TEST_CASE("an engine that refuses an upload in the middle still gets its say") {
  FakeEngine engine([](Peer& peer, int) {
    peer.request_head();
    peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
    peer.close_write();
    peer.read_to_end();
  });
  Request request{.method = Method::post, .path = "/load"};
  request.body_reader = [left = 100'000'000](char* buffer, std::size_t size) mutable -> Result<std::size_t> {
    const std::size_t count = std::min(size, static_cast<std::size_t>(left));
    std::fill_n(buffer, count, 'x');
    left -= static_cast<int>(count);
    return count;
  };
  Collected sink;
  REQUIRE(connect(engine.path())->send(request, sink).ok());
  CHECK(sink.head.status == 400);
  CHECK(sink.body == "no");
}

TEST_CASE("an engine that goes away during an upload is an error, not a signal") {
  ::signal(SIGPIPE, SIG_DFL);
  FakeEngine engine([](Peer& peer, int) { peer.request_head(); });
  Request request{.method = Method::post, .path = "/load"};
  request.body_reader = [](char* buffer, std::size_t size) -> Result<std::size_t> {
    std::fill_n(buffer, size, 'x');
    return size;
  };
  const Error got = send_error(*connect(engine.path()), request);
  CHECK(got.kind == ErrorKind::connection);
  CHECK(masked(got.message, engine.path()).starts_with("error during connect: Post \"http://%2Fp/load\": "));
}

TEST_CASE("a header without end is refused") {
  FakeEngine engine([](Peer& peer, int) {
    peer.request();
    peer.send("HTTP/1.1 200 OK\r\nX: ");
    peer.send(std::string(4'000'000, 'x'));
  });
  CHECK(send_error(*connect(engine.path()), get("/x")).kind == ErrorKind::connection);
}
