#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "dockerlite/stream/json_sequence.hpp"
#include "dockerlite/term/progress.hpp"
#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/clock.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// One message of a progress stream. Errors: Go's texts for what is no such message.
Result<term::ProgressMessage> decode_progress(std::string_view json);

/// Receives the progress stream of a pull, push, load, import or build and shows it.
class ProgressSink : public transport::Sink {
 public:
  using OnAux = std::function<void(std::string_view json)>;

  /// `out` null: nothing is shown (`--quiet`), errors are still found. `on_aux` gets the messages that are data for the
  /// client.
  ProgressSink(term::OutputStream* out, const util::Clock& clock, OnAux on_aux = {});

  bool on_head(const transport::ResponseHead& head) override;
  bool on_data(std::string_view bytes) override;

  /// The outcome of the operation, from that of the transfer: the error in the stream (its text alone, no prefix),
  /// `unexpected EOF` if the stream ended within a message, or `transfer`'s own error.
  Result<void> finish(Result<void> transfer);

 private:
  Result<void> take(std::string_view json);
  term::OutputStream* out_;
  std::optional<term::ProgressDisplay> display_;
  OnAux on_aux_;
  stream::JsonSequenceSplitter splitter_;
  stream::JsonSequenceSplitter::OnValue on_value_;
  std::optional<Error> failure_;
};

}  // namespace dockerlite::engine
