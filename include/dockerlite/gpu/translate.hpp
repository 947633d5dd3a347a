#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/gpu/gpu_request.hpp"
#include "dockerlite/util/result.hpp"

/// The three ways to ask for GPUs - device requests, the runtime `nvidia` with its environment variables, CDI devices -
/// and how to turn one into another for an engine that does not serve the one that was asked for. Everything here is
/// pure: what the engine has is given, and what it answered.
namespace dockerlite::gpu {

inline constexpr std::string_view kNvidiaRuntime = "nvidia";
inline constexpr std::string_view kVisibleDevices = "NVIDIA_VISIBLE_DEVICES";
inline constexpr std::string_view kDriverCapabilities = "NVIDIA_DRIVER_CAPABILITIES";
inline constexpr std::string_view kCdiKind = "nvidia.com/gpu";

/// How a container is to get its GPUs: the members of a create request that decide it.
struct GpuSettings {
  std::string runtime{};                   ///< HostConfig.Runtime; "" for the engine's default
  std::vector<DeviceRequest> requests{};   ///< HostConfig.DeviceRequests
  std::vector<std::string> environment{};  ///< Config.Env, as NAME=VALUE
  bool operator==(const GpuSettings&) const = default;
};

/// What an engine says about itself in /info, as far as it has to do with GPUs. The nvidia device driver is not among
/// it: no engine tells whether it has it.
struct EngineOffer {
  std::vector<std::string> runtimes{};
  std::string default_runtime{};
  std::vector<std::string> cdi_devices{};  ///< qualified names: "nvidia.com/gpu=0"
  bool operator==(const EngineOffer&) const = default;

  bool has_runtime(std::string_view name) const;
  bool has_cdi_gpus() const;  ///< devices of kind nvidia.com/gpu
};

struct Translation {
  GpuSettings settings;
  std::string notice;  ///< one sentence for the user: what is done instead of what
  bool operator==(const Translation&) const = default;
};

/// Device requests as runtime and environment. Errors say what cannot be expressed so: another runtime that was asked
/// for, a count together with IDs (the engine's words), other drivers, CDI names, capabilities that no driver has (the
/// engine's words). Options are dropped: no driver looks at them.
Result<Translation> requests_to_runtime(const GpuSettings& settings);

/// The runtime `nvidia` as a device request, from NVIDIA_VISIBLE_DEVICES and NVIDIA_DRIVER_CAPABILITIES of the
/// container's own environment, else of its image's. The variables stay, for the engine's own come after them. No GPU
/// asked for: no request. Errors say what cannot be expressed so: "none", capabilities that no device driver has.
Result<Translation> runtime_to_requests(const GpuSettings& settings, const std::vector<std::string>& image_environment);

/// Device requests as CDI devices, the same GPUs by index or UUID. Errors: a GPU that is not among the engine's CDI
/// devices, and those of requests_to_runtime.
Result<Translation> requests_to_cdi(const GpuSettings& settings, const EngineOffer& offer);

/// What the engine's answer to a create or start says about GPUs.
enum class Refusal {
  none,
  no_device_driver,  ///< could not select device driver "" with capabilities: [[gpu]]
  no_runtime,        ///< Unknown runtime specified nvidia; unknown or invalid runtime name: nvidia
};
Refusal refusal_of(std::string_view engine_message);

/// What to ask for instead after `refusal`; nothing if the engine has nothing else, or what was asked for cannot be
/// expressed in it.
std::optional<Translation> translate_after(Refusal refusal, const GpuSettings& settings, const EngineOffer& offer,
                                           const std::vector<std::string>& image_environment);

/// What to ask an engine for that knows no device requests (API below 1.40); nothing if there is no request, or no way.
std::optional<Translation> translate_for_old_engine(const GpuSettings& settings, const EngineOffer& offer);

/// The value of the last NAME=VALUE of this name.
std::optional<std::string> environment_value(const std::vector<std::string>& environment, std::string_view name);

}  // namespace dockerlite::gpu
