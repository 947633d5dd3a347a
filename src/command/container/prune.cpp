#include "../prune.hpp"

#include "../confirm.hpp"
#include "../prune_options.hpp"

namespace dockerlite::command {
namespace {

Result<void> run(Context& context, PruneOptions& options) {
  if (!options.force) {
    DL_CHECK(confirm(context, "WARNING! This will remove all stopped containers.\nAre you sure you want to continue?"));
  }
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(const PruneOutcome outcome,
         prune_containers(*engine, with_configured_filters(context, options.filter.filters)));
  print_deleted(context, outcome);
  print_total(context, outcome.reclaimed);
  return {};
}

constexpr std::string_view kNames[] = {"container prune"};

}  // namespace

constinit const cli::CommandSpec container_prune = cli::make_command<PruneOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS]",
    .summary = "Remove all containers that do not run",
    .options = kPruneOptions,
    .arguments = cli::Arguments::none(),
    .since = "1.25",
});

}  // namespace dockerlite::command
