#include "../batch.hpp"
#include "stop_options.hpp"

namespace dockerlite::command {
namespace {

/// One after the other, as docker does: a container may be linked to one before it.
Result<void> run(Context& context, StopOptions& options) {
  DL_CHECK(check_stop_options(options));
  DL_TRY(engine::Client* const engine, context.engine());
  const bool send_signal = !options.signal.empty() && !engine->api_less("1.42");
  const auto restart = [&](const std::string& name) -> Result<void> {
    DL_TRY(transport::Request request, stop_request(options, name, "restart", send_signal));
    DL_CHECK(engine->call(std::move(request)));
    return {};
  };
  std::vector<Error> errors;
  for (const auto& name : options.arguments) {
    if (auto result = restart(name)) {
      context.io.out.write(name + "\n");
    } else {
      errors.push_back(std::move(result).error());
    }
  }
  return join_errors(std::move(errors));
}

constexpr std::string_view kNames[] = {"container restart", "restart"};

}  // namespace

constinit const cli::CommandSpec container_restart = cli::make_command<StopOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Stop and start again one or more containers",
    .options = kStopOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::containers,
});

}  // namespace dockerlite::command
