#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "dockerlite/util/file.hpp"

namespace dockerlite::test {

/// One connection as the engine sees it. Reading waits for the client; nothing raises SIGPIPE.
class Peer {
 public:
  explicit Peer(int fd) : fd_(fd) {}
  /// The next request: head and body, a chunked body decoded. "" once the client has closed.
  std::string request();
  /// Reads the head alone, and leaves a body where it is.
  std::string request_head();
  std::string read_to_end();
  std::string read_until(std::string_view end);  ///< for what stops there, or closes
  void send(std::string_view bytes);
  void answer(std::string_view body);  ///< 200 with Content-Length
  void close_write();
  int fd() const { return fd_.get(); }

 private:
  bool fill();
  std::string take(std::size_t size);
  std::string take_line();
  util::UniqueFd fd_;
  std::string buffer_;
};

/// A listening unix socket that serves each connection in a thread of its own, in the test's words.
class FakeEngine {
 public:
  /// `serve` gets each connection, and its number from 0 on; the connection is closed when it returns.
  explicit FakeEngine(std::function<void(Peer&, int)> serve);
  FakeEngine(const FakeEngine&) = delete;
  FakeEngine& operator=(const FakeEngine&) = delete;
  ~FakeEngine();
  const std::string& path() const { return path_; }
  int connections();

 private:
  void accept_all();
  std::function<void(Peer&, int)> serve_;
  std::string folder_, path_;
  util::UniqueFd listener_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<Peer>> peers_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace dockerlite::test
