#include "dockerlite/gpu/machine.hpp"

#include <dirent.h>

#include <algorithm>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/process.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::gpu {
namespace {

class ThisMachine final : public Machine {
 public:
  explicit ThisMachine(const util::Environment& env) : env_(env) {}

  std::optional<std::string> read(const std::string& path) const override {
    auto text = util::read_file(path);
    if (!text) return std::nullopt;
    return std::move(text).value();
  }

  std::vector<std::string> list(const std::string& directory) const override {
    std::vector<std::string> names;
    const auto close = [](DIR* handle) { ::closedir(handle); };
    const std::unique_ptr<DIR, decltype(close)> folder(::opendir(directory.c_str()), close);
    if (!folder) return names;
    while (const dirent* entry = ::readdir(folder.get()))
      if (const std::string_view name = entry->d_name; name != "." && name != "..") names.emplace_back(name);
    std::sort(names.begin(), names.end());
    return names;
  }

  std::optional<std::string> find_program(const std::string& name) const override {
    auto path = util::find_program(name, env_.value("PATH"));
    if (!path) return std::nullopt;
    return std::move(path).value();
  }

  std::optional<std::string> run(const std::vector<std::string>& argv) const override {
    auto output = util::run_process(argv, "");
    if (!output || output->exit_code != 0) return std::nullopt;
    return std::move(output->out);
  }

 private:
  const util::Environment& env_;
};

constexpr const char* kTools[] = {
    "nvidia-smi",     "nvidia-ctk", "nvidia-container-cli", "nvidia-container-runtime", "nvidia-container-runtime-hook",
    "nvidia-cdi-hook"};

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string path_of(std::string_view folder, std::string_view name, std::string_view file = {}) {
  std::string path(folder);
  path.append("/").append(name);
  if (!file.empty()) path.append("/").append(file);
  return path;
}

unsigned count_cards(const Machine& machine) {
  const std::string bus = "/sys/bus/pci/devices";
  unsigned cards = 0;
  for (const std::string& device : machine.list(bus)) {
    const auto vendor = machine.read(path_of(bus, device, "vendor"));
    const auto kind = machine.read(path_of(bus, device, "class"));
    // 0x03: display controllers, VGA and 3D ones.
    if (vendor && kind && vendor->starts_with("0x10de") && kind->starts_with("0x03")) ++cards;
  }
  return cards;
}

/// The GPUs by the files of the kernel module: without MIG slices, in the order of the PCI bus, which is that of the
/// indexes.
std::vector<Gpu> gpus_of_module(const Machine& machine) {
  const std::string folder = "/proc/driver/nvidia/gpus";
  std::vector<Gpu> gpus;
  for (const std::string& bus : machine.list(folder)) {
    Gpu gpu{std::to_string(gpus.size()), "", ""};
    const auto information = machine.read(path_of(folder, bus, "information"));
    for (const std::string& line : util::split(information.value_or(""), '\n')) {
      const auto cut = util::cut(line, ":");
      const auto value = util::trim_space(cut.after);
      if (cut.before == "Model") gpu.name = value;
      if (cut.before == "GPU UUID" && !util::contains(value, "?")) gpu.uuid = value;
    }
    gpus.push_back(std::move(gpu));
  }
  return gpus;
}

std::string between(std::string_view text, std::string_view from, std::string_view to) {
  const auto begin = util::cut(text, from);
  return begin.found ? std::string(util::trim_space(util::cut(begin.after, to).before)) : "";
}

}  // namespace

std::unique_ptr<Machine> this_machine(const util::Environment& env) { return std::make_unique<ThisMachine>(env); }

bool MachineFacts::has_tool(const std::string& name) const {
  return std::find(tools.begin(), tools.end(), name) != tools.end();
}

std::optional<std::string> parse_driver_version(std::string_view text) {
  const std::string_view line = util::cut(text, "\n").before;
  if (!util::contains(line, "Kernel Module")) return std::nullopt;
  // "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build ...": the first word with a dot
  for (const std::string& word : util::split(util::cut(line, "Kernel Module").after, ' '))
    if (util::contains(word, ".") && word.find_first_not_of("0123456789.") == std::string::npos) return word;
  return std::nullopt;
}

std::vector<Gpu> parse_gpu_list(std::string_view text) {
  // GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5ba0d6-...)
  //   MIG 1g.5gb      Device  0: (UUID: MIG-c6d4f1ef-...)
  std::vector<Gpu> gpus;
  std::string parent;
  for (const std::string& line : util::split(text, '\n')) {
    const auto head = util::cut(line, ":");
    Gpu gpu{"", between(line, "(UUID:", ")"), ""};
    if (line.starts_with("GPU ")) {
      gpu.index = util::trim_space(head.before.substr(4));
      gpu.name = between(line, ":", "(UUID:");
      parent = gpu.index;
    } else if (util::trim_space(line).starts_with("MIG ")) {
      gpu.index = parent + ":" + between(head.before, "Device", ":");
      gpu.name = between(line, " ", "Device");
    } else {
      continue;
    }
    gpus.push_back(std::move(gpu));
  }
  return gpus;
}

MachineFacts probe(const Machine& machine) {
  MachineFacts facts;
  facts.cards = count_cards(machine);
  if (const auto version = machine.read("/proc/driver/nvidia/version")) facts.driver = parse_driver_version(*version);
  if (!facts.driver)
    if (const auto version = machine.read("/sys/module/nvidia/version")) facts.driver = util::trim_space(*version);
  for (const std::string& name : machine.list("/dev")) {
    if (name == "dxg") facts.wsl = true;
    if (name.starts_with("nvidia") &&
        (all_digits(std::string_view(name).substr(6)) || name == "nvidiactl" || name == "nvidia-uvm"))
      facts.device_nodes.push_back("/dev/" + name);
  }
  for (const char* tool : kTools)
    if (machine.find_program(tool)) facts.tools.emplace_back(tool);
  for (const char* folder : {"/etc/cdi", "/var/run/cdi"})
    for (const std::string& name : machine.list(folder))
      if (name.ends_with(".yaml") || name.ends_with(".json")) facts.cdi_specs.push_back(path_of(folder, name));
  if (const auto program = machine.find_program("nvidia-smi"))
    if (const auto list = machine.run({*program, "-L"})) facts.gpus = parse_gpu_list(*list);
  if (facts.gpus.empty()) facts.gpus = gpus_of_module(machine);
  return facts;
}

}  // namespace dockerlite::gpu
