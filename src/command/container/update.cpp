#include "dockerlite/engine/update.hpp"

#include "../batch.hpp"
#include "dockerlite/cli/choices.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/opts/size.hpp"

namespace dockerlite::command {
namespace {

/// Each member remembers whether it was given: one has to be.
struct UpdateOptions {
  std::optional<std::uint16_t> blkio_weight;
  std::optional<std::int64_t> cpu_period, cpu_quota, cpu_realtime_period, cpu_realtime_runtime, cpu_shares, pids_limit;
  std::optional<std::string> cpuset_cpus, cpuset_mems, restart;
  std::optional<opts::MemoryBytes> memory, memory_reservation, kernel_memory;
  std::optional<opts::MemorySwapBytes> memory_swap;
  std::optional<opts::NanoCpus> cpus;
  std::vector<std::string> arguments;
  bool operator==(const UpdateOptions&) const = default;
};

using O = UpdateOptions;
constexpr std::array kOptions{
    cli::option<&O::blkio_weight>("blkio-weight", 0, "Share of block I/O, from 10 to 1000; 0 turns it off")
        .with_default("0"),
    cli::option<&O::cpu_period>("cpu-period", 0, "Length of the scheduler's period in microseconds"),
    cli::option<&O::cpu_quota>("cpu-quota", 0, "CPU time in each period in microseconds"),
    cli::option<&O::cpu_realtime_period>("cpu-rt-period", 0, "Length of the real-time period in microseconds")
        .with_since("1.25"),
    cli::option<&O::cpu_realtime_runtime>("cpu-rt-runtime", 0, "Real-time CPU time in each period in microseconds")
        .with_since("1.25"),
    cli::option<&O::cpu_shares>("cpu-shares", 'c', "Share of CPU time when it is scarce"),
    cli::option<&O::cpus>("cpus", 0, "Number of CPUs, as in 1.5").with_since("1.29"),
    cli::option<&O::cpuset_cpus>("cpuset-cpus", 0, "CPUs that may be used, as in 0-3 or 0,1"),
    cli::option<&O::cpuset_mems>("cpuset-mems", 0, "Memory nodes that may be used, as in 0-3 or 0,1"),
    cli::option<&O::kernel_memory>("kernel-memory", 0, "Limit of kernel memory").as_hidden(),
    cli::option<&O::memory>("memory", 'm', "Limit of memory"),
    cli::option<&O::memory_reservation>("memory-reservation", 0, "Memory to go down to when memory is scarce"),
    cli::option<&O::memory_swap>("memory-swap", 0, "Limit of memory and swap together; -1 for unlimited swap"),
    cli::option<&O::pids_limit>("pids-limit", 0, "Limit of processes and threads; -1 for none").with_since("1.40"),
    cli::option<&O::restart>("restart", 0, "When to start the container again after it ended")
        .with_choices(cli::kRestartChoices),
};
static_assert(cli::valid_options(kOptions));

Result<engine::ContainerUpdate> update_of(const UpdateOptions& options) {
  opts::RestartPolicy restart;
  if (options.restart && !options.restart->empty()) {
    DL_TRY(restart, opts::parse_restart_policy(*options.restart));
  }
  return engine::ContainerUpdate{
      .blkio_weight = options.blkio_weight.value_or(0),
      .cpu_period = options.cpu_period.value_or(0),
      .cpu_quota = options.cpu_quota.value_or(0),
      .cpu_realtime_period = options.cpu_realtime_period.value_or(0),
      .cpu_realtime_runtime = options.cpu_realtime_runtime.value_or(0),
      .cpu_shares = options.cpu_shares.value_or(0),
      .cpuset_cpus = options.cpuset_cpus.value_or(""),
      .cpuset_mems = options.cpuset_mems.value_or(""),
      .memory = options.memory.value_or(opts::MemoryBytes{}).value,
      .memory_reservation = options.memory_reservation.value_or(opts::MemoryBytes{}).value,
      .memory_swap = options.memory_swap.value_or(opts::MemorySwapBytes{}).value,
      .kernel_memory = options.kernel_memory.value_or(opts::MemoryBytes{}).value,
      .nano_cpus = options.cpus.value_or(opts::NanoCpus{}).value,
      .pids_limit = options.pids_limit.value_or(0),
      .restart_policy = restart,
  };
}

Result<std::vector<std::string>> update_container(engine::Client& engine, const std::string& name,
                                                  const std::string& body) {
  DL_TRY(std::string path, engine::container_path(name, "update"));
  DL_TRY(const std::string answer, engine.call({.method = transport::Method::post,
                                                .path = std::move(path),
                                                .body = body,
                                                .content_type = "application/json"}));
  return engine::decode_warnings(answer);
}

Result<void> run(Context& context, UpdateOptions& options) {
  UpdateOptions unchanged;
  unchanged.arguments = options.arguments;
  if (options == unchanged) return error("you must provide one or more flags when using this command");
  DL_TRY(const auto update, update_of(options));
  DL_TRY(engine::Client* const engine, context.engine());
  const std::string body = engine::update_body(update);
  std::vector<Error> errors;
  std::vector<std::string> warnings;
  for (const auto& name : options.arguments) {
    if (auto result = update_container(*engine, name, body)) {
      context.io.out.write(name + "\n");
      warnings.insert(warnings.end(), result->begin(), result->end());
    } else {
      errors.push_back(std::move(result).error());
    }
  }
  for (const auto& warning : warnings) context.io.out.write(warning + "\n");
  return join_errors(std::move(errors));
}

constexpr std::string_view kNames[] = {"container update", "update"};

}  // namespace

constinit const cli::CommandSpec container_update = cli::make_command<UpdateOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Change the limits of one or more containers",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::containers,
});

}  // namespace dockerlite::command
