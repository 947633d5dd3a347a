#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dockerlite/stream/stdcopy.hpp"

namespace {

struct Recorder : dockerlite::stream::PayloadSink {
  std::string text;
  dockerlite::Result<void> out(std::string_view bytes) override {
    for (const char c : bytes) (text += 'o') += c;
    return {};
  }
  dockerlite::Result<void> err(std::string_view bytes) override {
    for (const char c : bytes) (text += 'e') += c;
    return {};
  }
};

std::string decode(std::string_view bytes, std::size_t piece) {
  dockerlite::stream::StdcopyDecoder decoder;
  Recorder recorder;
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    if (auto result = decoder.decode(part, recorder); !result) return recorder.text + "!" + result.error().message;
  }
  return recorder.text + (decoder.at_boundary() ? "." : "?");
}

}  // namespace

// The result does not depend on how the stream is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (decode(input, input.size()) != decode(input, 1U + data[0] % 32U)) std::abort();
  return 0;
}
