#include "dockerlite/util/file.hpp"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::util {

void UniqueFd::reset(int fd) {
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

std::string errno_text(int error_number) {
  // Go writes the same words as glibc, in lower case where glibc begins with a capital letter.
  std::string text = ::strerrordesc_np(error_number) != nullptr ? ::strerrordesc_np(error_number)
                                                                : "errno " + std::to_string(error_number);
  if (text.size() > 1 && std::isupper(static_cast<unsigned char>(text[0])) &&
      std::islower(static_cast<unsigned char>(text[1])))
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

std::string path_error(std::string_view operation, std::string_view path, int error_number) {
  return std::string(operation) + " " + std::string(path) + ": " + errno_text(error_number);
}

Result<std::string> read_file(const std::string& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.valid())
    return error(errno == ENOENT ? ErrorKind::not_found : ErrorKind::generic, path_error("open", path, errno));
  std::string content;
  char buffer[16384];
  while (true) {
    const ssize_t count = ::read(fd.get(), buffer, sizeof buffer);
    if (count == 0) return content;
    if (count > 0)
      content.append(buffer, static_cast<std::size_t>(count));
    else if (errno != EINTR)
      return error(path_error("read", path, errno));
  }
}

Result<void> write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(count));
    else if (errno != EINTR)
      return error("write: " + errno_text(errno));
  }
  return {};
}

bool file_exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0;
}

namespace {

/// Where a chain of symlinks ends, also if the last target does not exist yet.
Result<std::string> final_target(std::string path) {
  for (int hops = 0; hops < 40; ++hops) {
    char buffer[PATH_MAX];
    const ssize_t length = ::readlink(path.c_str(), buffer, sizeof buffer);
    if (length < 0) return path;
    const std::string target(buffer, static_cast<std::size_t>(length));
    path = target.starts_with("/") ? target : path.substr(0, path.rfind('/') + 1) + target;
  }
  return error(path_error("open", path, ELOOP));
}

std::string directory_of(const std::string& path) {
  const auto at = path.rfind('/');
  return at == std::string::npos ? "." : at == 0 ? "/" : path.substr(0, at);
}

}  // namespace

Result<void> write_file_atomically(const std::string& path, std::string_view bytes, unsigned mode) {
  DL_TRY(const auto target, final_target(path));
  const std::string directory = directory_of(target);
  std::string temporary = target + "XXXXXX";
  UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd.valid()) return error(path_error("open", temporary, errno));
  const auto fail = [&](std::string_view operation) -> Error {
    const int cause = errno;
    ::unlink(temporary.c_str());
    return error(path_error(operation, temporary, cause));
  };
  struct stat existing {};
  if (::stat(target.c_str(), &existing) == 0) {
    mode = existing.st_mode & 07777U;
    // Only root can give a file away; for others the file keeps being theirs.
    if (::geteuid() == 0 && ::fchown(fd.get(), existing.st_uid, existing.st_gid) != 0) return fail("chown");
  }
  if (::fchmod(fd.get(), mode) != 0) return fail("chmod");
  if (auto written = write_all(fd.get(), bytes); !written) return fail("write");
  if (::fsync(fd.get()) != 0) return fail("sync");
  if (::close(fd.release()) != 0) return fail("close");
  if (::rename(temporary.c_str(), target.c_str()) != 0) return fail("rename");
  const UniqueFd folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.valid()) ::fsync(folder.get());
  return {};
}

Result<void> make_directories(const std::string& path, unsigned mode) {
  for (std::size_t at = path.find('/', 1);; at = path.find('/', at + 1)) {
    const std::string part = path.substr(0, at);
    if (!part.empty() && ::mkdir(part.c_str(), mode) != 0 && errno != EEXIST)
      return error(path_error("mkdir", part, errno));
    if (at == std::string::npos) break;
  }
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return error(path_error("mkdir", path, errno));
  if (!S_ISDIR(info.st_mode)) return error(path_error("mkdir", path, ENOTDIR));
  return {};
}

std::string clean_path(std::string_view path) {
  if (path.empty()) return ".";
  const bool rooted = path[0] == '/';
  std::vector<std::string> parts;
  for (auto& part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..")
      parts.pop_back();
    else if (part != ".." || !rooted)
      parts.push_back(std::move(part));
  }
  std::string out = (rooted ? "/" : "") + join(parts, "/");
  return out.empty() ? "." : out;
}

std::string absolute_path(std::string_view path) {
  if (path.starts_with("/")) return clean_path(path);
  char buffer[PATH_MAX];
  const char* here = ::getcwd(buffer, sizeof buffer);
  return clean_path(std::string(here != nullptr ? here : "/") + "/" + std::string(path));
}

}  // namespace dockerlite::util
