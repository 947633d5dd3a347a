#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/environment.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

/// The lines of an `--env-file` or `--label-file`: KEY=VALUE, KEY (looked up in `environment`; dropped if it is not
/// there or `environment` is null), "#" comments. Leading white space goes, quotes and the rest stay as they are.
/// Errors: "no variable name on line '=x'", "variable 'a b' contains whitespaces", "invalid utf8 bytes at line 1:
/// [255]".
Result<std::vector<std::string>> parse_key_values(std::string_view text, const util::Environment* environment);

/// The lines of all `files`. Errors: "open x: no such file or directory", "invalid env file (x): ..." around those
/// above.
Result<std::vector<std::string>> read_key_value_files(const std::vector<std::string>& files,
                                                      const util::Environment* environment);

}  // namespace dockerlite::opts
