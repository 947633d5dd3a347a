#include <map>

#include "dockerlite/gpu/diagnosis.hpp"
#include "support/catch.hpp"

namespace dockerlite::gpu {
namespace {

using Words = std::vector<std::string>;

/// A machine made of a few files and programs. Directories follow from the files' paths.
class FakeMachine final : public Machine {
 public:
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> programs;  ///< name, and what it prints

  std::optional<std::string> read(const std::string& path) const override {
    const auto file = files.find(path);
    return file == files.end() ? std::nullopt : std::optional(file->second);
  }
  Words list(const std::string& directory) const override {
    Words names;
    for (const auto& [path, content] : files)
      if (path.starts_with(directory + "/")) {
        const std::string rest = path.substr(directory.size() + 1);
        const std::string name = rest.substr(0, rest.find('/'));
        if (names.empty() || names.back() != name) names.push_back(name);
      }
    return names;
  }
  std::optional<std::string> find_program(const std::string& name) const override {
    return programs.contains(name) ? std::optional("/bin/" + name) : std::nullopt;
  }
  std::optional<std::string> run(const Words& argv) const override {
    return argv.at(1) == "-L" ? std::optional(programs.at(argv.at(0).substr(5))) : std::nullopt;
  }
};

FakeMachine machine_with_card() {
  FakeMachine machine;
  machine.files = {{"/sys/bus/pci/devices/0000:01:00.0/vendor", "0x10de\n"},
                   {"/sys/bus/pci/devices/0000:01:00.0/class", "0x030200\n"},
                   {"/sys/bus/pci/devices/0000:01:00.1/vendor", "0x10de\n"},
                   {"/sys/bus/pci/devices/0000:01:00.1/class", "0x040300\n"},
                   {"/sys/bus/pci/devices/0000:00:02.0/vendor", "0x8086\n"},
                   {"/sys/bus/pci/devices/0000:00:02.0/class", "0x030000\n"}};
  return machine;
}

FakeMachine machine_with_driver() {
  FakeMachine machine = machine_with_card();
  machine.files["/proc/driver/nvidia/version"] =
      "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build  (dvs-builder@U16)\nGCC "
      "version: 12\n";
  machine.files["/proc/driver/nvidia/gpus/0000:01:00.0/information"] =
      "Model: \t\t NVIDIA T4\nIRQ:   \t\t 16\nGPU UUID: \t GPU-1234\nBus Location: \t 0000:01:00.0\n";
  for (const char* node : {"nvidia0", "nvidiactl", "nvidia-uvm", "nvidia-caps", "null"})
    machine.files[std::string("/dev/") + node] = "";
  return machine;
}

EngineFacts engine_20() {
  EngineFacts engine;
  engine.version = "20.10.24";
  engine.api_version = "1.41";
  engine.operating_system = "Debian 12";
  engine.architecture = "x86_64";
  engine.offer = {{"runc"}, "runc", {}};
  return engine;
}

EngineFacts engine_28() {
  EngineFacts engine = engine_20();
  engine.version = "28.5.2";
  engine.api_version = "1.50";
  engine.cdi_directories = {"/etc/cdi", "/var/run/cdi"};
  return engine;
}

Check find(const Diagnosis& diagnosis, std::string_view name) {
  for (const Check& check : diagnosis.checks)
    if (check.name == name) return check;
  return {};
}

}  // namespace

TEST_CASE("The driver's version is read from each form of its version line") {
  CHECK(parse_driver_version(
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\n") ==
        std::optional<std::string>("535.104.05"));
  CHECK(parse_driver_version(
            "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build  (x@y)\n") ==
        std::optional<std::string>("550.54.14"));
  CHECK(parse_driver_version("something else 1.2\n") == std::nullopt);
  CHECK(parse_driver_version("") == std::nullopt);
}

TEST_CASE("GPUs and MIG slices are read from nvidia-smi -L") {
  CHECK(parse_gpu_list("GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5b)\n"
                       "  MIG 1g.5gb      Device  0: (UUID: MIG-c6d4)\n"
                       "  MIG 3g.20gb     Device  1: (UUID: MIG-cba6)\n"
                       "GPU 1: NVIDIA T4 (UUID: GPU-77aa)\nnoise\n") ==
        std::vector<Gpu>{{"0", "GPU-5d5b", "NVIDIA A100-SXM4-40GB"},
                         {"0:0", "MIG-c6d4", "MIG 1g.5gb"},
                         {"0:1", "MIG-cba6", "MIG 3g.20gb"},
                         {"1", "GPU-77aa", "NVIDIA T4"}});
  CHECK(parse_gpu_list("").empty());
}

TEST_CASE("A machine is probed through its files and programs") {
  CHECK(probe(FakeMachine{}) == MachineFacts{});

  MachineFacts with_driver;
  with_driver.cards = 1;
  with_driver.driver = "550.54.14";
  with_driver.device_nodes = {"/dev/nvidia-uvm", "/dev/nvidia0", "/dev/nvidiactl"};
  with_driver.gpus = {{"0", "GPU-1234", "NVIDIA T4"}};
  CHECK(probe(machine_with_driver()) == with_driver);

  FakeMachine full = machine_with_driver();
  full.programs = {{"nvidia-smi", "GPU 0: NVIDIA T4 (UUID: GPU-9)\n"}, {"nvidia-ctk", ""}};
  full.files["/etc/cdi/nvidia.yaml"] = "";
  full.files["/etc/cdi/readme"] = "";
  full.files["/var/run/cdi/x.json"] = "";
  MachineFacts all = with_driver;
  all.tools = {"nvidia-smi", "nvidia-ctk"};
  all.cdi_specs = {"/etc/cdi/nvidia.yaml", "/var/run/cdi/x.json"};
  all.gpus = {{"0", "GPU-9", "NVIDIA T4"}};
  CHECK(probe(full) == all);
}

TEST_CASE("An engine with none of the ways, on a machine without a card, cannot start a GPU container") {
  const Diagnosis diagnosis = diagnose(engine_20(), MachineFacts{});
  CHECK_FALSE(diagnosis.usable);
  CHECK(diagnosis.ways.empty());
  CHECK(find(diagnosis, "graphics card") ==
        Check{"graphics card", Status::problem, "none from NVIDIA on the PCI bus",
              "Without a card there is nothing to hand out; on a virtual machine, pass one through."});
  CHECK(find(diagnosis, "kernel driver").status == Status::problem);
  CHECK(find(diagnosis, "runtime nvidia") ==
        Check{"runtime nvidia", Status::absent, "not registered; the engine has runc", ""});
  CHECK(find(diagnosis, "CDI devices") == Check{"CDI devices", Status::absent, "not known to engines before 25.0", ""});
  CHECK(find(diagnosis, "container toolkit").status == Status::absent);
}

TEST_CASE("A card without its driver stops even an engine that has the runtime") {
  EngineFacts engine = engine_20();
  engine.offer.runtimes.emplace_back("nvidia");
  const Diagnosis diagnosis = diagnose(engine, probe(machine_with_card()));
  CHECK(diagnosis.ways == Words{"runtime"});
  CHECK_FALSE(diagnosis.usable);
  CHECK(find(diagnosis, "kernel driver") ==
        Check{"kernel driver", Status::problem, "the kernel module nvidia is not loaded",
              "Install NVIDIA's driver (Debian: apt install nvidia-driver), then modprobe nvidia or restart."});
}

TEST_CASE("Each way by itself makes GPUs usable on a machine with the driver") {
  const MachineFacts machine = probe(machine_with_driver());
  EngineFacts runtime = engine_20();
  runtime.offer = {{"nvidia", "runc"}, "nvidia", {}};
  CHECK(diagnose(runtime, machine).usable);
  CHECK(find(diagnose(runtime, machine), "runtime nvidia") ==
        Check{"runtime nvidia", Status::ok, "registered, and the default", ""});

  EngineFacts cdi = engine_28();
  cdi.offer.cdi_devices = {"nvidia.com/gpu=0", "nvidia.com/gpu=all", "other.com/x=0"};
  CHECK(diagnose(cdi, machine).ways == Words{"CDI"});
  CHECK(diagnose(cdi, machine).usable);
  CHECK(find(diagnose(cdi, machine), "CDI devices") ==
        Check{"CDI devices", Status::ok, "nvidia.com/gpu=0, nvidia.com/gpu=all", ""});

  FakeMachine with_hook = machine_with_driver();
  with_hook.programs = {{"nvidia-container-runtime-hook", ""}};
  CHECK(diagnose(engine_20(), probe(with_hook)).ways == Words{"device driver"});
  CHECK(diagnose(engine_20(), probe(with_hook)).usable);
  CHECK_FALSE(diagnose(engine_20(), machine).usable);
}

TEST_CASE("Of an engine on another machine only what it says counts") {
  EngineFacts engine = engine_28();
  CHECK_FALSE(diagnose(engine, std::nullopt).usable);
  CHECK(diagnose(engine, std::nullopt).checks.size() == 5);
  engine.offer.runtimes.emplace_back("nvidia");
  CHECK(diagnose(engine, std::nullopt).usable);
}

TEST_CASE("An old engine, an engine that lists no CDI devices, and a rootless one are told apart") {
  EngineFacts old = engine_20();
  old.api_version = "1.39";
  CHECK(find(diagnose(old, std::nullopt), "GPU requests").status == Status::absent);
  EngineFacts middle = engine_20();
  middle.version = "26.1.5";
  middle.api_version = "1.45";
  CHECK(find(diagnose(middle, std::nullopt), "CDI devices").status == Status::unknown);
  CHECK(find(diagnose(engine_28(), std::nullopt), "CDI devices") ==
        Check{"CDI devices", Status::absent, "none of kind nvidia.com/gpu in /etc/cdi, /var/run/cdi",
              "On the engine's machine: nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml"});
  EngineFacts rootless = engine_28();
  rootless.rootless = true;
  CHECK(find(diagnose(rootless, std::nullopt), "rootless engine").status == Status::unknown);
  CHECK(find(diagnose(engine_28(), std::nullopt), "rootless engine") == Check{});
}

TEST_CASE("Windows' Linux needs neither card nor device nodes") {
  FakeMachine machine;
  machine.files["/dev/dxg"] = "";
  EngineFacts engine = engine_28();
  engine.offer.runtimes.emplace_back("nvidia");
  CHECK(diagnose(engine, probe(machine)).usable);
}

TEST_CASE("GPUs are listed with the ways in which they can be reached") {
  EngineFacts engine = engine_28();
  engine.offer = {
      {"nvidia"},
      "runc",
      {"nvidia.com/gpu=0", "nvidia.com/gpu=GPU-1", "nvidia.com/gpu=1", "nvidia.com/gpu=GPU-x", "nvidia.com/gpu=all"}};
  MachineFacts machine;
  machine.gpus = {{"0", "GPU-0", "T4"}, {"1", "GPU-1", "T4"}};
  CHECK(reachable_gpus(engine, machine) == std::vector<ReachableGpu>{{{"0", "GPU-0", "T4"}, {"runtime", "CDI"}},
                                                                     {{"1", "GPU-1", "T4"}, {"runtime", "CDI"}},
                                                                     {{"", "GPU-x", ""}, {"CDI"}}});
  CHECK(reachable_gpus(engine, std::nullopt).size() == 4);
  CHECK(reachable_gpus(engine_20(), std::nullopt).empty());
}

}  // namespace dockerlite::gpu
