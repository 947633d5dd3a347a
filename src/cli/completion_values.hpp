#pragma once

#include <span>
#include <string_view>

#include "dockerlite/cli/completion.hpp"
#include "normalise.hpp"

namespace dockerlite::cli {

/// Adds what a value from `source` can be to the plan, and sets its directive. `line` is what stands before it.
void plan_values(CompletionPlan& plan, Completion source, std::string_view choices, std::string_view typed,
                 const Normalised& line);

}  // namespace dockerlite::cli
