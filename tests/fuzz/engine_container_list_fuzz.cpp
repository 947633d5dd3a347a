#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "dockerlite/engine/containers.hpp"

// What a whole parser accepts is decoded, unless it is no list, in any order and kind of members.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto list = dockerlite::engine::decode_containers(body);
  // The other parser takes a NUL for the end of the text.
  const bool whole = body.find('\0') == std::string_view::npos && nlohmann::json::accept(body.begin(), body.end());
  if (whole && !list && !list.error().message.starts_with("json: cannot unmarshal ")) std::abort();
  return 0;
}
