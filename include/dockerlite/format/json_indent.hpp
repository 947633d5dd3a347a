#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::format {

/// Re-indents JSON text as docker inspect prints it (Go's json.Indent with no prefix): the order of keys and the
/// spelling of numbers and strings stay, white space goes, each element gets a line of its own, empty objects and
/// arrays stay `{}` and `[]`. Appends to `out`, which keeps what was in it; on an error it is left as it was. Errors:
/// text that is not one JSON value, in Go's words: `invalid character 'x' looking for beginning of value`, `unexpected
/// end of JSON input`.
Result<void> indent_json(std::string& out, std::string_view json, std::string_view indent = "    ");

/// The same without any white space (Go's json.Compact).
Result<void> compact_json(std::string& out, std::string_view json);

}  // namespace dockerlite::format
