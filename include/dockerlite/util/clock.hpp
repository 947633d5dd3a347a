#pragma once

#include <chrono>

namespace dockerlite::util {

/// Where "now" comes from; tests use a fixed one.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::chrono::system_clock::time_point now() const { return std::chrono::system_clock::now(); }
};

}  // namespace dockerlite::util
