#pragma once

#include <chrono>
#include <cstddef>
#include <thread>

namespace dockerlite::transport {

/// An engine that writes its answer line by line would wake us for each line, and one that writes it block by block for
/// each block. Once pieces that leave room in our buffer follow one another without a pause, some are left to gather in
/// the socket before the next look: for a fraction of a millisecond, which nobody sees.
class Pacer {
 public:
  /// After each round of reading, with the number of bytes that it gave.
  void after_round(std::size_t bytes) {
    constexpr std::size_t kLines = 16U << 10, kBlocks = 100U << 10;
    constexpr auto kPause = std::chrono::milliseconds(1);
    constexpr std::chrono::microseconds kGatherLines{500}, kGatherBlocks{60};
    constexpr int kEnough = 8;
    if (bytes == 0) return;
    const auto now = std::chrono::steady_clock::now();
    in_a_row_ = bytes < kBlocks && now - last_ < kPause ? in_a_row_ + 1 : 0;
    last_ = now;
    if (in_a_row_ < kEnough) return;
    std::this_thread::sleep_for(bytes < kLines ? kGatherLines : kGatherBlocks);
    last_ = std::chrono::steady_clock::now();
  }

 private:
  std::chrono::steady_clock::time_point last_;
  int in_a_row_ = 0;
};

}  // namespace dockerlite::transport
