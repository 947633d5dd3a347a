#pragma once

#include <string>

#include "dockerlite/command/context.hpp"
#include "dockerlite/engine/create_request.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// `--use-api-socket`: mounts the engine's socket at the place where a client looks for it, and unless the container
/// has a DOCKER_CONFIG of its own, sets it to where our registry credentials will be. The config.json to put there, ""
/// if there are no credentials. Errors: an endpoint that is no socket, credentials that cannot be read.
Result<std::string> add_api_socket(Context& context, engine::Client& engine, engine::CreateRequest& request);

/// Writes that config.json into the created container.
Result<void> inject_credentials(engine::Client& engine, const std::string& container, const std::string& document);

}  // namespace dockerlite::command
