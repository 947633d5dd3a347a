#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::stream {

/// Splits concatenated JSON values (progress, events, stats streams) at their boundaries. It looks at structure only:
/// whether a value is well-formed inside is for whoever parses it.
class JsonSequenceSplitter {
 public:
  using OnValue = std::function<Result<void>(std::string_view value)>;

  /// A value above this is refused; no engine message comes near it.
  static constexpr std::size_t kMaximumValue = 64U << 20;

  /// Takes the next bytes, cut anywhere, and calls `on_value` for each complete value. Errors: those of `on_value`, and
  /// `invalid character 'x' looking for beginning of value`.
  Result<void> feed(std::string_view bytes, const OnValue& on_value);
  /// At the end of the stream. Errors: `unexpected EOF` if a value was cut off, those of `on_value`.
  Result<void> finish(const OnValue& on_value);

 private:
  enum class State : unsigned char { between, nested, string, scalar };
  Result<void> take(std::string_view tail, const OnValue& on_value);
  std::string pending_;  ///< the beginning of a value whose end has not come yet
  State state_ = State::between;
  std::size_t depth_ = 0;
  bool in_string_ = false, escaped_ = false;
};

}  // namespace dockerlite::stream
