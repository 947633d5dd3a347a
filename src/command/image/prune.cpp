#include "../prune.hpp"

#include "../confirm.hpp"
#include "dockerlite/command/specs.hpp"

namespace dockerlite::command {
namespace {

struct PruneOptions {
  bool force{}, all{};
  opts::FilterOption filter;
  std::vector<std::string> arguments;
  bool operator==(const PruneOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&PruneOptions::all>("all", 'a', "Remove every image that no container uses, tagged or not"),
    cli::option<&PruneOptions::filter>("filter", 0, "Remove only what matches, as in \"until=24h\""),
    cli::option<&PruneOptions::force>("force", 'f', "Do not ask first"),
};
static_assert(cli::valid_options(kOptions));

Result<void> run(Context& context, PruneOptions& options) {
  if (!options.force) {
    DL_CHECK(confirm(context, options.all ? "WARNING! This will remove all images without at least one container "
                                            "associated to them.\nAre you sure you want to continue?"
                                          : "WARNING! This will remove all dangling images.\n"
                                            "Are you sure you want to continue?"));
  }
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(const PruneOutcome outcome,
         prune_images(*engine, with_configured_filters(context, options.filter.filters), options.all));
  print_deleted(context, outcome);
  print_total(context, outcome.reclaimed);
  return {};
}

constexpr std::string_view kNames[] = {"image prune"};

}  // namespace

constinit const cli::CommandSpec image_prune = cli::make_command<PruneOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS]",
    .summary = "Remove images that nothing uses",
    .options = kOptions,
    .arguments = cli::Arguments::none(),
    .since = "1.25",
});

}  // namespace dockerlite::command
