#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// The names in an answer that has a list of them, or of objects with a `Name`, in the engine's order. `path` leads to
/// the list: none for `GET /networks`, {"Volumes"} for `GET /volumes`, {"Plugins", "Log"} for `GET /info`.
Result<std::vector<std::string>> decode_names(std::string_view body, std::initializer_list<std::string_view> path);

}  // namespace dockerlite::engine
