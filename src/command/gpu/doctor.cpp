#include <algorithm>

#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/format/list_format.hpp"
#include "dockerlite/format/template.hpp"
#include "survey.hpp"
#include "trial.hpp"

namespace dockerlite::command {
namespace {

struct DoctorOptions {
  std::string format, image;
  std::vector<std::string> arguments;
  bool operator==(const DoctorOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&DoctorOptions::format>("format", 0, "How to print: 'table', 'json', or a Go template"),
    cli::option<&DoctorOptions::image>("image", 0, "Prove it by starting a container of `IMAGE`, which has to be there")
        .with_completion(cli::Completion::images),
};
static_assert(cli::valid_options(kOptions));

std::string table(const gpu::Diagnosis& diagnosis) {
  std::string cells = "CHECK\tSTATUS\tFOUND\n";
  std::string steps;
  for (const gpu::Check& check : diagnosis.checks) {
    cells += check.name + "\t" + std::string(gpu::status_word(check.status)) + "\t" + check.found + "\n";
    if (!check.next_step.empty()) steps += "  " + check.name + ": " + check.next_step + "\n";
  }
  std::string out;
  format::append_aligned(out, cells);
  if (!steps.empty()) out += "\nWhat can be done:\n" + steps;
  out += "\n";
  if (diagnosis.usable)
    out += "GPU containers can start, by: " + util::join(diagnosis.ways, ", ") + "\n";
  else
    out += "No GPU container can start.\n";
  return out;
}

format::Value to_value(const gpu::Diagnosis& diagnosis) {
  using format::Value;
  std::vector<Value> checks;
  for (const gpu::Check& check : diagnosis.checks)
    checks.push_back(Value::map({{"Name", Value::string(check.name)},
                                 {"Status", Value::string(std::string(gpu::status_word(check.status)))},
                                 {"Found", Value::string(check.found)},
                                 {"NextStep", Value::string(check.next_step)}}));
  return Value::map({{"Usable", Value::boolean(diagnosis.usable)},
                     {"Ways", Value::strings(diagnosis.ways)},
                     {"Checks", Value::slice(std::move(checks))}});
}

Result<std::string> formatted(const gpu::Diagnosis& diagnosis, const std::string& format) {
  if (format.empty() || format == "table") return table(diagnosis);
  if (format == "json") return to_value(diagnosis).to_json(true) + "\n";
  std::string out;
  auto parsed = format::Template::parse(format);
  Result<void> done = parsed ? parsed->execute(to_value(diagnosis), out) : Result<void>(parsed.error());
  if (!done) return error("template parsing error: " + done.error().message);
  return out + "\n";
}

/// What a start has shown counts more than what could be seen before.
void add_trial(gpu::Diagnosis& diagnosis, GpuTrial trial) {
  diagnosis.usable = trial.check.status == gpu::Status::ok;
  if (trial.by_device_driver) {
    for (gpu::Check& check : diagnosis.checks)
      if (check.name == gpu::kDeviceDriverCheck) check = {check.name, gpu::Status::ok, "gave a container its GPUs", ""};
    if (std::find(diagnosis.ways.begin(), diagnosis.ways.end(), gpu::kDeviceDriverWay) == diagnosis.ways.end())
      diagnosis.ways.insert(diagnosis.ways.begin(), std::string(gpu::kDeviceDriverWay));
  }
  diagnosis.checks.push_back(std::move(trial.check));
}

Result<void> run(Context& context, DoctorOptions& options) {
  DL_TRY(const GpuSurvey survey, survey_gpus(context));
  gpu::Diagnosis diagnosis = gpu::diagnose(survey.engine, survey.machine);
  if (!options.image.empty()) {
    DL_TRY(engine::Client* const engine, context.engine());
    add_trial(diagnosis, try_gpu_container(*engine, survey.engine.offer, options.image));
  }
  DL_TRY(const std::string out, formatted(diagnosis, options.format));
  context.io.out.write(out);
  if (diagnosis.usable) return {};
  return Error{ErrorKind::exit_status, "", 0, 1};
}

constexpr std::string_view kNames[] = {"gpu doctor"};

}  // namespace

constinit const cli::CommandSpec gpu_doctor = cli::make_command<DoctorOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS]",
    .summary = "Check whether GPU containers can start, and what is missing",
    .description = "Check what the engine and, if it runs here, this machine have for GPU containers. The exit code is "
                   "0 only if one "
                   "can start.",
    .options = kOptions,
    .arguments = cli::Arguments::none(),
});

}  // namespace dockerlite::command
