#pragma once

#include <string>
#include <vector>

#include "dockerlite/command/context.hpp"
#include "dockerlite/config/plugins.hpp"
#include "dockerlite/format/value.hpp"

namespace dockerlite::command {

extern const format::Type kClientInfoPointer;  ///< pointer to what `info` tells of the client

/// CLI plugins as docker finds them: names of the client's own commands cannot be plugins.
std::vector<config::Plugin> find_plugins(Context& context);
bool client_debug(const Context& context);
/// A value of kClientInfoPointer.
format::Value client_info(Context& context, const std::vector<config::Plugin>& plugins);

}  // namespace dockerlite::command
