#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// The file of `--cidfile`: there, and empty, before the container is created; gone again unless an ID was written.
class CidFile {
 public:
  /// No path: nothing is made. Errors: "container ID file found, ...", "failed to create the container ID file: ...".
  static Result<CidFile> create(const std::string& path);

  CidFile(CidFile&& other) noexcept;
  CidFile& operator=(CidFile&&) = delete;
  ~CidFile();

  /// Writes the ID, without a newline.
  Result<void> write(std::string_view id);

 private:
  CidFile(std::string path, util::UniqueFd file);
  std::string path_;  ///< "" once the file is to stay
  util::UniqueFd file_;
};

}  // namespace dockerlite::command
