#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dockerlite/transport/transport.hpp"

namespace dockerlite::transport {

/// Sends everything on a socket, waiting where it has to, without ever raising SIGPIPE.
Result<void> send_all(int fd, std::string_view bytes, const Endpoint& endpoint);

/// A hijacked connection on a plain socket, whether the descriptor blocks or not. Reading in one thread and writing in
/// another is allowed. `owner` is what closes the descriptor.
class SocketStream final : public Stream {
 public:
  SocketStream(int fd, std::string received, const Endpoint& endpoint, std::shared_ptr<void> owner)
      : fd_(fd), received_(std::move(received)), endpoint_(endpoint), owner_(std::move(owner)) {}

  int fd() const override { return fd_; }
  bool buffered() const override { return position_ < received_.size(); }
  Result<std::size_t> read(char* buffer, std::size_t size) override;
  Result<void> write(std::string_view bytes) override { return send_all(fd_, bytes, endpoint_); }
  Result<std::size_t> write_some(std::string_view bytes) override;
  Result<void> close_write() override;

 private:
  int fd_;
  std::string received_;  ///< what came with the answer's head
  std::size_t position_ = 0;
  Endpoint endpoint_;
  std::shared_ptr<void> owner_;
};

}  // namespace dockerlite::transport
