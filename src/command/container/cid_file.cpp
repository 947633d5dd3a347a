#include "cid_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace dockerlite::command {

CidFile::CidFile(std::string path, util::UniqueFd file) : path_(std::move(path)), file_(std::move(file)) {}

CidFile::CidFile(CidFile&& other) noexcept : path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}

CidFile::~CidFile() {
  if (!path_.empty()) unlink(path_.c_str());
}

Result<CidFile> CidFile::create(const std::string& path) {
  if (path.empty()) return CidFile({}, util::UniqueFd());
  util::UniqueFd file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file.valid()) return CidFile(path, std::move(file));
  if (errno == EEXIST)
    return error(
        fmt::format("container ID file found, make sure the other container isn't running or delete {}", path));
  return error("failed to create the container ID file: " + util::path_error("open", path, errno));
}

Result<void> CidFile::write(std::string_view id) {
  if (path_.empty()) return {};
  if (const auto written = util::write_all(file_.get(), id); !written)
    return error(fmt::format("failed to write the container ID to the file: {}", written.error().message));
  path_.clear();
  return {};
}

}  // namespace dockerlite::command
