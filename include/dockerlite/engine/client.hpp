#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

inline constexpr std::string_view kClientVersion = "28.2.2";
inline constexpr std::string_view kClientCommit = "e6534b4";
inline constexpr std::string_view kMaximumApiVersion = "1.50";
inline constexpr std::string_view kFallbackApiVersion = "1.24";

/// What `HEAD /_ping` tells.
struct Ping {
  std::string api_version;
  std::string os_type;
  std::string builder_version;
  std::string swarm;
  bool experimental = false;
  bool operator==(const Ping&) const = default;
};

/// Typed access to one engine over a Transport: negotiates the API version on first use, puts it before each path, and
/// turns an answer of status >= 400 into an Error of kind api with docker's text ("Error response from daemon: ...";
/// answer_error). Calls may come from several threads.
class Client {
 public:
  /// `pinned_version`: DOCKER_API_VERSION; no negotiation then.
  Client(std::unique_ptr<transport::Transport> transport, std::string pinned_version = {});

  /// Pings once, for at most two seconds; a failed ping is silent and is tried again with the next call. The answer, or
  /// a Ping that says nothing but experimental, which is what docker assumes of an engine that does not answer.
  const Ping& ping();
  /// The version requests go out with: negotiated, pinned, or the maximum if the engine did not answer.
  std::string api_version();
  bool api_less(std::string_view version);  ///< the version in use is below `version`

  /// The whole body of an answer with status < 400.
  Result<std::string> call(transport::Request request);
  /// Streams the body of an answer with status < 400; an error answer never reaches the sink.
  Result<void> stream(transport::Request request, transport::Sink& sink);
  /// The head and the whole body, whatever the status.
  struct Answer {
    transport::ResponseHead head;
    std::string body;
  };
  Result<Answer> exchange(transport::Request request);
  /// Upgrades to a raw stream; anything but 101 is the error `unable to upgrade to tcp, received N`.
  Result<transport::Hijacked> hijack(transport::Request request);

  transport::Transport& transport() { return *transport_; }
  const std::string& host() const { return transport_->host(); }

 private:
  /// The answer to the ping; null if there was none. Called with the mutex held.
  const Ping* ask(int timeout_ms);
  std::string version_in_use() const;
  void prepare(transport::Request& request);
  std::unique_ptr<transport::Transport> transport_;
  std::string pinned_version_;
  std::mutex mutex_;
  std::optional<Ping> ping_;
  Ping unanswered_;
};

/// The error of an answer with status >= 400. `url` is what docker shows for an empty body.
Error answer_error(const transport::ResponseHead& head, std::string_view body, std::string_view url);

}  // namespace dockerlite::engine
