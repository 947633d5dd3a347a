#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/environment.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

/// The assignments of a `--dotenv-file` as KEY=VALUE, in order: `KEY=value`, `export KEY=value`, blank lines, `#`
/// comments (also after a value, behind white space), 'literal' and "escaped" values that may go on over lines (\n \r
/// \t \" \\ \$ in double quotes), white space around `=`. A bare KEY takes its value from `environment`, or is dropped.
/// Nothing is expanded: a `$` stays. Errors name the line: `line 3: the quote that opens here is never closed`.
Result<std::vector<std::string>> parse_dotenv(std::string_view text, const util::Environment& environment);

/// The assignments of all `files`. Errors: "open x: no such file or directory", "invalid dotenv file (x): line 1: ...".
Result<std::vector<std::string>> read_dotenv_files(const std::vector<std::string>& files,
                                                   const util::Environment& environment);

}  // namespace dockerlite::opts
