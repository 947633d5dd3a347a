#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/engine/images.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// What a prune of containers, networks, volumes or the build cache removed.
struct PruneReport {
  std::vector<std::string> deleted{};  ///< IDs or names
  std::uint64_t space_reclaimed = 0;   ///< bytes
  bool operator==(const PruneReport&) const = default;
};
/// `key` is the list's name in the answer: "ContainersDeleted", "NetworksDeleted", "VolumesDeleted", "CachesDeleted".
/// Errors: Go's texts, after `what`, as in docker's "Error retrieving disk usage: EOF".
Result<PruneReport> decode_prune_report(std::string_view body, const char* key, std::string_view what);

struct ImagePruneReport {
  std::vector<ImageDeletion> deleted{};
  std::uint64_t space_reclaimed = 0;  ///< bytes
  bool operator==(const ImagePruneReport&) const = default;
};
Result<ImagePruneReport> decode_image_prune_report(std::string_view body, std::string_view what);

}  // namespace dockerlite::engine
