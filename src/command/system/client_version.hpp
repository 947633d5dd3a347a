#pragma once

#include "dockerlite/command/context.hpp"
#include "dockerlite/format/value.hpp"

namespace dockerlite::command {

inline constexpr std::string_view kClientGoVersion = "go1.24.3";
inline constexpr std::string_view kClientBuildTime = "Fri May 30 12:07:14 2025";

/// Go's name of the machine's architecture: "amd64".
std::string_view client_architecture();

extern const format::Type kClientVersionType;  ///< what `version` and `info` tell of the client

/// `api_version` is empty where it is not to be asked for.
format::Value client_version(Context& context, const std::string& api_version);

}  // namespace dockerlite::command
