#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::gpu {

/// One element of HostConfig.DeviceRequests. A member that is not there is JSON null.
struct DeviceRequest {
  std::string driver;
  std::int64_t count = 0;  ///< -1: all
  std::optional<std::vector<std::string>> device_ids;
  std::optional<std::vector<std::vector<std::string>>> capabilities;  ///< outer list: or, inner lists: and
  std::optional<std::map<std::string, std::string>> options;

  bool operator==(const DeviceRequest&) const = default;
};

/// One value of `--gpus`: "all", "2" (a count, never an index), or a CSV record of count=, device=, driver=,
/// capabilities= and options= fields. Errors: the cause that docker 28 shows after `invalid argument "x" for "--gpus"
/// flag: `.
Result<DeviceRequest> parse_gpu_request(std::string_view text);

/// The value of `--gpus`; each occurrence appends one request. Beyond docker: "auto", and a list of devices that is not
/// quoted ("device=0,1"), of which docker makes one device and a count, which every engine refuses.
class GpuOption {
 public:
  static constexpr std::string_view kTypeWord = "gpu-request";

  Result<void> set(std::string_view text);
  const std::vector<DeviceRequest>& requests() const { return requests_; }
  bool automatic() const { return automatic_; }  ///< "auto": all GPUs if the engine has any, else none
  bool given() const { return automatic_ || !requests_.empty(); }
  /// What the user may have meant otherwise, a sentence each.
  const std::vector<std::string>& notes() const { return notes_; }

  bool operator==(const GpuOption&) const = default;

 private:
  std::vector<DeviceRequest> requests_;
  std::vector<std::string> notes_;
  bool automatic_ = false;
};

/// Whether a `--device` value is a fully qualified CDI device name, "vendor/class=name"; such values are sent as one
/// request of driver "cdi" (make_cdi_request) instead of as host paths.
bool is_cdi_device_name(std::string_view text);

/// The request that docker appends after those of `--gpus` for all CDI names given with `--device`.
DeviceRequest make_cdi_request(std::vector<std::string> names);

}  // namespace dockerlite::gpu
