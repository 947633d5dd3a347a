#include "transport/socket_stream.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "transport/error_text.hpp"

namespace dockerlite::transport {

namespace {

Error socket_error(const Endpoint& endpoint, std::string_view operation, int error_number) {
  return error(ErrorKind::connection, socket_cause(endpoint, operation, error_number));
}

void wait_for(int fd, short events) {
  pollfd entry{fd, events, 0};
  ::poll(&entry, 1, -1);
}

}  // namespace

Result<void> send_all(int fd, std::string_view bytes, const Endpoint& endpoint) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(count));
    else if (errno == EAGAIN)
      wait_for(fd, POLLOUT);
    else if (errno != EINTR)
      return socket_error(endpoint, "write", errno);
  }
  return {};
}

Result<std::size_t> SocketStream::read(char* buffer, std::size_t size) {
  if (buffered()) {
    const std::size_t count = std::min(size, received_.size() - position_);
    received_.copy(buffer, count, position_);
    position_ += count;
    return count;
  }
  while (true) {
    const ssize_t count = ::recv(fd_, buffer, size, 0);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EAGAIN)
      wait_for(fd_, POLLIN);
    else if (errno != EINTR)
      return socket_error(endpoint_, "read", errno);
  }
}

Result<std::size_t> SocketStream::write_some(std::string_view bytes) {
  while (true) {
    const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EAGAIN) return std::size_t{0};
    if (errno != EINTR) return socket_error(endpoint_, "write", errno);
  }
}

Result<void> SocketStream::close_write() {
  // An engine that is already gone has nothing left to be told.
  if (::shutdown(fd_, SHUT_WR) != 0 && errno != ENOTCONN) return socket_error(endpoint_, "shutdown", errno);
  return {};
}

}  // namespace dockerlite::transport
