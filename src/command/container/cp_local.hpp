#pragma once

#include <string>
#include <string_view>

#include "cp_paths.hpp"
#include "dockerlite/stream/tar_pack.hpp"

/// The local side of `cp`: what its paths are on this machine.
namespace dockerlite::command {

/// The absolute path, cleaned, with the folder mark ("/" or "/.") that was typed.
std::string absolute_local_path(std::string_view path);

/// Errors, before the engine is asked: the folder of the path is missing, or the path is a device.
Result<void> check_local_destination(const std::string& path);
/// The same check for a path in the container, by its Go file mode. Errors: `got a device`, `got an irregular file`.
Result<void> check_destination_mode(bool device, bool irregular);

/// What is to be copied. Symlinks on the way are followed; with `follow_link`, also one that the path ends with.
Result<CopyEnd> local_source(const std::string& path, bool follow_link);
/// Where a copy goes: a symlink that the path ends with is followed, also to what does not exist yet; the folder has to
/// exist.
Result<CopyEnd> local_destination(const std::string& path);

/// How a source is packed so that its entries are named as `plan` wants them.
stream::PackOptions pack_source(const CopyEnd& source, const CopyPlan& plan);

}  // namespace dockerlite::command
