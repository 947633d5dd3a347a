#include "../batch.hpp"
#include "stop_options.hpp"

namespace dockerlite::command {
namespace {

Result<void> run(Context& context, StopOptions& options) {
  DL_CHECK(check_stop_options(options));
  DL_TRY(engine::Client* const engine, context.engine());
  const bool send_signal = !options.signal.empty() && !engine->api_less("1.42");
  return run_batch(context, options.arguments, [&](const std::string& name) -> Result<void> {
    DL_TRY(transport::Request request, stop_request(options, name, "stop", send_signal));
    DL_CHECK(engine->call(std::move(request)));
    return {};
  });
}

constexpr std::string_view kNames[] = {"container stop", "stop"};

}  // namespace

constinit const cli::CommandSpec container_stop = cli::make_command<StopOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Stop one or more running containers",
    .options = kStopOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
