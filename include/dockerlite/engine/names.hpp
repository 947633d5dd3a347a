#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// The names in the answer of `GET /networks`, in the engine's order.
Result<std::vector<std::string>> decode_network_names(std::string_view body);
/// The names in the answer of `GET /volumes`, in the engine's order.
Result<std::vector<std::string>> decode_volume_names(std::string_view body);
/// The plugins of a kind ("Log", "Volume") in the answer of `GET /info`, in the engine's order.
Result<std::vector<std::string>> decode_plugin_names(std::string_view body, std::string_view kind);

}  // namespace dockerlite::engine
