#include "dockerlite/term/streams.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "dockerlite/term/terminal.hpp"
#include "dockerlite/util/file.hpp"

namespace dockerlite::term {
namespace {

class FdOutput : public OutputStream {
 public:
  FdOutput(int fd, std::size_t buffer_size, OutputStream* flush_first)
      : fd_(fd), buffer_size_(buffer_size), flush_first_(flush_first), terminal_(term::is_terminal(fd)) {}
  ~FdOutput() override { drain(); }

  void write(std::string_view bytes) override {
    if (flush_first_ != nullptr) (void)flush_first_->flush();
    if (buffer_.size() + bytes.size() > buffer_size_) drain();
    if (bytes.size() >= buffer_size_)
      put(bytes);
    else
      buffer_.append(bytes);
  }

  Result<void> flush() override {
    drain();
    if (!failure_) return {};
    Error failure = *std::move(failure_);
    failure_.reset();
    return failure;
  }

  bool is_terminal() const override { return terminal_; }
  std::optional<WindowSize> window_size() const override { return terminal_ ? term::window_size(fd_) : std::nullopt; }
  int fd() const override { return fd_; }

 private:
  void drain() {
    if (buffer_.empty()) return;
    put(buffer_);
    buffer_.clear();
  }

  void put(std::string_view bytes) {
    if (auto written = write_fd(fd_, bytes); !written && !failure_) failure_ = std::move(written).error();
  }

  int fd_;
  std::size_t buffer_size_;
  OutputStream* flush_first_;
  bool terminal_;
  std::string buffer_;
  std::optional<Error> failure_;
};

class FdInput : public InputStream {
 public:
  explicit FdInput(int fd) : fd_(fd), terminal_(term::is_terminal(fd)) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    while (true) {
      const ssize_t count = ::read(fd_, buffer, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return error(util::path_error("read", "/dev/stdin", errno));
    }
  }

  bool is_terminal() const override { return terminal_; }
  int fd() const override { return fd_; }

 private:
  int fd_;
  bool terminal_;
};

}  // namespace

Result<void> write_fd(int fd, std::string_view bytes, const std::atomic<bool>* stop) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {  // whoever shares the descriptor made it non-blocking
      pollfd ready{fd, POLLOUT, 0};
      (void)::poll(&ready, 1, stop != nullptr ? 100 : -1);
    } else if (errno == EPIPE) {
      return Error{ErrorKind::exit_status, "", 0, 128 + SIGPIPE};
    } else if (errno != EINTR) {
      return error(util::path_error("write", fd == STDERR_FILENO ? "/dev/stderr" : "/dev/stdout", errno));
    }
    if (stop != nullptr && *stop && !bytes.empty()) return error(ErrorKind::cancelled, "");
  }
  return {};
}

std::unique_ptr<OutputStream> make_fd_output(int fd, std::size_t buffer_size, OutputStream* flush_first) {
  return std::make_unique<FdOutput>(fd, buffer_size, flush_first);
}

std::unique_ptr<InputStream> make_fd_input(int fd) { return std::make_unique<FdInput>(fd); }

Result<std::size_t> StringInput::read(char* buffer, std::size_t size) {
  const std::size_t count = std::min(size, text_.size() - position_);
  text_.copy(buffer, count, position_);
  position_ += count;
  return count;
}

}  // namespace dockerlite::term
