#pragma once

#include <string>
#include <string_view>

#include "dockerlite/transport/transport.hpp"

// The texts of docker 28 (and of Go's net packages beneath it) for what can go wrong on the wire. All have kind
// connection.
namespace dockerlite::transport {

/// `Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?`
Error cannot_connect(const Endpoint& endpoint);
/// `error during connect: Get "http://%2Fx/v1.50/info": CAUSE`; a cause that says the answer is no HTTP adds docker's
/// question about TLS and leaves out the first words, as docker does.
Error during_connect(const Endpoint& endpoint, const Request& request, std::string_view cause);
/// connect() failed with this errno.
Error connect_failed(const Endpoint& endpoint, const Request& request, int error_number);
/// A host name that does not resolve.
Error lookup_failed(const Endpoint& endpoint, const Request& request);
/// docker's refusal to send anything but a GET to another place: `error during connect: Post "/new": unexpected
/// redirect in response`.
Error unexpected_redirect(const Request& request, std::string_view location);
/// `read unix @->/x: read: connection reset by peer`; `operation` is "read" or "write".
std::string socket_cause(const Endpoint& endpoint, std::string_view operation, int error_number);
/// What a hijack says in front of the cause when it does not get a connection.
Error hijack_connect_failed(const Endpoint& endpoint, int error_number);

}  // namespace dockerlite::transport
