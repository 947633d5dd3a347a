#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/stream/tar.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::stream {

/// Renames entries: the first occurrence of `from` in each name, and in what each hard link names, becomes `to`.
/// Nothing is renamed if both are the same.
struct TarRename {
  std::string from{}, to{};
  std::string apply(std::string_view name) const;
  bool operator==(const TarRename&) const = default;
};

struct ExtractOptions {
  std::string directory;                                  ///< absolute, clean, and there
  std::vector<TarRename> renames{};                       ///< applied first, one after the other
  std::function<void(std::string_view)> on_warning = {};  ///< what could not be kept and is not worth failing for
};

/// The place of an entry below the directory that it is extracted to: its name cleaned, relative, without "..". Errors:
/// `"../x" is outside of "/dir"`.
Result<std::string> entry_path(std::string_view name, std::string_view directory);

/// Writes an archive's entries below a directory, as `docker cp` does: files are replaced, directories merged,
/// permissions (setuid and setgid too), times and extended attributes kept, owners not. The archive is not trusted:
/// nothing is ever written outside of the directory, not even through symlinks, whether they are the archive's or were
/// there before. A file appears under its name only once it is whole. Errors: docker's texts.
Result<void> extract_tar(TarReader& reader, const ExtractOptions& options);

}  // namespace dockerlite::stream
