// Raw streams that take over a connection: attach and exec.
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>

#include "dockerlite/transport/transport.hpp"
#include "support/catch.hpp"
#include "support/fake_engine.hpp"

using namespace dockerlite;
using test::FakeEngine;
using test::Peer;
using transport::Method;
using transport::Request;

namespace {

std::unique_ptr<transport::Transport> connect(const std::string& path) {
  transport::TransportOptions options;
  options.endpoint = *transport::parse_endpoint("unix://" + path);
  options.user_agent = "Docker-Client/28.2.2 (linux)";
  return *transport::make_curl_transport(std::move(options));
}

const Request kAttach{.method = Method::post, .path = "/v1.41/containers/x/attach", .query = {{"stream", "1"}}};
constexpr std::string_view kUpgraded =
    "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: "
    "tcp\r\n\r\n";

std::string read_to_end(transport::Stream& stream) {
  std::string text, buffer(1000, '\0');
  while (true) {
    const auto count = stream.read(buffer.data(), buffer.size());
    REQUIRE(count.ok());
    if (*count == 0) return text;
    text.append(buffer, 0, *count);
  }
}

std::string hijack_error(const std::string& answer) {
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(answer);
  });
  const auto result = connect(engine.path())->hijack(kAttach);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().kind == ErrorKind::connection);
  return result.error().message;
}

}  // namespace

TEST_CASE("an upgrade is asked for as docker asks") {
  std::string text;
  FakeEngine engine([&](Peer& peer, int) {
    text = peer.request();
    peer.send(kUpgraded);
  });
  REQUIRE(connect(engine.path())->hijack(kAttach).ok());
  CHECK(text ==
        "POST /v1.41/containers/x/attach?stream=1 HTTP/1.1\r\nHost: api.moby.localhost\r\nUser-Agent: "
        "Docker-Client/28.2.2 (linux)\r\nContent-Length: 0\r\nContent-Type: text/plain\r\nConnection: "
        "Upgrade\r\nUpgrade: tcp\r\n\r\n");
}

TEST_CASE("an upgrade's body goes out with it") {
  std::string text;
  FakeEngine engine([&](Peer& peer, int) {
    text = peer.request();
    peer.send(kUpgraded);
  });
  REQUIRE(connect(engine.path())
              ->hijack(
                  {.method = Method::post, .path = "/exec/x/start", .body = "{}\n", .content_type = "application/json"})
              .ok());
  CHECK(text ==
        "POST /exec/x/start HTTP/1.1\r\nHost: api.moby.localhost\r\nUser-Agent: Docker-Client/28.2.2 "
        "(linux)\r\nContent-Length: 3\r\nContent-Type: application/json\r\nConnection: Upgrade\r\nUpgrade: "
        "tcp\r\n\r\n{}\n");
}

TEST_CASE("after the upgrade bytes go both ways, and closing one way keeps the other") {
  std::string got;
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(std::string(kUpgraded) + "early");
    got = peer.read_to_end();
    peer.send(" late");
  });
  const auto wire = connect(engine.path());
  const auto result = wire->hijack(kAttach);
  REQUIRE(result.ok());
  CHECK(result->head.status == 101);
  CHECK(transport::header_value(result->head.headers, "content-type") == "application/vnd.docker.raw-stream");
  transport::Stream& stream = *result->stream;
  REQUIRE(stream.write("input").ok());
  REQUIRE(stream.close_write().ok());
  CHECK(read_to_end(stream) == "early late");
  CHECK(got == "input");
}

TEST_CASE("bytes that came with the answer's head are there before the descriptor is readable") {
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(std::string(kUpgraded) + "0123456789");
    peer.read_to_end();
  });
  const auto result = connect(engine.path())->hijack(kAttach);
  REQUIRE(result.ok());
  transport::Stream& stream = *result->stream;
  std::string text, buffer(4, '\0');
  while (text.size() < 10) {
    pollfd entry{stream.fd(), POLLIN, 0};
    REQUIRE((stream.buffered() || ::poll(&entry, 1, 5000) == 1));
    text.append(buffer, 0, *stream.read(buffer.data(), buffer.size()));
  }
  CHECK(text == "0123456789");
  CHECK_FALSE(stream.buffered());
}

TEST_CASE("an answer's head may arrive byte by byte") {
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    for (const char c : std::string(kUpgraded) + "x") peer.send({&c, 1});
  });
  const auto result = connect(engine.path())->hijack(kAttach);
  REQUIRE(result.ok());
  CHECK(read_to_end(*result->stream) == "x");
}

TEST_CASE("a write that does not fit now says how much went out") {
  std::atomic<bool> done = false;
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(kUpgraded);
    done.wait(false);
  });
  const auto result = connect(engine.path())->hijack(kAttach);
  REQUIRE(result.ok());
  const std::string bytes(1 << 20, 'x');
  std::size_t sent = 0;
  while (true) {
    const auto count = result->stream->write_some(bytes);
    if (!count || *count == 0) break;
    sent += *count;
  }
  done = true;
  done.notify_one();
  CHECK(sent > 0);
}

TEST_CASE("large streams pass in both directions at once") {
  const std::string content(8'000'000, 'y');
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(kUpgraded);
    std::string piece(65536, '\0');
    while (true) {  // cat
      const ssize_t count = ::recv(peer.fd(), piece.data(), piece.size(), 0);
      if (count <= 0) break;
      peer.send({piece.data(), static_cast<std::size_t>(count)});
    }
  });
  const auto result = connect(engine.path())->hijack(kAttach);
  REQUIRE(result.ok());
  transport::Stream& stream = *result->stream;
  std::thread writer([&] {
    static_cast<void>(stream.write(content));
    static_cast<void>(stream.close_write());
  });
  const std::string echoed = read_to_end(stream);
  writer.join();
  CHECK(echoed == content);
}

TEST_CASE("an upgrade that is refused brings its status and no stream") {
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
  });
  const auto result = connect(engine.path())->hijack(kAttach);
  REQUIRE(result.ok());
  CHECK(result->head.status == 404);
  CHECK(result->stream == nullptr);
}

TEST_CASE("an upgrade that goes wrong says how") {
  CHECK(hijack_error("") == "unexpected EOF");
  CHECK(hijack_error("HTTP/1.1 101 UPGRADED\r\nConn") == "unexpected EOF");
  CHECK(hijack_error("garbage\r\n") == "malformed HTTP response \"garbage\"");
  CHECK(hijack_error("HTTP/1.1 abc OK\r\n\r\n") == "malformed HTTP status code \"abc\"");
  CHECK(hijack_error("HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'x')) ==
        "the engine's answer has no end of header");
  CHECK(connect("/nonexistent/docker.sock")->hijack(kAttach).error().message ==
        "cannot connect to the Docker daemon. Is 'docker daemon' running on this host?: dial unix "
        "/nonexistent/docker.sock: connect: no such file or directory");
}

TEST_CASE("writing to a stream whose engine is gone is an error, not a signal") {
  ::signal(SIGPIPE, SIG_DFL);
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send(kUpgraded);
  });
  const auto result = connect(engine.path())->hijack(kAttach);
  REQUIRE(result.ok());
  CHECK(read_to_end(*result->stream).empty());
  const auto written = result->stream->write("x");
  REQUIRE_FALSE(written.ok());
  CHECK(written.error().message == "write unix @->" + engine.path() + ": write: broken pipe");
}

TEST_CASE("an answer that is no upgrade comes with its body") {
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\nno");
    peer.send("thing and more");
  });
  const auto result = connect(engine.path())->hijack(kAttach);
  REQUIRE(result.ok());
  CHECK(result->stream == nullptr);
  CHECK(result->head.status == 404);
  CHECK(result->body == "nothin");
}

TEST_CASE("an upgrade that the engine does not answer can be cancelled") {
  std::atomic<bool> done = false;
  FakeEngine engine([&](Peer& peer, int) {
    peer.request();
    done.wait(false);
  });
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const util::UniqueFd read_end(ends[0]), write_end(ends[1]);
  Request request = kAttach;
  request.cancel_fd = read_end.get();
  REQUIRE(::write(write_end.get(), "x", 1) == 1);
  const auto result = connect(engine.path())->hijack(request);
  done = true;
  done.notify_one();
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().kind == ErrorKind::cancelled);
}
