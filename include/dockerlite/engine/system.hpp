#pragma once

#include "dockerlite/engine/client.hpp"
#include "dockerlite/format/value.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

extern const format::Type kSystemInfo;     ///< Go's system.Info, what GET /info answers
extern const format::Type kServerVersion;  ///< Go's types.Version, what GET /version answers

/// GET /info. Errors of kind connection or api, and Go's for an answer of the wrong form.
Result<format::Value> system_info(Client& client);
format::Value no_system_info();  ///< all fields zero: what templates see of an engine that is not there
/// GET /version. The engine's build time is in the form of a log line, and an engine that lists no components (before
/// API 1.35) gets one named Engine, as in docker.
Result<format::Value> server_version(Client& client);
/// "2025-05-30T12:07:14.000000000+00:00" as "Fri May 30 12:07:14 2025"; anything else stays as it is.
std::string reformat_date(std::string_view text);

}  // namespace dockerlite::engine
