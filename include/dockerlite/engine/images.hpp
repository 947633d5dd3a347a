#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/opts/filter.hpp"
#include "dockerlite/opts/platform.hpp"
#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// A manifest of a multi-platform image, from engines that keep them (`manifests=1`).
struct ImageManifest {
  std::string id{};
  std::string kind{};  ///< "image", "attestation" or "unknown"
  bool available = false;
  std::int64_t content_size = 0, total_size = 0;  ///< bytes
  opts::Platform platform{};
  bool in_use = false;  ///< a container was made from it
  bool operator==(const ImageManifest&) const = default;
};

/// One entry of `GET /images/json`.
struct ImageSummary {
  std::string id{};
  std::int64_t created = 0;  ///< seconds since 1970
  std::vector<std::string> repo_tags{}, repo_digests{};
  std::int64_t size = 0;                         ///< bytes
  std::int64_t shared_size = 0, containers = 0;  ///< -1: not computed
  std::vector<ImageManifest> manifests{};
  bool operator==(const ImageSummary&) const = default;

  /// Neither a tag nor a digest names it.
  bool dangling() const;
};

struct ImageListOptions {
  bool all = false;
  bool manifests = false;
  bool name_apart = false;  ///< for engines before API 1.25: a name is no filter but a parameter of its own
  opts::Filters filters{};
};

transport::Request list_images(const ImageListOptions& options);
/// Errors: Go's texts for an answer that is not such a list.
Result<std::vector<ImageSummary>> decode_images(std::string_view body);

/// What a removal or a prune did to an image: one of both is set.
struct ImageDeletion {
  std::string untagged{}, deleted{};
  bool operator==(const ImageDeletion&) const = default;
};
Result<std::vector<ImageDeletion>> decode_image_deletions(std::string_view body);

/// One entry of `GET /images/NAME/history`.
struct ImageHistoryItem {
  std::string id{}, created_by{}, comment{};
  std::int64_t created = 0;  ///< seconds since 1970
  std::int64_t size = 0;     ///< bytes
  bool operator==(const ImageHistoryItem&) const = default;
};
Result<std::vector<ImageHistoryItem>> decode_image_history(std::string_view body);

/// `POST /images/SOURCE/tag`. Errors: docker's for a name that cannot be parsed, or a target with a digest.
Result<transport::Request> tag_image(std::string_view source, std::string_view target);

}  // namespace dockerlite::engine
