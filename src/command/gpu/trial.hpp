#pragma once

#include <string>

#include "dockerlite/engine/client.hpp"
#include "dockerlite/gpu/diagnosis.hpp"

namespace dockerlite::command {

/// Starts a container of an image with all GPUs, in whichever way the engine takes, and removes it. The check says
/// whether it started. What the command in it does is not looked at.
gpu::Check try_gpu_container(engine::Client& engine, const gpu::EngineOffer& offer, const std::string& image);

}  // namespace dockerlite::command
