#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/gpu/machine.hpp"
#include "dockerlite/gpu/translate.hpp"

/// Why a GPU container can start on an engine, or why not: from what the engine says about itself and, if it runs on
/// this machine, from what the machine has. Pure.
namespace dockerlite::gpu {

/// By which an engine hands out GPUs for `--gpus`; also the name of the check for it.
inline constexpr std::string_view kDeviceDriverWay = "device driver";
inline constexpr std::string_view kDeviceDriverCheck = "device driver";

/// What an engine tells in /info that GPUs depend on.
struct EngineFacts {
  EngineOffer offer{};
  std::string version{};      ///< "28.5.2"
  std::string api_version{};  ///< the one in use
  std::string kernel{}, operating_system{}, architecture{};
  bool rootless = false;
  std::optional<std::vector<std::string>> cdi_directories{};  ///< nothing: the engine does not tell (API below 1.44)
  bool operator==(const EngineFacts&) const = default;
};

enum class Status {
  ok,
  absent,   ///< not there; another way may serve
  problem,  ///< no GPU container starts until it is put right
  unknown,
};
std::string_view status_word(Status status);  ///< "ok", "absent", "problem", "unknown"

struct Check {
  std::string name;
  Status status = Status::unknown;
  std::string found;      ///< what was seen
  std::string next_step;  ///< what to do about it; "" if there is nothing to do
  bool operator==(const Check&) const = default;
};

struct Diagnosis {
  std::vector<Check> checks;
  std::vector<std::string>
      ways;  ///< by which the engine hands out GPUs, as far as can be seen: "device driver", "runtime", "CDI"
  bool usable = false;  ///< a GPU container can start
  bool operator==(const Diagnosis&) const = default;
};

/// `machine` is nothing if the engine is on another one.
Diagnosis diagnose(const EngineFacts& engine, const std::optional<MachineFacts>& machine);

/// A GPU that the engine can hand out, and how.
struct ReachableGpu {
  Gpu gpu;
  std::vector<std::string> ways;
  bool operator==(const ReachableGpu&) const = default;
};

/// This machine's GPUs, and those that the engine lists as CDI devices.
std::vector<ReachableGpu> reachable_gpus(const EngineFacts& engine, const std::optional<MachineFacts>& machine);

}  // namespace dockerlite::gpu
