#pragma once

#include <string>
#include <string_view>

#include "dockerlite/opts/filter.hpp"
#include "dockerlite/opts/platform.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// "/collection/NAME/action" for a name as the user typed it: escaped as docker escapes it (slashes stay), doubled
/// slashes and dot segments resolved, so that "/web" means "web". No action: "/collection/NAME".
std::string object_path(std::string_view collection, std::string_view name, std::string_view action = {});

/// The same for a container, whose name docker trims first. Errors: `invalid container name or ID: value is empty`.
Result<std::string> container_path(std::string_view name, std::string_view action = {});

/// The value of the query parameter `filters`: `{"label":{"a=b":true}}`.
std::string filters_json(const opts::Filters& filters);

/// The value of the query parameters `platform` and `platforms`: `{"architecture":"arm64","os":"linux"}`.
std::string platform_json(const opts::Platform& platform);

}  // namespace dockerlite::engine
