#pragma once

#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// Hands a stream from the thread that receives it to the one that works on it, a few pieces at a time.
class CopyPipe {
 public:
  /// The writer's side: waits while the pipe is full; false once nobody reads any more.
  bool push(std::string_view bytes);
  /// The writer's end of it: what the reader gets after the last piece.
  void finish(Result<void> outcome);

  /// The reader's side: the next piece, valid until the next call; empty at the end.
  Result<std::string_view> next();
  /// The reader's end of it.
  void close();

 private:
  static constexpr std::size_t kPieces = 4;
  static constexpr std::size_t kPieceSize = 128U << 10;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<std::string, kPieces> pieces_;
  std::size_t pushed_ = 0, taken_ = 0;  ///< counts; the reader holds piece `taken_` - 1
  std::size_t released_ = 0;            ///< pieces that the reader is done with
  std::optional<Result<void>> outcome_;
  bool closed_ = false;
};

}  // namespace dockerlite::command
