#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::transport {

enum class Method { get, head, post, put, del };
std::string_view method_name(Method method);  ///< "GET", ...

using Header = std::pair<std::string, std::string>;
using Headers = std::vector<Header>;
/// The last value of a header, name compared without case; "" if absent.
std::string_view header_value(const Headers& headers, std::string_view name);

/// Query parameters in any order; `encode` sorts by key, keeps the order of equal keys, and form-encodes, as Go's
/// url.Values.
class Query {
 public:
  Query() = default;
  Query(std::initializer_list<std::pair<std::string, std::string>> pairs) : pairs_(pairs) {}
  Query& add(std::string key, std::string value);
  bool empty() const { return pairs_.empty(); }
  std::string encode() const;
  bool operator==(const Query&) const = default;

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

/// Gives a request's body piece by piece: fills at most `size` bytes, returns their number, 0 at the end.
using BodyReader = std::function<Result<std::size_t>(char* buffer, std::size_t size)>;

/// One request to the engine. `path` is absolute and escaped, without the query. A body makes it a request with
/// content.
struct Request {
  Method method = Method::get;
  std::string path;
  Query query{};
  Headers headers{};
  std::string body{};          ///< sent with Content-Length
  std::string content_type{};  ///< e.g. application/json; empty: no such header
  BodyReader body_reader{};    ///< if set, sent chunked instead of `body`
  int timeout_ms = 0;          ///< limit of the whole exchange, for short questions like the ping; 0: none
  int cancel_fd = -1;  ///< if set: once this descriptor is readable, the call ends with an error of kind cancelled
  std::string target() const;  ///< path and encoded query
};

struct ResponseHead {
  int status = 0;
  std::string reason;  ///< "Internal Server Error"
  Headers headers;
};

/// Receives one answer: its head, then its body in the order and pieces in which it arrives. False stops the transfer.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual bool on_head(const ResponseHead& head) = 0;
  virtual bool on_data(std::string_view bytes) = 0;
};

/// A full-duplex byte stream that took over an HTTP connection (attach, exec, session).
class Stream {
 public:
  virtual ~Stream() = default;
  /// The descriptor to poll; readable data may also be waiting in `buffered()`.
  virtual int fd() const = 0;
  virtual bool buffered() const = 0;
  /// At most `size` bytes; 0 at the end of the stream. Does not block if `fd` polled readable or `buffered()`.
  virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
  virtual Result<void> write(std::string_view bytes) = 0;
  /// As much as goes out without blocking: 0 if nothing does now (poll `fd` for POLLOUT, then call again).
  virtual Result<std::size_t> write_some(std::string_view bytes) = 0;
  /// Ends our direction and keeps theirs (half-close).
  virtual Result<void> close_write() = 0;
};

struct Hijacked {
  ResponseHead head;
  std::unique_ptr<Stream> stream;  ///< null unless status is 101
  std::string body{};              ///< what came with another status, if its length was told; at most 64 KiB
};

/// The wire to one engine. Calls may come from several threads at once; each busy call has a connection of its own and
/// idle connections are kept for the next call. Redirects are never followed. Errors have kind connection and docker's
/// text; a body cut short is an error of kind connection with "unexpected EOF".
class Transport {
 public:
  virtual ~Transport() = default;
  /// Sends and streams the answer, whatever its status. A Sink that stops the transfer ends the call with success.
  virtual Result<void> send(const Request& request, Sink& sink) = 0;
  /// Sends with `Connection: Upgrade`, `Upgrade: tcp` and hands the connection over. The answer's head comes back
  /// whatever its status.
  virtual Result<Hijacked> hijack(const Request& request) = 0;
  /// The endpoint as the user gave it, for texts: "unix:///var/run/docker.sock".
  virtual const std::string& host() const = 0;
};

/// A parsed endpoint: what -H and DOCKER_HOST take.
struct Endpoint {
  enum class Scheme { unix_socket, tcp, ssh } scheme = Scheme::unix_socket;
  std::string host;       ///< canonical form for texts
  std::string address;    ///< socket path ("@name": an abstract one), or host:port
  std::string base_path;  ///< tcp: path put before every request's; ssh: remote socket
  bool tls = false;       ///< tcp over TLS
  bool operator==(const Endpoint&) const = default;
};

/// Errors, complete but for the leading "Failed to initialize: ": `unable to parse docker host ...`,
/// `unable to resolve docker endpoint: invalid bind address format: ...`.
Result<Endpoint> parse_endpoint(std::string_view host, bool tls = false);
/// A request's URL as docker writes it in errors: "http://%2Fvar%2Frun%2Fdocker.sock/v1.50/info".
std::string display_url(const Endpoint& endpoint, std::string_view target);

struct TransportOptions {
  Endpoint endpoint;
  Headers headers;         ///< added to every request before our own (config.json's HttpHeaders)
  std::string user_agent;  ///< "Docker-Client/28.2.2 (linux)"
  int connect_timeout_ms = 0;
  /// Called with the negotiated-path URL of each request and each answer for `--debug`; may be null.
  std::function<void(std::string_view line)> trace;
};

/// The libcurl transport. It connects with the first request. Errors, complete but for the leading "Failed to
/// initialize: ": `unix socket path "..." is too long`, and endpoint kinds that are not served.
Result<std::unique_ptr<Transport>> make_curl_transport(TransportOptions options);

}  // namespace dockerlite::transport
