#include "dockerlite/stream/stdcopy.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace dockerlite::stream {
namespace {

enum : unsigned char { kStdin = 0, kStdout = 1, kStderr = 2, kSystemError = 3 };

// The engine sends one sentence; what is longer than this is no sentence and is cut.
constexpr std::size_t kLongestEngineError = 64U << 10;

}  // namespace

Result<void> StdcopyDecoder::begin_frame(const char* header) {
  std::uint32_t size = 0;  // in network order
  std::memcpy(&size, header + 4, sizeof size);
  stream_ = static_cast<unsigned char>(header[0]);
  left_ = ntohl(size);
  header_size_ = 0;
  engine_error_.clear();
  if (stream_ > kSystemError) return error("Unrecognized input header: " + std::to_string(stream_));
  return {};
}

Result<void> StdcopyDecoder::decode(std::string_view bytes, PayloadSink& sink) {
  while (!bytes.empty()) {
    if (left_ == 0) {
      if (header_size_ == 0 && bytes.size() >= kHeaderSize) {  // as nearly always
        DL_CHECK(begin_frame(bytes.data()));
        bytes.remove_prefix(kHeaderSize);
      } else {
        const std::size_t take = std::min(kHeaderSize - header_size_, bytes.size());
        std::memcpy(header_.data() + header_size_, bytes.data(), take);
        header_size_ += take;
        bytes.remove_prefix(take);
        if (header_size_ < kHeaderSize) return {};
        DL_CHECK(begin_frame(header_.data()));
      }
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
