#pragma once

#include <string>

#include "dockerlite/engine/client.hpp"
#include "dockerlite/gpu/diagnosis.hpp"

namespace dockerlite::command {

struct GpuTrial {
  gpu::Check check;               ///< whether it started, and how
  bool by_device_driver = false;  ///< it started, and nothing had to be translated
};

/// Starts a container of an image with all GPUs, in whichever way the engine takes, and removes it. What the command in
/// it does is not looked at.
GpuTrial try_gpu_container(engine::Client& engine, const gpu::EngineOffer& offer, const std::string& image);

}  // namespace dockerlite::command
