#pragma once

#include <string>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::util {

struct ProcessOutput {
  std::string out;
  int exit_code = 0;  ///< 128+n if a signal ended it
};

/// Path of an executable found on `path_variable` (the value of PATH), or kind not_found.
Result<std::string> find_program(const std::string& name, const std::string& path_variable);
/// Where a child's stderr goes.
enum class ChildErrors : bool { inherited, discarded };
/// Runs argv with `input` on stdin and collects stdout. No shell. Errors: cannot be started.
Result<ProcessOutput> run_process(const std::vector<std::string>& argv, const std::string& input,
                                  ChildErrors errors = ChildErrors::inherited);

}  // namespace dockerlite::util
