#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dockerlite/reference/reference.hpp"

using namespace dockerlite;

/// What is accepted must read the same when its normal form is read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto parsed = reference::parse(text); parsed && !parsed->domain.empty()) {
    const auto again = reference::parse(parsed->text());
    if (!again || !(*again == *parsed)) std::abort();
  }
  static_cast<void>(reference::parse_any(text));
  return 0;
}
