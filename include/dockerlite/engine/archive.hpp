#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// What the engine says about a path in a container (header X-Docker-Container-Path-Stat).
struct PathStat {
  std::string name{};
  std::uint32_t mode = 0;  ///< Go's os.FileMode
  std::string link_target{};
  bool is_directory() const { return (mode & 1U << 31) != 0; }
  bool is_symlink() const { return (mode & 1U << 27) != 0; }
  bool is_device() const { return (mode & 1U << 26) != 0; }
  bool is_irregular() const { return (mode & 1U << 19) != 0; }
  bool operator==(const PathStat&) const = default;
};
/// Errors: `unable to decode container path stat header: EOF` and the like, as docker's.
Result<PathStat> decode_path_stat(const transport::ResponseHead& head);

// Of `container` and a path in it. Errors: `invalid container name or ID: value is empty`.
Result<transport::Request> stat_path(std::string_view container, std::string_view path);
Result<transport::Request> get_archive(std::string_view container, std::string_view path);
/// Extracts a tar stream, which the caller adds, into the folder `path`.
Result<transport::Request> put_archive(std::string_view container, std::string_view path, bool copy_uid_gid);

Result<transport::Request> export_container(std::string_view container);

struct CommitOptions {
  std::string container{}, repository{}, tag{}, comment{}, author{};
  std::vector<std::string> changes{};
  bool pause = true;
  bool operator==(const CommitOptions&) const = default;
};
/// `POST /commit`.
Result<transport::Request> commit_container(const CommitOptions& options);
/// The new image's ID.
Result<std::string> decode_commit(std::string_view body);

}  // namespace dockerlite::engine
