#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::transport {

/// Decodes a body in HTTP/1.1's chunked transfer coding (RFC 9112, section 7.1). It takes and refuses what Go does, in
/// its words. Nothing of the payload is copied or held back.
class ChunkedDecoder {
 public:
  /// Takes bytes off the front of `bytes`, which may be cut anywhere, and returns the first piece of payload in them;
  /// "" once all are taken or the body has ended. Errors: what is wrong with the coding, such as `invalid byte in chunk
  /// length`.
  Result<std::string_view> next(std::string_view& bytes);
  /// The whole body has come. Bytes that follow it are left alone.
  bool ended() const { return state_ == State::ended; }
  std::uint64_t chunks() const { return chunks_; }  ///< begun so far
  /// The error of a body that stops here, before its end.
  Error cut_off() const;

 private:
  enum class State : unsigned char { size, data, after_data, trailer, ended };
  Result<void> take_size(std::string_view& bytes);
  Result<void> take_data_end(std::string_view& bytes);
  Result<void> take_trailer(std::string_view& bytes);

  State state_ = State::size;
  std::uint64_t left_ = 0;  ///< payload bytes of this chunk still to come
  std::uint64_t chunks_ = 0;
  std::string held_;  ///< the beginning of a line, or of the trailer, whose end has not come yet
};

}  // namespace dockerlite::transport
