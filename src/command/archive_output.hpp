#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "dockerlite/command/context.hpp"
#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// Passes an answer's body on to a stream of ours; ends the transfer when nobody reads it any more.
class OutputSink : public transport::Sink {
 public:
  explicit OutputSink(term::OutputStream& out) : out_(out) {}
  bool on_head(const transport::ResponseHead&) override { return true; }
  bool on_data(std::string_view bytes) override;
  Result<void> outcome;

 private:
  term::OutputStream& out_;
};

/// Writes the answer to a request into the file `output`, which appears only when it is whole, or to stdout if there is
/// no `output`. The request is made when it is clear that the output can be written. `action` is for docker's text,
/// `failed to export container: cannot write to a directory`. Other errors: `cowardly refusing to save to a terminal.
/// ...`, the request's and the engine's.
Result<void> write_archive(Context& context, const std::string& output, std::string_view action,
                           const std::function<Result<transport::Request>()>& make_request);

}  // namespace dockerlite::command
