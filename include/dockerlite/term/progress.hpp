#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/term/streams.hpp"
#include "dockerlite/util/clock.hpp"

namespace dockerlite::term {

/// `progressDetail` of a message.
struct ProgressDetail {
  std::int64_t current = 0, total = 0;
  std::int64_t start = 0;  ///< seconds since 1970; 0: unknown
  bool hide_counts = false;
  std::string units;  ///< "" for bytes
  bool operator==(const ProgressDetail&) const = default;
};

/// One message of a pull, push, load, import or build stream.
struct ProgressMessage {
  std::string stream, status, id, from;
  std::optional<ProgressDetail> detail;
  std::string progress;  ///< a bar drawn by an old engine
  std::int64_t time = 0, time_nano = 0;
  std::optional<std::string> error;  ///< message of `errorDetail`; ends the operation
  std::optional<std::string> aux;    ///< raw JSON; such a message is never shown
  bool operator==(const ProgressMessage&) const = default;
};

/// How sizes are written: format::human_size, which this folder may not name.
using SizeText = std::string (*)(double bytes, int precision);

/// "[=====>   ]  520.2kB/2MB" for a terminal of `width` columns (the bar needs more than 110); "" while nothing is
/// known.
std::string progress_text(const ProgressDetail& detail, unsigned width, std::chrono::system_clock::time_point now,
                          SizeText size_text);

/// Draws messages as docker does: on a terminal one line an id, rewritten in place; elsewhere plain lines without
/// progress.
class ProgressDisplay {
 public:
  ProgressDisplay(OutputStream& out, const util::Clock& clock, SizeText size_text)
      : out_(out), clock_(clock), size_text_(size_text) {}
  /// Messages with an error or aux are the caller's and not for here.
  void show(const ProgressMessage& message);

 private:
  OutputStream& out_;
  const util::Clock& clock_;
  SizeText size_text_;
  std::vector<std::string> ids_;  ///< in order of appearance: the lines above the cursor
};

}  // namespace dockerlite::term
