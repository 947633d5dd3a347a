#include "dockerlite/gpu/diagnosis.hpp"

#include <algorithm>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::gpu {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kRuntimeWay = "runtime";
constexpr const char* kCdiWay = "CDI";
constexpr const char* kHook = "nvidia-container-runtime-hook";

/// "28.5" is not below "28.10".
bool version_below(std::string_view version, std::string_view limit) {
  return version != limit && util::natural_less(version, limit);
}

Words cdi_gpus(const EngineOffer& offer) {
  Words names;
  for (const std::string& name : offer.cdi_devices)
    if (util::cut(name, "=").before == kCdiKind) names.push_back(name);
  return names;
}

std::string joined_or(const Words& words, std::string_view otherwise) {
  return words.empty() ? std::string(otherwise) : util::join(words, ", ");
}

Check check_engine(const EngineFacts& engine) {
  return {"engine", Status::ok,
          "Docker Engine " + engine.version + ", API " + engine.api_version + ", " + engine.operating_system + ", " +
              engine.architecture,
          ""};
}

Check check_requests(const EngineFacts& engine) {
  Check check{"GPU requests", Status::ok, "taken since API 1.40", ""};
  if (version_below(engine.api_version, "1.40")) {
    check.status = Status::absent;
    check.found = "not taken by API " + engine.api_version;
    check.next_step = "Use --runtime nvidia, or an engine of version 19.03 or newer.";
  }
  return check;
}

Check check_runtime(const EngineFacts& engine, const std::optional<MachineFacts>& machine) {
  const EngineOffer& offer = engine.offer;
  Check check{"runtime nvidia", Status::ok, "registered", ""};
  if (offer.has_runtime(kNvidiaRuntime)) {
    if (offer.default_runtime == kNvidiaRuntime) check.found += ", and the default";
    return check;
  }
  check.status = Status::absent;
  check.found = "not registered; the engine has " + joined_or(offer.runtimes, "none");
  if (!machine || machine->has_tool("nvidia-ctk"))
    check.next_step =
        "On the engine's machine: nvidia-ctk runtime configure --runtime=docker, then restart the engine.";
  return check;
}

Check check_cdi(const EngineFacts& engine, const std::optional<MachineFacts>& machine) {
  const Words names = cdi_gpus(engine.offer);
  Check check{"CDI devices", Status::ok, util::join(names, ", "), ""};
  if (!names.empty()) return check;
  check.status = Status::absent;
  if (version_below(engine.version, "25.0")) {
    check.found = "not known to engines before 25.0";
    return check;
  }
  if (version_below(engine.api_version, "1.50")) {
    check.status = Status::unknown;
    check.found = "not listed by engines before 28.2";
    check.next_step = "Engines from 25.0 to 28.1 take them if \"features\": {\"cdi\": true} is in their daemon.json.";
    return check;
  }
  check.found = "none of kind " + std::string(kCdiKind) + " in " +
                joined_or(engine.cdi_directories.value_or(Words{}), "any directory");
  if (!machine || machine->has_tool("nvidia-ctk"))
    check.next_step = "On the engine's machine: nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml";
  return check;
}

Check check_device_driver(const std::optional<MachineFacts>& machine) {
  Check check{std::string(kDeviceDriverCheck), Status::unknown, "no engine tells; it shows when a container starts",
              ""};
  if (!machine) return check;
  if (machine->has_tool(kHook)) {
    check.status = Status::ok;
    check.found = std::string(kHook) + " is on PATH, which engines up to 29.1 register it by";
    check.next_step = "If --gpus fails all the same: restart the engine, which looks for it when it starts.";
  } else {
    check.status = Status::absent;
    check.found = std::string(kHook) + " is not on PATH";
  }
  return check;
}

Check check_rootless() {
  return {"rootless engine", Status::unknown, "the NVIDIA hook may not change cgroups there",
          "Set no-cgroups = true in /etc/nvidia-container-runtime/config.toml, or use CDI devices."};
}

/// The machine below the engine: card, kernel module, device nodes, toolkit.
void check_machine(const MachineFacts& machine, std::vector<Check>& checks) {
  Check card{"graphics card", Status::ok, std::to_string(machine.cards) + " from NVIDIA on the PCI bus", ""};
  if (machine.wsl) {
    card.found = "/dev/dxg, the GPU of the Windows machine";
  } else if (machine.cards == 0) {
    card.status = machine.driver ? Status::unknown : Status::problem;
    card.found = "none from NVIDIA on the PCI bus";
    if (!machine.driver)
      card.next_step = "Without a card there is nothing to hand out; on a virtual machine, pass one through.";
  }
  checks.push_back(card);

  Check driver{"kernel driver", Status::ok, machine.driver.value_or(""), ""};
  if (machine.wsl) {
    driver.found = "Windows has it";
  } else if (!machine.driver) {
    driver.status = Status::problem;
    driver.found = "the kernel module nvidia is not loaded";
    driver.next_step = "Install NVIDIA's driver (Debian: apt install nvidia-driver), then modprobe nvidia or restart.";
  }
  checks.push_back(driver);

  Check nodes{"device nodes", Status::ok, util::join(machine.device_nodes, ", "), ""};
  if (machine.wsl) {
    nodes.found = "/dev/dxg";
  } else if (machine.device_nodes.empty()) {
    nodes.status = machine.driver ? Status::problem : Status::absent;
    nodes.found = "no /dev/nvidia*";
    if (machine.driver) nodes.next_step = "Run nvidia-smi once as root, or nvidia-modprobe -u -c=0.";
  }
  checks.push_back(nodes);

  Check toolkit{"container toolkit", Status::ok, "", ""};
  Words tools = machine.tools;
  std::erase(tools, "nvidia-smi");
  toolkit.found = util::join(tools, ", ");
  if (tools.empty()) {
    toolkit.status = Status::absent;
    toolkit.found = "not on PATH";
    toolkit.next_step =
        "Install the NVIDIA Container Toolkit: "
        "https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html";
  }
  checks.push_back(toolkit);

  checks.push_back({"CDI specifications", machine.cdi_specs.empty() ? Status::absent : Status::ok,
                    joined_or(machine.cdi_specs, "no files in /etc/cdi and /var/run/cdi"), ""});
}

Words ways_of(const EngineFacts& engine, const std::optional<MachineFacts>& machine) {
  Words ways;
  if (machine && machine->has_tool(kHook) && !version_below(engine.api_version, "1.40"))
    ways.emplace_back(kDeviceDriverWay);
  if (engine.offer.has_runtime(kNvidiaRuntime)) ways.emplace_back(kRuntimeWay);
  if (engine.offer.has_cdi_gpus()) ways.emplace_back(kCdiWay);
  return ways;
}

}  // namespace

std::string_view status_word(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::absent:
      return "absent";
    case Status::problem:
      return "problem";
    case Status::unknown:
      return "unknown";
  }
  return "";
}

Diagnosis diagnose(const EngineFacts& engine, const std::optional<MachineFacts>& machine) {
  Diagnosis diagnosis;
  std::vector<Check>& checks = diagnosis.checks;
  checks = {check_engine(engine), check_requests(engine), check_device_driver(machine), check_runtime(engine, machine),
            check_cdi(engine, machine)};
  if (engine.rootless) checks.push_back(check_rootless());
  if (machine) check_machine(*machine, checks);
  diagnosis.ways = ways_of(engine, machine);
  const bool stopped =
      std::any_of(checks.begin(), checks.end(), [](const Check& check) { return check.status == Status::problem; });
  diagnosis.usable = !diagnosis.ways.empty() && !stopped;
  return diagnosis;
}

std::vector<ReachableGpu> reachable_gpus(const EngineFacts& engine, const std::optional<MachineFacts>& machine) {
  std::vector<ReachableGpu> gpus;
  Words ways = ways_of(engine, machine);
  std::erase(ways, kCdiWay);
  if (machine)
    for (const Gpu& gpu : machine->gpus) gpus.push_back({gpu, ways});
  for (const std::string& name : cdi_gpus(engine.offer)) {
    const std::string id(util::cut(name, "=").after);
    if (id == "all") continue;
    const auto known = std::find_if(gpus.begin(), gpus.end(), [&](const ReachableGpu& each) {
      return each.gpu.index == id || each.gpu.uuid == id;
    });
    if (known == gpus.end()) {
      const bool is_uuid = id.starts_with("GPU-") || id.starts_with("MIG-");
      gpus.push_back({is_uuid ? Gpu{"", id, ""} : Gpu{id, "", ""}, {kCdiWay}});
    } else if (known->ways.empty() || known->ways.back() != kCdiWay) {
      known->ways.emplace_back(kCdiWay);
    }
  }
  return gpus;
}

}  // namespace dockerlite::gpu
