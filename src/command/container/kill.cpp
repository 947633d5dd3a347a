#include "../batch.hpp"
#include "dockerlite/cli/choices.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/query.hpp"
#include "selection.hpp"

namespace dockerlite::command {
namespace {

struct KillOptions {
  std::string signal;
  bool all{};
  opts::FilterOption filter;
  std::vector<std::string> arguments;
  bool selects() const { return all || !filter.empty(); }
  bool operator==(const KillOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&KillOptions::all>("all", 0, "Kill every container that runs").as_extra(),
    cli::option<&KillOptions::filter>("filter", 0, "Kill the running containers that match, as in \"label=build\"")
        .as_extra(),
    cli::option<&KillOptions::signal>("signal", 's', "Signal to send instead of KILL")
        .with_choices(cli::kSignalChoices),
};
static_assert(cli::valid_options(kOptions));

Result<transport::Request> kill_request(const KillOptions& options, const std::string& name) {
  DL_TRY(std::string path, engine::container_path(name, "kill"));
  transport::Request request{.method = transport::Method::post, .path = std::move(path)};
  if (!options.signal.empty()) request.query.add("signal", options.signal);
  return request;
}

Result<void> run(Context& context, KillOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(const auto names, select_containers(context, options.arguments, options.all, options.filter, "kill", true));
  return run_batch(context, names, [&](const std::string& name) -> Result<void> {
    DL_TRY(transport::Request request, kill_request(options, name));
    DL_CHECK(engine->call(std::move(request)));
    return {};
  });
}

constexpr std::string_view kNames[] = {"container kill", "kill"};

}  // namespace

constinit const cli::CommandSpec container_kill = cli::make_command<KillOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Kill one or more running containers",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
