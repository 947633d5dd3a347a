#pragma once

#include <string>

#include "dockerlite/engine/client.hpp"
#include "dockerlite/reference/reference.hpp"
#include "dockerlite/term/streams.hpp"
#include "dockerlite/util/clock.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// `POST /images/create` for an image of a registry.
struct PullRequest {
  reference::Reference reference;
  bool all_tags = false;
  std::string platform{};              ///< as typed; "" for the engine's own
  std::string registry_auth = "e30=";  ///< X-Registry-Auth: base64url of the credentials' JSON, `{}` without any
};

transport::Request pull_request(const PullRequest& pull);

/// Pulls and shows the progress on `out` (null: nothing is shown). Errors: the engine's, the one in the stream as it
/// is, and `unexpected EOF` for a stream that was cut off.
Result<void> pull_image(engine::Client& engine, const PullRequest& pull, term::OutputStream* out,
                        const util::Clock& clock);

}  // namespace dockerlite::command
