#pragma once

#include <string_view>

#include "dockerlite/engine/client.hpp"
#include "dockerlite/gpu/diagnosis.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// What GET /info tells about GPUs. `api_version`: the one in use. Errors: Go's texts for an answer that is no JSON
/// object.
Result<gpu::EngineFacts> decode_gpu_facts(std::string_view info, std::string_view api_version);
Result<gpu::EngineFacts> gpu_facts(Client& client);

}  // namespace dockerlite::engine
