#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dockerlite/util/environment.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::gpu {

/// The files and programs of a machine; tests make one up.
class Machine {
 public:
  virtual ~Machine() = default;
  /// The content of a file, or nothing if it cannot be read.
  virtual std::optional<std::string> read(const std::string& path) const = 0;
  /// The names in a directory, sorted; none if it cannot be read.
  virtual std::vector<std::string> list(const std::string& directory) const = 0;
  /// The path of a program on PATH, or nothing.
  virtual std::optional<std::string> find_program(const std::string& name) const = 0;
  /// What a program prints on stdout; nothing if it fails.
  virtual std::optional<std::string> run(const std::vector<std::string>& argv) const = 0;
};

/// The machine that this program runs on. `env` must outlive it.
std::unique_ptr<Machine> this_machine(const util::Environment& env);

/// A GPU, or a MIG slice of one.
struct Gpu {
  std::string index{};  ///< as `--gpus device=` takes it: "0", or "0:1" for a MIG slice; "" if it is not known
  std::string uuid{};   ///< "GPU-...", "MIG-..."; "" if it is not known
  std::string name{};   ///< "NVIDIA H100 80GB HBM3"
  bool operator==(const Gpu&) const = default;
};

/// What a machine has for GPUs.
struct MachineFacts {
  unsigned cards = 0;                       ///< NVIDIA display controllers on the PCI bus
  bool wsl = false;                         ///< Windows' Linux, where /dev/dxg is the GPU
  std::optional<std::string> driver{};      ///< version of the loaded kernel module
  std::vector<std::string> device_nodes{};  ///< /dev/nvidia0, ...
  std::vector<std::string> tools{};         ///< of the NVIDIA Container Toolkit, and nvidia-smi, that are on PATH
  std::vector<std::string> cdi_specs{};     ///< files in /etc/cdi and /var/run/cdi
  std::vector<Gpu> gpus{};
  bool operator==(const MachineFacts&) const = default;

  bool has_tool(const std::string& name) const;
};

MachineFacts probe(const Machine& machine);

/// The GPUs in the output of `nvidia-smi -L`.
std::vector<Gpu> parse_gpu_list(std::string_view text);
/// The version in /proc/driver/nvidia/version.
std::optional<std::string> parse_driver_version(std::string_view text);

}  // namespace dockerlite::gpu
