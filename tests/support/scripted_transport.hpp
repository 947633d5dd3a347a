#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/transport/transport.hpp"

namespace dockerlite::test {

/// One call that a test expects, and how the engine answers it.
class ExpectedCall {
 public:
  explicit ExpectedCall(std::string line) : line_(std::move(line)) {}

  // What has to come. Without one of the first three the request must have no body.
  ExpectedCall& with_body(std::string body);  ///< to the byte
  ExpectedCall& with_json(std::string json);  ///< the same JSON value, whatever the order of its keys
  ExpectedCall& with_any_body();
  ExpectedCall& with_header(std::string name, std::string value);
  ExpectedCall& any_order();  ///< may come before or after its neighbours: for calls that are made at the same time

  // What goes back: status 200 and nothing if none of these is used.
  ExpectedCall& reply(int status, std::string body = {}, transport::Headers headers = {});
  ExpectedCall& reply_json(int status, std::string body);    ///< with Content-Type: application/json
  ExpectedCall& in_pieces(std::size_t size);                 ///< the body arrives in pieces of at most so many bytes
  ExpectedCall& cut_at(std::vector<std::size_t> positions);  ///< the body arrives cut at these offsets
  ExpectedCall& fail(Error error);                           ///< no answer comes
  ExpectedCall& then_fail(Error error);                      ///< after the body
  ExpectedCall& then_wait_for_cancel();                      ///< the answer has no end until the caller cancels
  /// Switches to a raw stream: the engine sends `output` and closes its direction. With `input`, what the client sends
  /// until it closes its own must be that.
  ExpectedCall& upgrade(std::string output, std::optional<std::string> input = std::nullopt);
  /// Switches to a raw stream that `engine` serves, in a thread of its own, on a socket that is closed when it returns.
  ExpectedCall& upgrade(std::function<void(int fd)> engine);

 private:
  friend class ScriptState;
  enum class Body { none, exact, json, any };
  std::string line_;
  Body body_rule_ = Body::none;
  std::string body_;
  transport::Headers headers_;
  bool any_order_ = false;
  bool used_ = false;

  int status_ = 200;
  std::string answer_;
  transport::Headers answer_headers_;
  std::size_t piece_ = 0;
  std::vector<std::size_t> cuts_;
  std::optional<Error> failure_, late_failure_;
  bool wait_for_cancel_ = false;
  std::function<void(int)> engine_;
  std::optional<std::string> input_;
};

class ScriptState;

/// The conversation that a test expects with an engine. Its end, or `verify`, fails the test naming each call that was
/// not expected or did not match, and each expected call that never came.
///
///   Script script;
///   script.expect_ping("1.41");
///   script.expect("DELETE /v1.41/containers/web?force=1").reply(204);
///   engine::Client client(script.transport());
class Script {
 public:
  explicit Script(std::string host = "unix:///var/run/docker.sock");
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;
  ~Script();

  /// `line` is the method and the encoded target. The reference stays valid until the next `expect`.
  ExpectedCall& expect(std::string line);
  /// The negotiation that comes before an engine client's first request. A ping that is not expected is not answered,
  /// which fails no test: it makes a client go out in its pinned version, or the newest.
  ExpectedCall& expect_ping(std::string api_version, std::string os_type = "linux");
  /// The wire to give to the code under test; it may outlive nothing of the script.
  std::unique_ptr<transport::Transport> transport();
  void verify();

 private:
  std::shared_ptr<ScriptState> state_;
};

}  // namespace dockerlite::test
