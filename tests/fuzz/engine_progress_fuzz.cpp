#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dockerlite/engine/progress.hpp"

namespace {

struct FixedClock : dockerlite::util::Clock {
  std::chrono::system_clock::time_point now() const override { return std::chrono::system_clock::time_point{}; }
};

std::string show(std::string_view bytes, std::size_t piece, bool terminal) {
  using dockerlite::term::WindowSize;
  dockerlite::term::StringOutput out(terminal ? std::optional(WindowSize{24, 120}) : std::nullopt);
  const FixedClock clock;
  std::string aux;
  dockerlite::engine::ProgressSink sink(&out, clock, [&](std::string_view json) { aux += json; });
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    if (!sink.on_data(part)) break;
  }
  auto outcome = sink.finish({});
  return out.text + "|" + aux + "|" + (outcome ? "" : outcome.error().message);
}

}  // namespace

// What is shown does not depend on how the stream is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool terminal = (data[0] & 128) != 0;
  if (show(input, input.size(), terminal) != show(input, 1U + data[0] % 32U, terminal)) std::abort();
  return 0;
}
