#include "dockerlite/stream/stdcopy.hpp"

#include <algorithm>
#include <cstring>

namespace dockerlite::stream {
namespace {

enum : unsigned char { kStdin = 0, kStdout = 1, kStderr = 2, kSystemError = 3 };

// The engine sends one sentence; what is longer than this is no sentence and is cut.
constexpr std::size_t kLongestEngineError = 64U << 10;

}  // namespace

Result<void> StdcopyDecoder::begin_frame() {
  stream_ = static_cast<unsigned char>(header_[0]);
  left_ = 0;
  for (std::size_t i = 4; i < kHeaderSize; ++i) left_ = left_ << 8 | static_cast<unsigned char>(header_[i]);
  header_size_ = 0;
  engine_error_.clear();
  if (stream_ > kSystemError) return error("Unrecognized input header: " + std::to_string(stream_));
  return {};
}

Result<void> StdcopyDecoder::decode(std::string_view bytes, PayloadSink& sink) {
  while (!bytes.empty()) {
    if (left_ == 0) {
      const std::size_t take = std::min(kHeaderSize - header_size_, bytes.size());
      std::memcpy(header_.data() + header_size_, bytes.data(), take);
      header_size_ += take;
      bytes.remove_prefix(take);
      if (header_size_ < kHeaderSize) return {};
      DL_CHECK(begin_frame());
      if (left_ == 0 && stream_ == kSystemError) return error("error from daemon in stream: ");
      continue;
    }
    const std::string_view payload = bytes.substr(0, left_);
    bytes.remove_prefix(payload.size());
    left_ -= static_cast<std::uint32_t>(payload.size());
    switch (stream_) {
      case kStdin:
      case kStdout:
        DL_CHECK(sink.out(payload));
        break;
      case kStderr:
        DL_CHECK(sink.err(payload));
        break;
      default:
        engine_error_.append(payload.substr(0, kLongestEngineError - engine_error_.size()));
        if (left_ == 0) return error("error from daemon in stream: " + engine_error_);
    }
  }
  return {};
}

}  // namespace dockerlite::stream
