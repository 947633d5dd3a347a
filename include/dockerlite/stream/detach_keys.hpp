#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::stream {

inline constexpr std::string_view kDefaultDetachKeys = "\x10\x11";  ///< ctrl-p,ctrl-q

/// The bytes of a key sequence like "ctrl-p,ctrl-q" or "ctrl-],x" (`--detach-keys`, `detachKeys` in config.json).
/// Error: `Unknown character: 'xyz'`.
Result<std::string> parse_detach_keys(std::string_view keys);

/// Finds the detach sequence in what is typed. A partial match is held back, and passed on once it turns out to be
/// none.
class DetachFilter {
 public:
  explicit DetachFilter(std::string keys) : keys_(std::move(keys)) {}
  /// Appends to `out` what may be sent on; true once the sequence was typed (what follows it is dropped).
  bool filter(std::string_view typed, std::string& out);

 private:
  std::string keys_;
  std::size_t matched_ = 0;
};

}  // namespace dockerlite::stream
