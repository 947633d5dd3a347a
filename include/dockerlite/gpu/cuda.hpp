#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dockerlite::gpu {

/// A CUDA release that an image needs and the machine's driver is too old for.
struct CudaShortfall {
  std::string needs;            ///< "12.4"
  std::string driver;           ///< "535.104.05"
  std::string driver_supports;  ///< "12.2"
  bool operator==(const CudaShortfall&) const = default;
};

/// Whether a driver is too old for an image, by the image's NVIDIA_REQUIRE_CUDA: blanks separate alternatives, commas
/// the conditions of one. The answer is meant as a hint and so never a false alarm: nothing if an alternative may hold
/// (conditions on other things than `cuda` and `driver` do), if the driver is newer or older than all that are known
/// here, or if either text cannot be read.
std::optional<CudaShortfall> cuda_shortfall(std::string_view require_cuda, std::string_view driver_version);

}  // namespace dockerlite::gpu
