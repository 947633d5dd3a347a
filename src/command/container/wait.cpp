#include "../batch.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/interactive.hpp"
#include "wait_until.hpp"

namespace dockerlite::command {
namespace {

struct WaitOptions {
  std::string condition;
  std::optional<WaitTimeout> timeout;
  std::vector<std::string> arguments;
  bool operator==(const WaitOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&WaitOptions::condition>(
        "condition", 0, "What to wait for: not-running, next-exit, removed, running, healthy, unhealthy or paused")
        .with_choices("not-running next-exit removed running healthy unhealthy paused")
        .as_extra(),
    cli::option<&WaitOptions::timeout>(
        "wait-timeout", 0, "Give up after this long; only for a state that the client watches (running, healthy, ...)")
        .as_extra(),
};
static_assert(cli::valid_options(kOptions));

/// The states that the engine cannot be asked to wait for.
std::optional<Until> watched_state(std::string_view condition) {
  if (condition == "running") return Until::running;
  if (condition == "healthy") return Until::healthy;
  if (condition == "unhealthy") return Until::unhealthy;
  if (condition == "paused") return Until::paused;
  return std::nullopt;
}

/// The line that is printed for one container: its exit code, or its name once it is in the state.
Result<std::string> wait_for(engine::Client& engine, const WaitOptions& options, const std::string& name) {
  if (const auto state = watched_state(options.condition)) {
    DL_CHECK(wait_until(engine, name, *state, options.timeout));
    return name;
  }
  DL_TRY(auto request, engine::wait_container(name, options.condition));
  DL_TRY(const std::string answer, engine.call(std::move(request)));
  DL_TRY(const auto status, engine::decode_wait(answer));
  return std::to_string(status);
}

Result<void> check(const WaitOptions& options) {
  const bool known = options.condition.empty() || options.condition == "not-running" ||
                     options.condition == "next-exit" || options.condition == "removed" ||
                     watched_state(options.condition);
  if (!known)
    return error("unknown condition: " + options.condition +
                 ": must be one of not-running, next-exit, removed, running, healthy, unhealthy, paused");
  if (options.timeout && !watched_state(options.condition))
    return error("--wait-timeout needs --condition running, healthy, unhealthy or paused");
  return {};
}

/// One after the other, so that each line is printed when all containers before it are done.
Result<void> run(Context& context, WaitOptions& options) {
  DL_CHECK(check(options));
  DL_TRY(engine::Client* const engine, context.engine());
  std::vector<Error> errors;
  for (const auto& name : options.arguments) {
    if (auto line = wait_for(*engine, options, name)) {
      context.io.out.write(*line + "\n");
      DL_CHECK(context.io.out.flush());  // the next one may take long
    } else {
      errors.push_back(std::move(line).error());
    }
  }
  return join_errors(std::move(errors));
}

constexpr std::string_view kNames[] = {"container wait", "wait"};

}  // namespace

constinit const cli::CommandSpec container_wait = cli::make_command<WaitOptions, run>({
    .names = kNames,
    .usage = "CONTAINER [CONTAINER...]",
    .summary = "Wait until one or more containers end and print their exit codes",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
