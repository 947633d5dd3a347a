#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::stream {

struct TarTime {
  std::int64_t seconds = 0;  ///< since 1970
  std::int64_t nanoseconds = 0;
  bool operator==(const TarTime&) const = default;
};

/// The header of one entry. Names are bytes as they stand in the archive, not cleaned and not to be trusted.
struct TarEntry {
  enum class Kind : std::uint8_t { file, directory, symlink, hard_link, character_device, block_device, fifo };
  Kind kind = Kind::file;
  std::string name{};
  std::string link{};  ///< target of a symlink, or the entry that a hard link names
  unsigned mode = 0;   ///< permissions, setuid, setgid and sticky bit
  std::int64_t uid = 0, gid = 0;
  std::int64_t size = 0;  ///< bytes of a file
  TarTime modified{};
  std::optional<TarTime> accessed{};
  unsigned device_major = 0, device_minor = 0;
  std::vector<std::pair<std::string, std::string>> attributes{};  ///< extended attributes
  bool operator==(const TarEntry&) const = default;
};

/// Gives an archive's next piece, valid until the next call; empty at the end.
using TarSource = std::function<Result<std::string_view>()>;

/// Reads a tar stream (ustar, pax, GNU), not compressed, holding no more than one piece of it and one header. Errors:
/// the source's own, `unexpected EOF` for a stream that ends within an entry, and `archive/tar: invalid tar header`, as
/// Go's.
class TarReader {
 public:
  explicit TarReader(TarSource source);
  TarReader(TarReader&&) noexcept;
  TarReader& operator=(TarReader&&) noexcept;
  ~TarReader();

  /// Fills in the next entry, passing over what is left of the one before; false at the end of the archive.
  Result<bool> next(TarEntry& entry);

  struct Piece {
    std::string_view bytes;
    std::int64_t offset = 0;  ///< in the file; a sparse file has gaps between its pieces
  };
  /// The next piece of the entry's content, valid until the next call; false at its end.
  Result<bool> read(Piece& piece);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes a tar stream in the pax format, headers being plain ustar wherever that can hold them, as docker's. What is
/// written goes to the sink at once, in the calls below.
class TarWriter {
 public:
  using Sink = std::function<void(std::string_view)>;
  explicit TarWriter(Sink sink);
  TarWriter(TarWriter&&) noexcept;
  TarWriter& operator=(TarWriter&&) noexcept;
  ~TarWriter();

  /// Begins an entry. A file's content follows: exactly `size` bytes.
  Result<void> add(const TarEntry& entry);
  Result<void> write(std::string_view bytes);
  /// Ends the archive.
  Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dockerlite::stream
