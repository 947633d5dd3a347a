#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "dockerlite/stream/stdcopy.hpp"
#include "dockerlite/term/streams.hpp"

namespace dockerlite::command {

/// Puts a prefix before each line of a container's output and writes whole lines only, so that the lines of several
/// containers do not mix. A line that goes on for longer than a mebibyte is cut.
class LinePrefixer final : public stream::PayloadSink {
 public:
  /// `mutex` guards the streams, which other prefixers write to as well.
  LinePrefixer(term::Streams& io, std::mutex& mutex, std::string prefix)
      : io_(io), mutex_(mutex), prefix_(std::move(prefix)) {}

  Result<void> out(std::string_view bytes) override { return take(io_.out, out_, bytes); }
  Result<void> err(std::string_view bytes) override { return take(io_.err, err_, bytes); }
  /// Writes what is left without an end of line.
  Result<void> finish();

 private:
  Result<void> take(term::OutputStream& stream, std::string& pending, std::string_view bytes);
  Result<void> write(term::OutputStream& stream, std::string_view lines);

  term::Streams& io_;
  std::mutex& mutex_;
  std::string prefix_;
  std::string out_, err_;
};

}  // namespace dockerlite::command
