#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "transport/chunked.hpp"

namespace {

std::string decode(std::string_view body, std::size_t piece) {
  dockerlite::transport::ChunkedDecoder decoder;
  std::string payload;
  while (!body.empty() && !decoder.ended()) {
    std::string_view bytes = body.substr(0, piece);
    const std::size_t size = bytes.size();
    while (!bytes.empty() && !decoder.ended()) {
      const std::size_t before = bytes.size();
      const auto got = decoder.next(bytes);
      if (!got) return payload + "!" + got.error().message;
      if (bytes.size() == before) std::abort();
      payload += *got;
    }
    body.remove_prefix(size - bytes.size());
  }
  return payload + (decoder.ended() ? "." + std::to_string(body.size()) : "?" + decoder.cut_off().message);
}

}  // namespace

// The result does not depend on how the body is cut, but for a line too long, of which some may have been looked at.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4000) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (decode(input, input.size()) != decode(input, 1U + data[0] % 32U)) std::abort();
  return 0;
}
