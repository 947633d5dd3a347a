#pragma once

#include <string>
#include <vector>

#include "dockerlite/engine/images.hpp"

namespace dockerlite::command {

/// docker's `images --tree`: the newest image first, under each its platforms. `width` is the terminal's, 0 if there is
/// none: then only the titles are coloured, as in docker.
std::string image_tree(const std::vector<engine::ImageSummary>& images, unsigned width);

}  // namespace dockerlite::command
