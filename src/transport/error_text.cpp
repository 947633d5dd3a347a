#include "transport/error_text.hpp"

#include <cerrno>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::transport {

namespace {

/// Go's url.Error: `Get "http://%2Fx/v1.50/info": CAUSE`.
std::string url_error(const Request& request, std::string_view url, std::string_view cause) {
  const std::string_view name = method_name(request.method);
  std::string text(name.substr(0, 1));
  text += util::to_lower(name.substr(1));
  text += ' ';
  text += util::go_quote(url);
  text += ": ";
  return text.append(cause);
}

std::string url_error(const Endpoint& endpoint, const Request& request, std::string_view cause) {
  return url_error(request, display_url(endpoint, request.target()), cause);
}

std::string dial_cause(const Endpoint& endpoint, int error_number) {
  const bool socket = endpoint.scheme == Endpoint::Scheme::unix_socket;
  return (socket ? "dial unix " : "dial tcp ") + endpoint.address + ": connect: " + util::errno_text(error_number);
}

}  // namespace

Error cannot_connect(const Endpoint& endpoint) {
  return error(ErrorKind::connection,
               "Cannot connect to the Docker daemon at " + endpoint.host + ". Is the docker daemon running?");
}

Error during_connect(const Endpoint& endpoint, const Request& request, std::string_view cause) {
  const std::string text = url_error(endpoint, request, cause);
  if (!endpoint.tls && util::contains(cause, "malformed HTTP response"))
    return error(ErrorKind::connection, text + ".\n* Are you trying to connect to a TLS-enabled daemon without TLS?");
  return error(ErrorKind::connection, "error during connect: " + text);
}

Error connect_failed(const Endpoint& endpoint, const Request& request, int error_number) {
  if (error_number == EACCES || error_number == EPERM)
    return error(ErrorKind::connection, "permission denied while trying to connect to the Docker daemon socket at " +
                                            endpoint.host + ": " +
                                            url_error(endpoint, request, dial_cause(endpoint, error_number)));
  if (endpoint.scheme == Endpoint::Scheme::unix_socket || error_number == ECONNREFUSED || error_number == ETIMEDOUT ||
      error_number == 0)
    return cannot_connect(endpoint);
  return during_connect(endpoint, request, dial_cause(endpoint, error_number));
}

Error lookup_failed(const Endpoint& endpoint, const Request& request) {
  const std::string host = endpoint.address.substr(0, endpoint.address.rfind(':'));
  return during_connect(endpoint, request, "dial tcp: lookup " + host + ": no such host");
}

Error unexpected_redirect(const Request& request, std::string_view location) {
  return error(ErrorKind::connection,
               "error during connect: " + url_error(request, location, "unexpected redirect in response"));
}

std::string socket_cause(const Endpoint& endpoint, std::string_view operation, int error_number) {
  const bool socket = endpoint.scheme == Endpoint::Scheme::unix_socket;
  std::string text(operation);
  text += socket ? " unix @->" : " tcp ";
  text += endpoint.address;
  text += ": ";
  text += operation;
  return text + ": " + util::errno_text(error_number);
}

Error hijack_connect_failed(const Endpoint& endpoint, int error_number) {
  return error(ErrorKind::connection,
               "cannot connect to the Docker daemon. Is 'docker daemon' running on this host?: " +
                   dial_cause(endpoint, error_number));
}

}  // namespace dockerlite::transport
