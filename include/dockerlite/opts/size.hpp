#pragma once

#include <cstdint>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

/// A size with an optional binary unit, "64m", "1.5GiB", "100": bytes. Units b, k, m, g, t, p, also with "b" or "ib",
/// in any case, at most one blank before. Errors, docker's: "invalid size: 'x'", "invalid suffix: 'x'", Go's ParseFloat
/// errors. A size beyond 8 EiB becomes INT64_MIN, as in docker 28; the engine refuses it.
Result<std::int64_t> parse_ram_bytes(std::string_view text);

/// A count of CPUs as a decimal, "1.5", or a fraction, "1/4": billionths of a CPU. Errors, docker's:
/// "failed to parse x as a rational number", "value is too precise". Numbers that do not fit are refused with the first
/// text.
Result<std::int64_t> parse_nano_cpus(std::string_view text);

/// `--memory` and the like; bytes.
struct MemoryBytes {
  static constexpr std::string_view kTypeWord = "bytes";
  std::int64_t value = 0;
  Result<void> set(std::string_view text);
  bool operator==(const MemoryBytes&) const = default;
};

/// `--memory-swap`; bytes, or -1 for unlimited swap.
struct MemorySwapBytes {
  static constexpr std::string_view kTypeWord = "bytes";
  std::int64_t value = 0;
  Result<void> set(std::string_view text);
  bool operator==(const MemorySwapBytes&) const = default;
};

/// `--cpus`; billionths of a CPU.
struct NanoCpus {
  static constexpr std::string_view kTypeWord = "decimal";
  std::int64_t value = 0;
  Result<void> set(std::string_view text);
  bool operator==(const NanoCpus&) const = default;
};

/// A Go duration with unit, "1m30s"; nanoseconds. Errors: Go's time.ParseDuration's.
struct Duration {
  static constexpr std::string_view kTypeWord = "duration";
  std::int64_t value = 0;
  Result<void> set(std::string_view text);
  bool operator==(const Duration&) const = default;
};

}  // namespace dockerlite::opts
