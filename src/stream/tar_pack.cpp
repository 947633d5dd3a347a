#include "dockerlite/stream/tar_pack.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace dockerlite::stream {

namespace {

constexpr const char* kCapability = "security.capability";

TarEntry::Kind kind_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return TarEntry::Kind::directory;
    case S_IFLNK:
      return TarEntry::Kind::symlink;
    case S_IFCHR:
      return TarEntry::Kind::character_device;
    case S_IFBLK:
      return TarEntry::Kind::block_device;
    case S_IFIFO:
      return TarEntry::Kind::fifo;
    default:
      return TarEntry::Kind::file;
  }
}

/// The capabilities of a program; a revision that is bound to a user namespace becomes one that is not, as docker does
/// it.
void add_capability(TarEntry& entry, std::string value) {
  constexpr std::size_t kVersionByte = 3, kSize = 20;
  constexpr char kPlain = 2, kNamespaced = 3;
  if (value.size() >= kSize && value[kVersionByte] == kNamespaced) {
    value[kVersionByte] = kPlain;
    value.resize(kSize);
  }
  entry.attributes.emplace_back(kCapability, std::move(value));
}

}  // namespace

TarPacker::TarPacker(PackOptions options)
    : options_(std::move(options)), writer_([this](std::string_view bytes) {
        const std::size_t direct = std::min(bytes.size(), room_);
        if (bytes.data() != target_) std::memcpy(target_, bytes.data(), direct);
        target_ += direct;
        room_ -= direct;
        pending_.append(bytes.substr(direct));
      }) {}

Result<std::size_t> TarPacker::read(char* buffer, std::size_t size) {
  target_ = buffer;
  room_ = size;
  while (room_ > 0) {
    if (taken_ < pending_.size()) {
      const std::size_t count = std::min(room_, pending_.size() - taken_);
      std::memcpy(target_, pending_.data() + taken_, count);
      target_ += count;
      room_ -= count;
      taken_ += count;
    } else {
      pending_.clear();
      taken_ = 0;
      if (finished_) break;
      DL_CHECK(advance());
    }
  }
  return size - room_;
}

/// Writes the next part of the stream: the rest of a file, the next entry, or the end.
Result<void> TarPacker::advance() {
  if (file_.valid()) return send_content();
  if (!started_) {
    started_ = true;
    return add(options_.root, options_.name);
  }
  while (!folders_.empty()) {
    Folder& folder = folders_.back();
    if (folder.next == folder.starts.size()) {
      folders_.pop_back();
      continue;
    }
    const char* base = folder.names.data() + folder.starts[folder.next++];
    const std::string path = folder.path + (folder.path.ends_with('/') ? "" : "/") + base;
    return add(path, folder.name.empty() ? base : folder.name + "/" + base);
  }
  finished_ = true;
  return writer_.finish();
}

std::string TarPacker::renamed(const std::string& name) const { return options_.rename ? options_.rename(name) : name; }

void TarPacker::leave_out(const std::string& path, std::string_view reason) {
  if (options_.on_problem) options_.on_problem("Can't add file " + path + " to tar: " + std::string(reason));
}

Result<void> TarPacker::add(const std::string& path, const std::string& name) {
  const auto unreadable = [&](std::string_view operation) -> Result<void> {
    if (path == options_.root) return error(util::path_error(operation, path, errno));
    ++unreadable_;
    leave_out(path, util::path_error(operation, path, errno));
    return {};
  };
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return unreadable("lstat");
  if (S_ISSOCK(info.st_mode)) {
    leave_out(path, "archive/tar: sockets not supported");
    return {};
  }
  TarEntry entry{.kind = kind_of(info.st_mode)};
  const bool directory = entry.kind == TarEntry::Kind::directory;
  const bool regular = entry.kind == TarEntry::Kind::file;
  util::UniqueFd fd;
  std::string* first_name = nullptr;
  if (!directory && info.st_nlink > 1) {
    std::string& known = linked_[{info.st_dev, info.st_ino}];
    if (known.empty()) {
      first_name = &known;
    } else {
      entry.kind = TarEntry::Kind::hard_link;
      entry.link = renamed(known);
    }
  }
  if (regular && entry.kind == TarEntry::Kind::file) {
    // Opened before its header is written: without its content the header would leave the stream broken.
    fd.reset(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!fd.valid()) return unreadable("open");
    if (::fstat(fd.get(), &info) != 0) return unreadable("stat");
    if (!S_ISREG(info.st_mode)) {
      errno = ESTALE;  // replaced since it was looked at
      return unreadable("open");
    }
    entry.size = info.st_size;
    char value[64];
    const ssize_t length = ::fgetxattr(fd.get(), kCapability, value, sizeof value);
    if (length > 0) add_capability(entry, std::string(value, static_cast<std::size_t>(length)));
  }
  if (entry.kind == TarEntry::Kind::symlink) {
    char target[PATH_MAX];
    const ssize_t length = ::readlink(path.c_str(), target, sizeof target);
    if (length < 0) return unreadable("readlink");
    entry.link.assign(target, static_cast<std::size_t>(length));
  }
  if (first_name != nullptr) *first_name = name;
  entry.name = renamed(directory ? name + "/" : name);
  entry.mode = info.st_mode & 07777U;
  entry.uid = info.st_uid;
  entry.gid = info.st_gid;
  entry.modified.seconds = info.st_mtime;
  if (S_ISCHR(info.st_mode) || S_ISBLK(info.st_mode)) {
    entry.device_major = major(info.st_rdev);
    entry.device_minor = minor(info.st_rdev);
  }
  DL_CHECK(writer_.add(entry));
  if (directory) enter(path, name);
  if (entry.size > 0) {
    file_ = std::move(fd);
    file_path_ = path;
    file_left_ = entry.size;
  }
  return {};
}

/// Reads from the file straight to where the reader wants it: the writer's sink then finds the content in its place.
Result<void> TarPacker::send_content() {
  const std::size_t wanted = std::min(room_, static_cast<std::size_t>(file_left_));
  char* const place = target_;
  const ssize_t count = ::read(file_.get(), place, wanted);
  if (count < 0) return errno == EINTR ? Result<void>() : error(util::path_error("read", file_path_, errno));
  if (count == 0)
    return error("Can't add file " + file_path_ + " to tar: archive/tar: missed writing " + std::to_string(file_left_) +
                 " bytes");
  file_left_ -= count;
  if (file_left_ == 0) file_.reset();
  return writer_.write({place, static_cast<std::size_t>(count)});
}

void TarPacker::enter(const std::string& path, const std::string& name) {
  Folder folder{.path = path, .name = name, .names = {}, .starts = {}};
  if (path.ends_with("/.")) folder.path.pop_back();
  DIR* stream = ::opendir(path.c_str());
  if (stream == nullptr) {
    ++unreadable_;
    leave_out(path, util::path_error("open", path, errno));
    return;
  }
  while (true) {
    errno = 0;
    const dirent* found = ::readdir(stream);
    if (found == nullptr) break;
    const std::string_view base = found->d_name;
    if (base == "." || base == "..") continue;
    folder.starts.push_back(static_cast<std::uint32_t>(folder.names.size()));
    folder.names.append(base).push_back('\0');
  }
  if (errno != 0) {
    ++unreadable_;
    leave_out(path, util::path_error("readdirent", path, errno));
  }
  ::closedir(stream);
  const char* names = folder.names.data();
  std::ranges::sort(folder.starts,
                    [names](std::uint32_t a, std::uint32_t b) { return std::strcmp(names + a, names + b) < 0; });
  folders_.push_back(std::move(folder));
}

}  // namespace dockerlite::stream
