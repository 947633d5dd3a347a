#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "transport/http_head.hpp"

// A head that is complete is parsed or refused, whatever follows it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dockerlite::transport;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto length = head_length(input);
  if (!length) return 0;
  if (*length > size || input[*length - 1] != '\n') std::abort();
  const auto whole = parse_head(input);
  const auto head = parse_head(input.substr(0, *length));
  if (whole.ok() != head.ok()) std::abort();
  if (!head) return 0;
  if (head->status < 0 || head->status > 999) std::abort();
  for (const auto& [name, value] : head->headers)
    if ((name + value).find('\n') != std::string::npos) std::abort();
  return 0;
}
