#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::util {

/// An open file descriptor that closes itself.
class UniqueFd {
 public:
  explicit UniqueFd(int fd = -1) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    reset(other.release());
    return *this;
  }
  ~UniqueFd() { reset(); }
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int release() {
    int fd = fd_;
    fd_ = -1;
    return fd;
  }
  void reset(int fd = -1);

 private:
  int fd_;
};

/// Go's text for an errno of a path operation: "open /x: no such file or directory".
std::string path_error(std::string_view operation, std::string_view path, int error_number);
/// Go's (lower-case) text for an errno: "no such file or directory".
std::string errno_text(int error_number);

/// The whole file. Errors: kind not_found if it does not exist, else generic; message as Go's os.ReadFile.
Result<std::string> read_file(const std::string& path);
/// Writes all bytes to a descriptor, going on after EINTR and short writes.
Result<void> write_all(int fd, std::string_view bytes);
/// Replaces `path` by a synced temporary file in the same directory, then renamed: readers see the old file or the new
/// one. Keeps an existing target's mode and owner (else `mode`), and follows a symlink so that the link survives.
Result<void> write_file_atomically(const std::string& path, std::string_view bytes, unsigned mode);
Result<void> make_directories(const std::string& path, unsigned mode);
bool file_exists(const std::string& path);
std::string absolute_path(std::string_view path);  ///< lexically cleaned, as Go's filepath.Abs
std::string clean_path(std::string_view path);     ///< Go's filepath.Clean

}  // namespace dockerlite::util
