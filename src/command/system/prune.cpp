#include "../prune.hpp"

#include <algorithm>

#include "../confirm.hpp"
#include "dockerlite/command/specs.hpp"

namespace dockerlite::command {
namespace {

struct PruneOptions {
  bool force{}, all{}, volumes{};
  opts::FilterOption filter;
  std::vector<std::string> arguments;
  bool operator==(const PruneOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&PruneOptions::all>("all", 'a', "Remove every image that no container uses, tagged or not"),
    cli::option<&PruneOptions::filter>("filter", 0, "Remove only what matches, as in \"label=build\"")
        .with_since("1.28"),
    cli::option<&PruneOptions::force>("force", 'f', "Do not ask first"),
    cli::option<&PruneOptions::volumes>("volumes", 0, "Remove anonymous volumes too"),
};
static_assert(cli::valid_options(kOptions));

/// The filters that docker names before it asks.
std::vector<std::string> shown_filters(const opts::Filters& filters) {
  std::vector<std::string> shown;
  for (const std::string_view name : {"label", "label!", "until"}) {
    const auto values = filters.find(name);
    if (values == filters.end()) continue;
    for (const auto& value : values->second) shown.push_back(std::string(name).append("=").append(value));
  }
  std::sort(shown.begin(), shown.end(), util::natural_less);
  return shown;
}

std::string question(const PruneOptions& options, const opts::Filters& filters, bool build_cache, bool all_volumes) {
  std::string text =
      "WARNING! This will remove:\n  - all stopped containers\n"
      "  - all networks not used by at least one container\n";
  if (options.volumes) {
    text += all_volumes ? "  - all volumes not used by at least one container\n"
                        : "  - all anonymous volumes not used by at least one container\n";
  }
  text +=
      options.all ? "  - all images without at least one container associated to them\n" : "  - all dangling images\n";
  if (build_cache) text += options.all ? "  - all build cache\n" : "  - unused build cache\n";
  if (const auto shown = shown_filters(filters); !shown.empty()) {
    text += "\n  Items to be pruned will be filtered with:\n";
    for (const auto& filter : shown) text.append("  - ").append(filter).append("\n");
  }
  return text += "\nAre you sure you want to continue?";
}

Result<void> run(Context& context, PruneOptions& options) {
  if (options.volumes && options.filter.filters.count("until") > 0) {
    return error(R"(ERROR: The "until" filter is not supported with "--volumes")");
  }
  DL_TRY(engine::Client* const engine, context.engine());
  const bool build_cache = !engine->api_less("1.31");
  const opts::Filters filters = with_configured_filters(context, options.filter.filters);
  if (!options.force) {
    // Engines before API 1.42 remove named volumes too; docker promises "anonymous" for them as well.
    DL_CHECK(confirm(context, question(options, filters, build_cache, engine->api_less("1.42"))));
  }
  std::uint64_t reclaimed = 0;
  const auto add = [&](Result<PruneOutcome> outcome) -> Result<void> {
    if (!outcome) return std::move(outcome).error();
    print_deleted(context, *outcome);
    reclaimed += outcome->reclaimed;
    return {};
  };
  DL_CHECK(add(prune_containers(*engine, filters)));
  DL_CHECK(add(prune_networks(*engine, filters)));
  if (options.volumes) DL_CHECK(add(prune_volumes(*engine, filters)));
  DL_CHECK(add(prune_images(*engine, filters, options.all)));
  if (build_cache) DL_CHECK(add(prune_build_cache(*engine, filters, options.all)));
  print_total(context, reclaimed);
  return {};
}

constexpr std::string_view kNames[] = {"system prune"};

}  // namespace

constinit const cli::CommandSpec system_prune = cli::make_command<PruneOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS]",
    .summary = "Remove everything that nothing uses",
    .options = kOptions,
    .arguments = cli::Arguments::none(),
    .since = "1.25",
});

}  // namespace dockerlite::command
