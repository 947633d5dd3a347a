#include "cp_local.hpp"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {

namespace {

/// lstat, or nothing with errno set.
std::optional<struct stat> look_at(const std::string& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return std::nullopt;
  return info;
}

Result<std::string> read_link(const std::string& path) {
  char target[PATH_MAX];
  const ssize_t length = ::readlink(path.c_str(), target, sizeof target);
  if (length < 0) return error(util::path_error("readlink", path, errno));
  return std::string(target, static_cast<std::size_t>(length));
}

/// An absolute path without symlinks, as Go's filepath.EvalSymlinks: realpath does not say which part is at fault.
Result<std::string> resolve_links(std::string path) {
  constexpr int kMaximumLinks = 255;
  std::string done;
  int links = 0;
  std::size_t at = 0;
  while (at < path.size()) {
    const std::size_t start = path.find_first_not_of('/', at);
    if (start == std::string::npos) break;
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string part = path.substr(start, end - start);
    at = end;
    if (part == ".") continue;
    if (part == "..") {
      done.erase(std::min(done.rfind('/'), done.size()));
      continue;
    }
    std::string here = done;
    here.append("/").append(part);
    const auto info = look_at(here);
    if (!info) return error(util::path_error("lstat", here, errno));
    if (!S_ISLNK(info->st_mode)) {
      if (!S_ISDIR(info->st_mode) && end < path.size()) return error(util::errno_text(ENOTDIR));
      done = here;
      continue;
    }
    if (++links > kMaximumLinks) return error("EvalSymlinks: too many links");
    DL_TRY(const std::string target, read_link(here));
    if (target.starts_with('/')) done.clear();
    path.replace(0, end, target);
    at = 0;
  }
  return done.empty() ? "/" : done;
}

}  // namespace

std::string absolute_local_path(std::string_view path) { return keep_folder_mark(util::absolute_path(path), path); }

Result<void> check_destination_mode(bool device, bool irregular) {
  if (device) return error("got a device");
  if (irregular) return error("got an irregular file");
  return {};
}

Result<void> check_local_destination(const std::string& path) {
  const std::string folder = path_directory(util::clean_path(path));
  struct stat info {};
  if (folder != "." && ::stat(folder.c_str(), &info) != 0 && errno == ENOENT)
    return error("invalid output path: directory " + util::go_quote(folder) + " does not exist");
  if (::stat(path.c_str(), &info) != 0)
    return errno == ENOENT ? Result<void>() : error(util::path_error("stat", path, errno));
  const auto allowed = check_destination_mode(S_ISCHR(info.st_mode) || S_ISBLK(info.st_mode), false);
  if (!allowed)
    return error("invalid output path: " + util::go_quote(path) +
                 " must be a directory or a regular file: " + allowed.error().message);
  return {};
}

Result<CopyEnd> local_source(const std::string& path, bool follow_link) {
  CopyEnd source;
  if (follow_link) {
    DL_TRY(std::string resolved, resolve_links(path));
    source = resolved_source(path, std::move(resolved));
  } else {
    const std::size_t slash = path.rfind('/') + 1;
    DL_TRY(const std::string folder, resolve_links(path.substr(0, slash)));
    source.path = folder + "/" + path.substr(slash);
    if (ends_with_separator(path) && path_base(path) != path_base(source.path)) source.rebase_name = path_base(path);
  }
  const auto info = look_at(source.path);
  if (!info) return error(util::path_error("lstat", source.path, errno));
  source.exists = true;
  source.is_folder = S_ISDIR(info->st_mode);
  return source;
}

Result<CopyEnd> local_destination(const std::string& path) {
  constexpr int kMaximumLinks = 10;
  std::string here = path;
  auto info = look_at(here);
  for (int links = 0; info && S_ISLNK(info->st_mode); ++links) {
    if (links > kMaximumLinks) return error("too many symlinks in " + path);
    DL_TRY(std::string target, read_link(here));
    here = target.starts_with('/') ? target : join_path(split_path(here).folder, target);
    info = look_at(here);
  }
  if (info) return CopyEnd{.path = here, .exists = true, .is_folder = S_ISDIR(info->st_mode)};
  if (errno != ENOENT) return error(util::path_error("lstat", here, errno));
  const std::string folder = split_path(here).folder;
  struct stat parent {};
  if (::stat(folder.c_str(), &parent) != 0) return error(util::path_error("stat", folder, errno));
  if (!S_ISDIR(parent.st_mode)) return error("not a directory");
  return CopyEnd{.path = here};
}

stream::PackOptions pack_source(const CopyEnd& source, const CopyPlan& plan) {
  const PathParts parts = split_path(source.path);
  stream::PackOptions options{.root = (parts.folder == "/" ? "" : parts.folder) + "/" + parts.base, .name = parts.base};
  if (parts.base == "/") {
    options.root = "/";
    options.name = ".";
  }
  stream::TarRename resolved{parts.base, source.rebase_name.empty() ? parts.base : source.rebase_name};
  if (resolved.to == "/") resolved.to.clear();
  options.rename = [resolved, rename = plan.rename](std::string_view name) {
    return rename.apply(resolved.apply(name));
  };
  return options;
}

}  // namespace dockerlite::command
