#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dockerlite/gpu/gpu_request.hpp"

using namespace dockerlite;

/// A request is complete: docker sends neither null capabilities nor null options for --gpus.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto request = gpu::parse_gpu_request(text))
    if (!request->capabilities || !request->options) std::abort();
  if (gpu::is_cdi_device_name(text) && text.find('/') == std::string_view::npos) std::abort();
  return 0;
}
