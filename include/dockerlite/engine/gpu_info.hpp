#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/engine/client.hpp"
#include "dockerlite/gpu/diagnosis.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// What GET /info tells about GPUs. `api_version`: the one in use. Errors: Go's texts for an answer that is no JSON
/// object.
Result<gpu::EngineFacts> decode_gpu_facts(std::string_view info, std::string_view api_version);
Result<gpu::EngineFacts> gpu_facts(Client& client);

/// `Config.Env` of GET /images/NAME/json; empty if the answer has none.
std::vector<std::string> decode_image_environment(std::string_view body);

}  // namespace dockerlite::engine
