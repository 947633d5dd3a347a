#pragma once

#include "dockerlite/transport/transport.hpp"

namespace dockerlite::transport {

enum class Upgrade : bool { no, yes };

inline bool has_body(const Request& request) { return !request.body.empty() || request.body_reader; }

/// The headers of a request that are not the transport's own (Host, User-Agent, lengths): ours after the user's, one of
/// each name, as docker sends them. Errors, in Go's words: `net/http: invalid header field value for "X"`; values are
/// not shown.
Result<Headers> request_headers(const Headers& user_headers, const Request& request, Upgrade upgrade);

}  // namespace dockerlite::transport
