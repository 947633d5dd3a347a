#include "support/fake_engine.hpp"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::test {

bool Peer::fill() {
  std::array<char, 65536> bytes{};
  while (true) {
    const ssize_t count = ::recv(fd_.get(), bytes.data(), bytes.size(), 0);
    if (count > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    if (count >= 0 || errno != EINTR) return count > 0;
  }
}

std::string Peer::take(std::size_t size) {
  while (buffer_.size() < size && fill()) {
  }
  std::string bytes = buffer_.substr(0, size);
  buffer_.erase(0, bytes.size());
  return bytes;
}

std::string Peer::take_line() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos)
    if (!fill()) return {};
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return line;
}

std::string Peer::request_head() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!fill()) return {};
  return take(end + 4);
}

std::string Peer::request() {
  std::string text = request_head();
  const std::string lower = util::to_lower(text);
  if (util::contains(lower, "transfer-encoding: chunked")) {
    while (true) {
      const std::size_t size = std::strtoul(take_line().c_str(), nullptr, 16);
      text += take(size);
      take_line();
      if (size == 0) return text;
    }
  }
  const std::size_t at = lower.find("content-length: ");
  if (at != std::string::npos) text += take(std::strtoul(lower.c_str() + at + 16, nullptr, 10));
  return text;
}

std::string Peer::read_to_end() {
  while (fill()) {
  }
  return std::move(buffer_);
}

std::string Peer::read_until(std::string_view end) {
  while (!buffer_.ends_with(end) && fill()) {
  }
  return std::exchange(buffer_, {});
}

void Peer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno != EINTR) return;
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Peer::answer(std::string_view body) {
  send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
}

void Peer::close_write() { ::shutdown(fd_.get(), SHUT_WR); }

FakeEngine::FakeEngine(std::function<void(Peer&, int)> serve) : serve_(std::move(serve)) {
  std::string name = "/tmp/dockerlite-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) ::abort();
  folder_ = name;
  path_ = folder_ + "/engine.sock";
  listener_.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path_.c_str(), path_.size() + 1);
  if (::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ::abort();
  if (::listen(listener_.get(), 64) != 0) ::abort();
  acceptor_ = std::thread([this] { accept_all(); });
}

FakeEngine::~FakeEngine() {
  ::shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const auto& peer : peers_) ::shutdown(peer->fd(), SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  ::unlink(path_.c_str());
  ::rmdir(folder_.c_str());
}

int FakeEngine::connections() {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(peers_.size());
}

void FakeEngine::accept_all() {
  while (true) {
    const int fd = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    const auto peer = std::make_shared<Peer>(fd);
    const std::lock_guard lock(mutex_);
    const int number = static_cast<int>(peers_.size());
    peers_.push_back(peer);
    threads_.emplace_back([this, peer, number] {
      serve_(*peer, number);
      ::shutdown(peer->fd(), SHUT_RDWR);
    });
  }
}

}  // namespace dockerlite::test
