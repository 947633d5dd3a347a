#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::stream {

/// Takes the payload of a multiplexed stream, in order. `bytes` are only valid during the call. An error stops the
/// decoding.
class PayloadSink {
 public:
  virtual ~PayloadSink() = default;
  virtual Result<void> out(std::string_view bytes) = 0;
  virtual Result<void> err(std::string_view bytes) = 0;
};

/// Decodes the engine's multiplexed stream of a container without a terminal: frames of one byte for the stream (0 and
/// 1 output, 2 error output, 3 an error of the engine), three unused bytes, the payload's length as four bytes,
/// big-endian, payload. Payload is passed on as it arrives, never copied or held back, so a frame's size costs no
/// memory.
class StdcopyDecoder {
 public:
  /// Takes the next bytes, cut anywhere. Errors: the sink's, `error from daemon in stream: <text>`, `Unrecognized input
  /// header: N`.
  Result<void> decode(std::string_view bytes, PayloadSink& sink);
  /// For the end of the stream: true between two frames.
  bool at_boundary() const { return header_size_ == 0 && left_ == 0; }

 private:
  static constexpr std::size_t kHeaderSize = 8;
  Result<void> begin_frame(const char* header);
  std::array<char, kHeaderSize> header_{};
  std::size_t header_size_ = 0;
  std::uint32_t left_ = 0;  ///< payload bytes still to come
  unsigned char stream_ = 0;
  std::string engine_error_;
};

}  // namespace dockerlite::stream
