#pragma once

#include <optional>

#include "dockerlite/reference/reference.hpp"
#include "dockerlite/util/environment.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// Signed images are not supported: with content trust asked for (DOCKER_CONTENT_TRUST, or `disabled` given as false)
/// an image that nobody verified is refused. One that is named by its digest verifies itself.
Result<void> check_content_trust(const util::Environment& environment, std::optional<bool> disabled,
                                 const reference::Reference& image);

}  // namespace dockerlite::command
