#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/command/context.hpp"
#include "dockerlite/opts/filter.hpp"

namespace dockerlite::command {

/// The containers that a command like `stop --all` or `rm --filter status=exited` works on, by name: those of the
/// command line, or those that the engine finds. `verb` is for the question ("stop"), which is asked if standard input
/// is a terminal; without it nothing is asked. `running` leaves out those that do not run. Errors: names and a
/// selection at once; cancelled if the answer is no; the engine's.
Result<std::vector<std::string>> select_containers(Context& context, const std::vector<std::string>& names, bool all,
                                                   const opts::FilterOption& filter, std::string_view verb,
                                                   bool running);

}  // namespace dockerlite::command
