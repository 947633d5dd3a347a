#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dockerlite/command/context.hpp"
#include "dockerlite/opts/filter.hpp"

namespace dockerlite::command {

/// What one kind of object's prune did, ready to print: "Deleted Containers:\n..." or nothing.
struct PruneOutcome {
  std::string text{};
  std::uint64_t reclaimed = 0;  ///< bytes
};

/// The command line's filters and those of `pruneFilters` in config.json. A configured label filter gives way to its
/// opposite on the command line, and to nothing else: docker 28 forgets it in other cases too, and so removes what was
/// to be kept.
opts::Filters with_configured_filters(Context& context, const opts::Filters& filters);

Result<PruneOutcome> prune_containers(engine::Client& engine, const opts::Filters& filters);
Result<PruneOutcome> prune_networks(engine::Client& engine, const opts::Filters& filters);
Result<PruneOutcome> prune_volumes(engine::Client& engine, const opts::Filters& filters);
/// `filters` get "dangling" from `all`.
Result<PruneOutcome> prune_images(engine::Client& engine, opts::Filters filters, bool all);
Result<PruneOutcome> prune_build_cache(engine::Client& engine, const opts::Filters& filters, bool all);

/// Prints what was deleted, with an empty line after it.
void print_deleted(Context& context, const PruneOutcome& outcome);
/// "Total reclaimed space: 1.2GB"
void print_total(Context& context, std::uint64_t reclaimed);

}  // namespace dockerlite::command
