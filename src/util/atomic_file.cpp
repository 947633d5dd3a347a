#include "dockerlite/util/atomic_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace dockerlite::util {

namespace {

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return clean_path(path.substr(0, slash + 1));
}

/// What docker refuses to write to. A symlink is refused because the rename would replace it, not what it points to.
Result<void> check_output(const std::string& path) {
  if (path.empty()) return error("file name is empty");
  const std::string folder = folder_of(path);
  struct stat info {};
  if (folder != "." && folder != "..") {
    if (::stat(folder.c_str(), &info) != 0) return error("invalid output path: " + path_error("stat", folder, errno));
    if (!S_ISDIR(info.st_mode)) return error("invalid output path: " + path_error("stat", folder, ENOTDIR));
  }
  if (::lstat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) return {};
    return error("failed to stat output path: " + path_error("lstat", path, errno));
  }
  switch (info.st_mode & S_IFMT) {
    case S_IFREG:
      return {};
    case S_IFDIR:
      return error("cannot write to a directory");
    case S_IFLNK:
      return error("cannot write to a symbolic link directly");
    case S_IFIFO:
      return error("cannot write to a named pipe (FIFO)");
    case S_IFSOCK:
      return error("cannot write to a socket");
    case S_IFCHR:
      return error("cannot write to a character device file");
    default:
      return error("cannot write to a block device file");
  }
}

}  // namespace

AtomicFile::AtomicFile(UniqueFd fd, std::string path, std::string temporary)
    : fd_(std::move(fd)), path_(std::move(path)), temporary_(std::move(temporary)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : fd_(std::move(other.fd_)), path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, {})) {}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<AtomicFile> AtomicFile::create(const std::string& path) {
  DL_CHECK(check_output(path));
  const std::string target = absolute_path(path);
  const auto slash = target.rfind('/') + 1;
  std::string temporary = target.substr(0, slash) + ".tmp-" + target.substr(slash) + "XXXXXX";
  UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd.valid()) return error(path_error("open", temporary, errno));
  return AtomicFile(std::move(fd), target, std::move(temporary));
}

Result<void> AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error(path_error("write", temporary_, errno));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> AtomicFile::commit(unsigned mode) {
  if (::fsync(fd_.get()) != 0) return error(path_error("sync", temporary_, errno));
  if (::fchmod(fd_.get(), mode) != 0) return error(path_error("chmod", temporary_, errno));
  if (::close(fd_.release()) != 0) return error(path_error("close", temporary_, errno));
  if (::rename(temporary_.c_str(), path_.c_str()) != 0)
    return error("rename " + temporary_ + " " + path_ + ": " + errno_text(errno));
  temporary_.clear();
  return {};
}

}  // namespace dockerlite::util
