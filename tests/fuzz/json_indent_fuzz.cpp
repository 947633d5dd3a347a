#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dockerlite/format/json_indent.hpp"

// Both forms accept the same texts; compacting what was indented gives what compacting the input gives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  std::string compact;
  std::string indented;
  const bool accepted = dockerlite::format::compact_json(compact, input).ok();
  if (dockerlite::format::indent_json(indented, input).ok() != accepted) std::abort();
  if (!accepted) {
    if (!compact.empty() || !indented.empty()) std::abort();
    return 0;
  }
  std::string again;
  if (!dockerlite::format::compact_json(again, indented) || again != compact) std::abort();
  return 0;
}
