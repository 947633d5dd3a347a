#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerlite/stream/tar.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::stream {

struct PackOptions {
  std::string root;  ///< a file or folder; a symlink is packed as such unless the path ends in "/" or "/."
  std::string name;  ///< of the root in the archive, without a slash at its end; of what is below: "name/..."
  std::function<std::string(std::string_view)> rename{};  ///< applied to each name, also to those that hard links name
  std::function<void(std::string_view)> on_problem{};     ///< a line for what was left out
};

/// A file or folder as a tar stream that is read piece by piece, so that memory does not grow with it. Symlinks are not
/// followed; names come in bytewise order, each folder before what is in it; times are whole seconds, and of extended
/// attributes only file capabilities go along, as docker sends them. Sockets are left out, with docker's line for it.
class TarPacker {
 public:
  explicit TarPacker(PackOptions options);
  TarPacker(const TarPacker&) = delete;
  TarPacker& operator=(const TarPacker&) = delete;

  /// At most `size` bytes of the stream, which must not be 0; returns 0 at its end. What cannot be read is left out
  /// with a line to `on_problem`; a file that becomes shorter while it is read is an error, as the stream cannot be put
  /// right.
  Result<std::size_t> read(char* buffer, std::size_t size);
  /// How many files and folders could not be read (sockets do not count).
  std::size_t unreadable() const { return unreadable_; }

 private:
  /// The names in a folder, in one piece of memory each folder.
  struct Folder {
    std::string path, name;
    std::string names;                  ///< each ended by a NUL
    std::vector<std::uint32_t> starts;  ///< sorted by name
    std::size_t next = 0;
  };

  Result<void> advance();
  Result<void> add(const std::string& path, const std::string& name);
  Result<void> send_content();
  void enter(const std::string& path, const std::string& name);
  void leave_out(const std::string& path, std::string_view reason);
  std::string renamed(const std::string& name) const;

  PackOptions options_;
  std::string pending_;  ///< written by the writer and not yet taken
  std::size_t taken_ = 0;
  char* target_ = nullptr;  ///< where the writer's bytes go as long as there is room
  std::size_t room_ = 0;
  TarWriter writer_;
  std::vector<Folder> folders_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string>
      linked_;  ///< device and inode of files with several names
  util::UniqueFd file_;
  std::string file_path_;
  std::int64_t file_left_ = 0;
  std::size_t unreadable_ = 0;
  bool started_ = false, finished_ = false;
};

}  // namespace dockerlite::stream
