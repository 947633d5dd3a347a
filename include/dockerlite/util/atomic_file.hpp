#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::util {

/// A file that is written piece by piece (`save -o`, `export -o`) and appears under its name only when it is whole: a
/// temporary file in the same folder, synced and renamed by commit(), removed if that is never reached.
class AtomicFile {
 public:
  /// Errors: docker's for an output path that is no regular file or whose folder is not there: `cannot write to a
  /// directory`, `invalid output path: stat x: no such file or directory`, ...
  static Result<AtomicFile> create(const std::string& path);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  Result<void> write(std::string_view bytes);
  /// Gives the file its name and `mode`, whatever the umask.
  Result<void> commit(unsigned mode);

 private:
  AtomicFile(UniqueFd fd, std::string path, std::string temporary);
  UniqueFd fd_;
  std::string path_, temporary_;  ///< temporary_ is empty once there is nothing to remove
};

}  // namespace dockerlite::util
