#include "../batch.hpp"
#include "selection.hpp"
#include "stop_options.hpp"

namespace dockerlite::command {
namespace {

constexpr std::array kOptions{
    kStopOptions[0],
    kStopOptions[1],
    kStopOptions[2],
    cli::option<&StopOptions::all>("all", 0, "Stop every container that runs").as_extra(),
    cli::option<&StopOptions::filter>("filter", 0, "Stop the running containers that match, as in \"label=build\"")
        .as_extra(),
};
static_assert(cli::valid_options(kOptions));

Result<void> run(Context& context, StopOptions& options) {
  DL_CHECK(check_stop_options(options));
  DL_TRY(const auto names, select_containers(context, options.arguments, options.all, options.filter, "stop", true));
  DL_TRY(engine::Client* const engine, context.engine());
  const bool send_signal = !options.signal.empty() && !engine->api_less("1.42");
  return run_batch(context, names, [&](const std::string& name) -> Result<void> {
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
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
