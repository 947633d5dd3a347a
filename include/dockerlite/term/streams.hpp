#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dockerlite/util/result.hpp"

namespace dockerlite::term {

struct WindowSize {
  unsigned rows = 0, columns = 0;
  bool operator==(const WindowSize&) const = default;
};

/// Buffered output. Buffered bytes go out when the buffer is full, at flush(), and when the program ends.
class OutputStream {
 public:
  virtual ~OutputStream() = default;
  virtual void write(std::string_view bytes) = 0;
  virtual Result<void> flush() = 0;
  virtual bool is_terminal() const = 0;
  virtual std::optional<WindowSize> window_size() const = 0;  ///< nothing if it is no terminal
  virtual int fd() const = 0;                                 ///< -1 for a stream in memory
};

class InputStream {
 public:
  virtual ~InputStream() = default;
  /// At most `size` bytes; 0 at the end.
  virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
  virtual bool is_terminal() const = 0;
  virtual int fd() const = 0;
};

/// The three standard streams. stdout is flushed before anything is written to stderr, so that the order on a terminal
/// is the order of the calls.
struct Streams {
  InputStream& in;
  OutputStream& out;
  OutputStream& err;
};

/// Output to a descriptor, buffered (`buffer_size` 0: each write goes straight out). `flush_first`, if given, is
/// flushed before anything is written here. flush() reports the first failed write since the last one; when nobody
/// reads the pipe any more the error is silent (kind exit_status, code 141), for a program that writes into a closed
/// pipe ends without a word.
std::unique_ptr<OutputStream> make_fd_output(int fd, std::size_t buffer_size, OutputStream* flush_first = nullptr);
std::unique_ptr<InputStream> make_fd_input(int fd);

/// Writes all of it straight to a descriptor, waiting where it would block. Once `stop` is set, an interrupted write
/// (EINTR) gives up with kind cancelled. Errors: as OutputStream::flush.
Result<void> write_fd(int fd, std::string_view bytes, const std::atomic<bool>* stop = nullptr);

/// Output kept in `text`, with a terminal and a width that the test chooses.
class StringOutput : public OutputStream {
 public:
  explicit StringOutput(std::optional<WindowSize> size = std::nullopt) : size_(size) {}
  void write(std::string_view bytes) override { text.append(bytes); }
  Result<void> flush() override { return {}; }
  bool is_terminal() const override { return size_.has_value(); }
  std::optional<WindowSize> window_size() const override { return size_; }
  int fd() const override { return -1; }
  std::string text;

 private:
  std::optional<WindowSize> size_;
};

class StringInput : public InputStream {
 public:
  explicit StringInput(std::string text = {}, bool terminal = false) : text_(std::move(text)), terminal_(terminal) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override;
  bool is_terminal() const override { return terminal_; }
  int fd() const override { return -1; }

 private:
  std::string text_;
  std::size_t position_ = 0;
  bool terminal_;
};

}  // namespace dockerlite::term
