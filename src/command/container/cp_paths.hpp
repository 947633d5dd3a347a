#pragma once

#include <string>
#include <string_view>

#include "dockerlite/stream/tar_extract.hpp"
#include "dockerlite/util/result.hpp"

/// The rules by which `docker cp` reads its paths and decides where a copy goes and how it is named. Pure functions.
namespace dockerlite::command {

/// An argument of cp: CONTAINER:PATH, a local path, or "-".
struct CopyArgument {
  std::string container{};  ///< "" for a local path
  std::string path{};
  bool operator==(const CopyArgument&) const = default;
};
/// What begins with "/" or "." is local, whatever colons it holds.
CopyArgument split_argument(std::string_view argument);

std::string path_base(std::string_view path);       ///< Go's filepath.Base
std::string path_directory(std::string_view path);  ///< Go's filepath.Dir
std::string join_path(std::string_view folder, std::string_view path);
bool ends_with_separator(std::string_view path);
bool names_current_folder(std::string_view path);  ///< its last element is "."

/// `clean` with the "/" or "/." that `original` ends with: both say that a folder is meant.
std::string keep_folder_mark(std::string clean, std::string_view original);

struct PathParts {
  std::string folder{}, base{};
  bool operator==(const PathParts&) const = default;
};
/// The cleaned path's folder and last element; a "." at the end stays an element.
PathParts split_path(std::string_view path);

/// One side of a copy.
struct CopyEnd {
  std::string path{};
  bool exists = false, is_folder = false;
  std::string rebase_name{};  ///< of a source: the name that was asked for, where resolving a link gave another one
  bool operator==(const CopyEnd&) const = default;
};

/// A source that a symlink led to: with the folder mark of the path that was asked for, and its name.
CopyEnd resolved_source(std::string_view asked, std::string resolved);

/// Where the archive of a source is extracted, and how its entries are renamed for that.
struct CopyPlan {
  std::string folder{};
  stream::TarRename rename{};
  bool operator==(const CopyPlan&) const = default;
};
/// Errors: `cannot copy directory` (a folder onto a file), `no such directory` (a file to "new/").
Result<CopyPlan> plan_copy(const CopyEnd& source, const CopyEnd& destination);

}  // namespace dockerlite::command
