#pragma once

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace dockerlite::test {

/// A folder of its own for a test that works on files; gone with all that is in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = "/tmp/dockerlite-test-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  void file(const std::string& name, const std::string& content, unsigned mode = 0644) const {
    std::ofstream(*this / name, std::ios::binary) << content;
    ::chmod((*this / name).c_str(), mode);
  }
  void folder(const std::string& name) const { std::filesystem::create_directories(*this / name); }
  void link(const std::string& name, const std::string& target) const {
    std::filesystem::create_symlink(target, *this / name);
  }
  std::string content(const std::string& name) const {
    std::ifstream stream(*this / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  /// Everything in it, sorted: "d name 755", "f name 644 content", "l name -> target", "p name 600"; links are not
  /// followed.
  std::vector<std::string> listing() const {
    std::vector<std::string> lines;
    for (auto it = std::filesystem::recursive_directory_iterator(path_);
         it != std::filesystem::recursive_directory_iterator(); ++it) {
      const std::string name = it->path().string().substr(path_.size() + 1);
      struct stat info {};
      ::lstat(it->path().c_str(), &info);
      char mode[8];
      std::snprintf(mode, sizeof mode, "%o", info.st_mode & 07777U);
      if (S_ISLNK(info.st_mode))
        lines.push_back("l " + name + " -> " + std::filesystem::read_symlink(it->path()).string());
      else if (S_ISDIR(info.st_mode))
        lines.push_back("d " + name + " " + mode);
      else if (S_ISREG(info.st_mode))
        lines.push_back("f " + name + " " + mode + " " + content(name));
      else
        lines.push_back(std::string(S_ISFIFO(info.st_mode) ? "p " : "n ") + name + " " + mode);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

 private:
  std::string path_;
};

}  // namespace dockerlite::test
