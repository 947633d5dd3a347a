#pragma once

#include <string>
#include <vector>

#include "dockerlite/engine/images.hpp"
#include "dockerlite/format/list_format.hpp"

namespace dockerlite::command {

/// One line of a list of images: an image under one of its names. `now` is in nanoseconds since 1970.
struct ImageRow {
  const engine::ImageSummary* image;
  std::string repository, tag, digest;
  bool truncate = true;
  std::int64_t now = 0;
};

/// docker's columns of `images`, by the names that templates use.
extern const format::ListType kImageList;

struct ImageRowOptions {
  bool truncate = true;
  bool digests = false;       ///< a line for each digest
  bool digest_shown = false;  ///< the format has a column for it
  std::int64_t now = 0;
};

/// A line for each name of each image. Names that belong together stay together, in the engine's order (docker's is
/// random).
std::vector<ImageRow> image_rows(const std::vector<engine::ImageSummary>& images, const ImageRowOptions& options);

}  // namespace dockerlite::command
