#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dockerlite/transport/transport.hpp"
#include "transport/chunked.hpp"

namespace dockerlite::transport {

/// One request and what has come of its answer.
struct Exchange {
  Exchange(const Request& asked, Sink& to) : request(asked), sink(to) {}

  /// docker follows no redirect: what only asks takes it for the answer, anything else fails.
  bool refused_redirect() const;
  /// At the end of the head: how the body is framed. Errors: Go's for transfer codings that it does not know.
  Result<void> begin_body();
  /// Bytes of the body as they come in. False ends the transfer: the sink has had enough, or there is a `failure`.
  bool take(std::string_view bytes);
  /// Gives the sink all that has come. False ends the transfer.
  bool flush();

  const Request& request;
  Sink& sink;
  ResponseHead head;
  std::optional<ChunkedDecoder> chunked;  ///< for a body that comes so
  std::optional<Error> failure;
  int attempts = 0;
  bool head_done = false;
  bool old_version = false;   ///< HTTP/1.0, which has no transfer codings
  bool stopped = false;       ///< by the sink
  bool closed_early = false;  ///< a kept connection was closed, and the request must not be sent twice

 private:
  bool pass(std::string_view payload);
  bool deliver(std::string_view payload);
  std::string gathered_;  ///< payload that the sink has not been given yet
};

}  // namespace dockerlite::transport
