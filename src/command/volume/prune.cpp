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
    cli::option<&PruneOptions::all>("all", 'a', "Remove named volumes too, not only anonymous ones").with_since("1.42"),
    cli::option<&PruneOptions::filter>("filter", 0, "Remove only what matches, as in \"label=build\""),
    cli::option<&PruneOptions::force>("force", 'f', "Do not ask first"),
};
static_assert(cli::valid_options(kOptions));

constexpr std::string_view kAnonymousWarning =
    "WARNING! This will remove anonymous local volumes not used by at least one container.\n"
    "Are you sure you want to continue?";
constexpr std::string_view kAllWarning =
    "WARNING! This will remove all local volumes not used by at least one container.\n"
    "Are you sure you want to continue?";

Result<void> run(Context& context, PruneOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  opts::Filters filters = with_configured_filters(context, options.filter.filters);
  bool all = engine->api_less("1.42");  // engines before that remove named volumes always
  if (!all && options.all) {
    if (filters.count("all") > 0) return error("conflicting options: cannot specify both --all and --filter all=1");
    filters["all"].insert("true");
    all = true;
  }
  if (!options.force) DL_CHECK(confirm(context, all ? kAllWarning : kAnonymousWarning));
  DL_TRY(const PruneOutcome outcome, prune_volumes(*engine, filters));
  print_deleted(context, outcome);
  print_total(context, outcome.reclaimed);
  return {};
}

constexpr std::string_view kNames[] = {"volume prune"};

}  // namespace

constinit const cli::CommandSpec volume_prune = cli::make_command<PruneOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS]",
    .summary = "Remove local volumes that no container uses",
    .options = kOptions,
    .arguments = cli::Arguments::none(),
    .since = "1.25",
});

}  // namespace dockerlite::command
