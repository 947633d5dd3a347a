#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dockerlite/command/context.hpp"

namespace dockerlite::command {

/// Runs `action` for each name, up to 50 at once as docker does, and calls `report` from the calling thread for each
/// result, in the order of the names, as soon as it and all before it are there. One name runs without any thread.
void for_each_name(const std::vector<std::string>& names, const std::function<Result<void>(const std::string&)>& action,
                   const std::function<void(const std::string&, Result<void>)>& report);

/// The usual report: prints a name that succeeded on stdout and gathers the failures, which become one error of several
/// lines.
Result<void> run_batch(Context& context, const std::vector<std::string>& names,
                       const std::function<Result<void>(const std::string&)>& action);

/// One error with a line for each of `errors`; success if there are none.
Result<void> join_errors(std::vector<Error> errors);

}  // namespace dockerlite::command
