#pragma once

#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/opts/filter.hpp"

namespace dockerlite::command {

/// Options of the prune commands that have these two and no others.
struct PruneOptions {
  bool force{};
  opts::FilterOption filter;
  std::vector<std::string> arguments;
  bool operator==(const PruneOptions&) const = default;
};

inline constexpr std::array kPruneOptions{
    cli::option<&PruneOptions::filter>("filter", 0, "Remove only what matches, as in \"until=24h\""),
    cli::option<&PruneOptions::force>("force", 'f', "Do not ask first"),
};
static_assert(cli::valid_options(kPruneOptions));

}  // namespace dockerlite::command
