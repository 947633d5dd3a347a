#include "dockerlite/stream/tar_extract.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::stream {

namespace {

using util::UniqueFd;

constexpr mode_t kImpliedDirectoryMode = 0755;
constexpr int kDirectory = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

/// Go's times end with the 64-bit count of nanoseconds; docker sets what lies outside to 1970.
timespec bounded(const TarTime& time) {
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max() / 1'000'000'000;
  if (time.seconds < 0 || time.seconds > kLast) return {0, 0};
  return {time.seconds, static_cast<long>(std::clamp<std::int64_t>(time.nanoseconds, 0, 999'999'999))};
}

struct Times {
  timespec values[2];  ///< access, modification
  explicit Times(const TarEntry& entry) : values{bounded(entry.modified), bounded(entry.modified)} {
    if (entry.accessed && (entry.accessed->seconds > entry.modified.seconds ||
                           (entry.accessed->seconds == entry.modified.seconds &&
                            entry.accessed->nanoseconds > entry.modified.nanoseconds)))
      values[0] = bounded(*entry.accessed);
  }
};

std::string parent_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? "." : path.substr(0, slash));
}

std::string base_of(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

bool control_character(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

class Extractor {
 public:
  Extractor(TarReader& reader, const ExtractOptions& options) : reader_(reader), options_(options) {}

  Result<void> run() {
    root_ = UniqueFd(::open(options_.directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!root_.valid()) return error(util::path_error("open", options_.directory, errno));
    Result<void> result = extract_all();
    Result<void> finished = finish_directories();
    if (result) result = std::move(finished);
    // Names in a text for the terminal must not steer it.
    if (!result) std::ranges::replace_if(result.error().message, control_character, '?');
    return result;
  }

 private:
  /// One entry on its way to the disk.
  struct Place {
    std::string path;  ///< below the root
    std::string base;
    int parent;
    bool exists = false;
  };
  struct Directory {
    std::string path;
    Times times;
    mode_t mode;
  };

  std::string shown(std::string_view path) const {
    return util::clean_path(options_.directory + "/" + std::string(path));
  }
  Error failed(std::string_view operation, std::string_view path) const {
    return error(util::path_error(operation, shown(path), errno));
  }

  Result<void> extract_all() {
    TarEntry entry;
    while (true) {
      DL_TRY(const bool more, reader_.next(entry));
      if (!more) return {};
      for (const TarRename& rename : options_.renames) {
        entry.name = rename.apply(entry.name);
        if (entry.kind == TarEntry::Kind::hard_link) entry.link = rename.apply(entry.link);
      }
      DL_CHECK(extract(entry));
    }
  }

  Result<void> extract(const TarEntry& entry) {
    DL_TRY(std::string path, entry_path(entry.name, options_.directory));
    const bool directory = entry.kind == TarEntry::Kind::directory;
    if (path == ".") {
      if (directory) return {};
      return error("cannot overwrite directory " + util::go_quote(options_.directory) + " with non-directory " +
                   util::go_quote(options_.directory));
    }
    DL_TRY(const int parent, open_parent(parent_of(path)));
    Place place{.path = path, .base = base_of(path), .parent = parent};
    struct stat found {};
    if (::fstatat(place.parent, place.base.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0) {
      const bool is_directory = S_ISDIR(found.st_mode);
      if (is_directory != directory)
        return error(std::string("cannot overwrite ") + (is_directory ? "directory " : "non-directory ") +
                     util::go_quote(shown(path)) + (is_directory ? " with non-directory " : " with directory ") +
                     util::go_quote(options_.directory));
      place.exists = true;
    }
    switch (entry.kind) {
      case TarEntry::Kind::directory:
        return make_directory(entry, place);
      case TarEntry::Kind::file:
        return write_file(entry, place);
      case TarEntry::Kind::symlink:
        return make_symlink(entry, place);
      case TarEntry::Kind::hard_link:
        return make_hard_link(entry, place);
      default:
        return make_node(entry, place);
    }
  }

  /// A directory below the root, reached without following any symlink; with `create`, missing ones are made. `from` is
  /// where `path` starts.
  Result<UniqueFd> walk(int from, std::string_view path, std::string_view shown_prefix, bool create) const {
    UniqueFd current(::openat(from, ".", kDirectory));
    if (!current.valid()) return failed("open", shown_prefix);
    std::string done(shown_prefix);
    for (const auto& part : util::split(path, '/')) {
      if (part.empty() || part == ".") continue;
      done += "/" + part;
      int next = ::openat(current.get(), part.c_str(), kDirectory);
      if (next < 0 && errno == ENOENT && create) {
        if (::mkdirat(current.get(), part.c_str(), kImpliedDirectoryMode) != 0) return failed("mkdir", done);
        next = ::openat(current.get(), part.c_str(), kDirectory);
      }
      if (next < 0) {
        const int cause = errno;
        struct stat found {};
        if (::fstatat(current.get(), part.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(found.st_mode))
          return error("refusing to write through the symbolic link " + util::go_quote(shown(done)));
        errno = cause;
        return failed("open", done);
      }
      current.reset(next);
    }
    return current;
  }

  /// Entries come folder by folder, so the folder of the last one is kept open.
  Result<int> open_parent(const std::string& path) {
    if (path == ".") return root_.get();
    if (path == parent_path_ && parent_.valid()) return parent_.get();
    const bool deeper = parent_.valid() && path.starts_with(parent_path_ + "/");
    const std::string_view rest = deeper ? std::string_view(path).substr(parent_path_.size() + 1) : path;
    DL_TRY(auto opened, walk(deeper ? parent_.get() : root_.get(), rest, deeper ? parent_path_ : "", true));
    parent_ = std::move(opened);
    parent_path_ = path;
    return parent_.get();
  }

  Result<void> remove_existing(const Place& place) const {
    if (place.exists && ::unlinkat(place.parent, place.base.c_str(), 0) != 0) return failed("unlinkat", place.path);
    return {};
  }

  Result<void> make_directory(const TarEntry& entry, const Place& place) {
    // What has to be written into it comes before its own permissions, which may forbid that.
    const bool deferred = (entry.mode & S_IRWXU) != S_IRWXU;
    if (!place.exists && ::mkdirat(place.parent, place.base.c_str(), S_IRWXU) != 0) return failed("mkdir", place.path);
    DL_CHECK(set_attributes(entry, place));
    const mode_t first_mode = deferred ? entry.mode | S_IRWXU : entry.mode;
    if (::fchmodat(place.parent, place.base.c_str(), first_mode, 0) != 0) return failed("chmod", place.path);
    directories_.push_back({place.path, Times(entry), deferred ? entry.mode : first_mode});
    return {};
  }

  Result<void> write_file(const TarEntry& entry, const Place& place) {
    // A file that is there keeps its content until the new one is whole.
    std::string name = place.exists ? "" : place.base;
    UniqueFd fd;
    for (unsigned attempt = 0; !fd.valid(); ++attempt) {
      if (place.exists) name = ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
      fd.reset(::openat(place.parent, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                        S_IRUSR | S_IWUSR));
      if (!fd.valid() && (errno != EEXIST || !place.exists)) return failed("open", place.path);
    }
    Result<void> written = fill_file(fd.get(), entry, place);
    if (written && ::close(fd.release()) != 0) written = failed("close", place.path);
    if (written && place.exists && ::renameat(place.parent, name.c_str(), place.parent, place.base.c_str()) != 0)
      written = failed("rename", place.path);
    if (!written) ::unlinkat(place.parent, name.c_str(), 0);
    return written;
  }

  Result<void> fill_file(int fd, const TarEntry& entry, const Place& place) {
    std::int64_t end = 0;
    TarReader::Piece piece;
    while (true) {
      DL_TRY(const bool more, reader_.read(piece));
      if (!more) break;
      end = piece.offset + static_cast<std::int64_t>(piece.bytes.size());
      while (!piece.bytes.empty()) {
        const ssize_t count = ::pwrite(fd, piece.bytes.data(), piece.bytes.size(), piece.offset);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failed("write", place.path);
        piece.bytes.remove_prefix(static_cast<std::size_t>(count));
        piece.offset += count;
      }
    }
    if (end < entry.size && ::ftruncate(fd, entry.size) != 0) return failed("truncate", place.path);
    for (const auto& [name, value] : entry.attributes)
      if (::fsetxattr(fd, name.c_str(), value.data(), value.size(), 0) != 0) DL_CHECK(attribute_failed(name, place));
    if (::fchmod(fd, entry.mode) != 0) return failed("chmod", place.path);
    if (::futimens(fd, Times(entry).values) != 0) return failed("chtimes", place.path);
    return {};
  }

  Result<void> make_symlink(const TarEntry& entry, const Place& place) {
    // docker's rule: a link that points out of the directory is refused, an absolute one being taken as below its
    // folder.
    const std::string target = util::clean_path(shown(parent_of(place.path)) + "/" + entry.link);
    if (!target.starts_with(options_.directory))
      return error("invalid symlink " + util::go_quote(shown(place.path)) + " -> " + util::go_quote(entry.link));
    DL_CHECK(remove_existing(place));
    if (::symlinkat(entry.link.c_str(), place.parent, place.base.c_str()) != 0)
      return error("symlink " + entry.link + " " + shown(place.path) + ": " + util::errno_text(errno));
    DL_CHECK(set_attributes(entry, place));
    return set_times(Times(entry), place);
  }

  Result<void> make_hard_link(const TarEntry& entry, const Place& place) {
    const std::string shown_target = util::clean_path(options_.directory + "/" + entry.link);
    const auto target = entry_path(entry.link, options_.directory);
    if (!target || *target == ".")
      return error("invalid hardlink " + util::go_quote(shown_target) + " -> " + util::go_quote(entry.link));
    DL_TRY(const auto folder, walk(root_.get(), parent_of(*target), "", false));
    DL_CHECK(remove_existing(place));
    if (::linkat(folder.get(), base_of(*target).c_str(), place.parent, place.base.c_str(), 0) != 0)
      return error("link " + shown_target + " " + shown(place.path) + ": " + util::errno_text(errno));
    return {};
  }

  Result<void> make_node(const TarEntry& entry, const Place& place) {
    const mode_t type = entry.kind == TarEntry::Kind::character_device ? S_IFCHR
                        : entry.kind == TarEntry::Kind::block_device   ? S_IFBLK
                                                                       : S_IFIFO;
    DL_CHECK(remove_existing(place));
    const dev_t device = type == S_IFIFO ? 0 : makedev(entry.device_major, entry.device_minor);
    if (::mknodat(place.parent, place.base.c_str(), type | (entry.mode & 0777), device) != 0)
      return error(util::errno_text(errno));
    DL_CHECK(set_attributes(entry, place));
    if (::fchmodat(place.parent, place.base.c_str(), entry.mode, 0) != 0) return failed("chmod", place.path);
    return set_times(Times(entry), place);
  }

  Result<void> set_times(const Times& times, const Place& place) const {
    if (::utimensat(place.parent, place.base.c_str(), times.values, AT_SYMLINK_NOFOLLOW) != 0)
      return failed("chtimes", place.path);
    return {};
  }

  Result<void> set_attributes(const TarEntry& entry, const Place& place) {
    if (entry.attributes.empty()) return {};
    // There is no call for this that takes a directory's descriptor.
    const std::string path = "/proc/self/fd/" + std::to_string(place.parent) + "/" + place.base;
    for (const auto& [name, value] : entry.attributes)
      if (::lsetxattr(path.c_str(), name.c_str(), value.data(), value.size(), 0) != 0)
        DL_CHECK(attribute_failed(name, place));
    return {};
  }

  Result<void> attribute_failed(const std::string& name, const Place& place) const {
    const int cause = errno;
    const std::string text =
        "lsetxattr " + shown(place.path) + ": xattr " + util::go_quote(name) + ": " + util::errno_text(cause);
    if (cause != EPERM) return error(text);
    if (options_.on_warning) options_.on_warning("ignored xattrs in archive: " + text);
    return {};
  }

  /// Making what is in a directory changed its times, and may have needed permissions that it is not to keep. The last
  /// ones come first: those are never above the others.
  Result<void> finish_directories() {
    Result<void> result;
    for (; !directories_.empty(); directories_.pop_back()) {
      const Directory& directory = directories_.back();
      auto finished = finish(directory);
      if (!finished && result) result = std::move(finished);
    }
    return result;
  }

  Result<void> finish(const Directory& directory) {
    DL_TRY(const auto folder, walk(root_.get(), parent_of(directory.path), "", false));
    const Place place{.path = directory.path, .base = base_of(directory.path), .parent = folder.get()};
    if ((directory.mode & S_IRWXU) != S_IRWXU && ::fchmodat(place.parent, place.base.c_str(), directory.mode, 0) != 0)
      return failed("chmod", place.path);
    return set_times(directory.times, place);
  }

  TarReader& reader_;
  const ExtractOptions& options_;
  UniqueFd root_;
  UniqueFd parent_;
  std::string parent_path_;
  std::vector<Directory> directories_;
};

}  // namespace

std::string TarRename::apply(std::string_view name) const {
  std::string result(name);
  if (from == to) return result;
  const auto at = result.find(from);
  if (at != std::string::npos) result.replace(at, from.size(), to);
  return result;
}

Result<std::string> entry_path(std::string_view name, std::string_view directory) {
  std::string path = util::clean_path(name);
  if (path == ".." || path.starts_with("../"))
    return error(util::go_quote(path) + " is outside of " + util::go_quote(directory));
  const std::size_t start = path.find_first_not_of('/');
  return start == std::string::npos ? "." : path.substr(start);
}

Result<void> extract_tar(TarReader& reader, const ExtractOptions& options) { return Extractor(reader, options).run(); }

}  // namespace dockerlite::stream
