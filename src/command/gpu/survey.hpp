#pragma once

#include <optional>

#include "dockerlite/command/context.hpp"
#include "dockerlite/gpu/diagnosis.hpp"

namespace dockerlite::command {

/// What can be known about an engine's GPUs without starting a container.
struct GpuSurvey {
  gpu::EngineFacts engine;
  std::optional<gpu::MachineFacts> machine;  ///< nothing: the engine is not on this machine
};

/// Asks the engine and, if it runs on this machine (a socket, and the same kernel as ours), looks at the machine.
Result<GpuSurvey> survey_gpus(Context& context);

}  // namespace dockerlite::command
