#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "dockerlite/term/streams.hpp"
#include "dockerlite/util/clock.hpp"

namespace dockerlite::command {

/// Counts the bytes of a copy and, on a terminal, shows them in one line that is rewritten: not for copies that are
/// over within a moment, and not more often than an eye can follow. The cursor stays visible, so that nothing has to be
/// put back when the program is interrupted.
class CopyProgress {
 public:
  CopyProgress(term::OutputStream& out, const util::Clock& clock, std::string_view title, bool shown)
      : out_(out), clock_(clock), title_(title), shown_(shown && out.is_terminal()), next_(clock.now() + kFirst) {}
  void add(std::size_t bytes);
  void clear();
  std::int64_t total() const { return total_; }

 private:
  static constexpr std::chrono::milliseconds kFirst{500}, kInterval{75};
  term::OutputStream& out_;
  const util::Clock& clock_;
  std::string_view title_;
  bool shown_, drawn_ = false;
  std::chrono::system_clock::time_point next_;
  std::int64_t total_ = 0;
};

}  // namespace dockerlite::command
