#pragma once

#include <optional>
#include <string>

#include "dockerlite/stream/stdcopy.hpp"
#include "dockerlite/term/streams.hpp"
#include "dockerlite/transport/transport.hpp"
#include "interactive_event.hpp"

namespace dockerlite::command {

/// Writes a container's output straight to stdout and stderr, in its order. Small pieces for one stream are put
/// together until flush().
class OutputWriter final : public stream::PayloadSink {
 public:
  /// Writing gives up with kind cancelled once `stop` is set.
  explicit OutputWriter(term::Streams& io, const std::atomic<bool>* stop = nullptr) : io_(io), stop_(stop) {}

  Result<void> out(std::string_view bytes) override { return put(io_.out, bytes); }
  Result<void> err(std::string_view bytes) override { return put(io_.err, bytes); }
  Result<void> flush();
  /// A line of our own on stderr, at once.
  Result<void> warn(std::string_view line) { return write(io_.err, line); }

 private:
  Result<void> put(term::OutputStream& target, std::string_view bytes);
  Result<void> write(term::OutputStream& target, std::string_view bytes);

  term::Streams& io_;
  const std::atomic<bool>* stop_;
  term::OutputStream* target_ = nullptr;  ///< of what is in the buffer
  std::string buffer_;
};

struct PumpOptions {
  bool raw = false;                        ///< the stream is a terminal's, not multiplexed
  bool output = false;                     ///< stdout or stderr is attached
  bool input = false;                      ///< stdin is attached
  std::optional<std::string> detach_keys;  ///< the bytes that detach; nothing: no detaching
};

enum class PumpEnd {
  output_ended,  ///< the engine closed the stream
  input_ended,   ///< only when no output is attached
  detached,      ///< the detach keys were typed
  finished,      ///< `finish` was set
  stopped,       ///< `stop` was set
};

/// Copies between a hijacked stream and the standard streams until one of the ends. Stdin's end closes our direction of
/// the stream. `stop` ends it at once, also in the middle of a write; `finish` (may be null) ends it if no output is
/// attached. Errors: what the engine reports in the stream, and output that cannot be written.
Result<PumpEnd> pump(transport::Stream& stream, term::Streams& io, const PumpOptions& options, const Event& stop,
                     const Event* finish);

}  // namespace dockerlite::command
