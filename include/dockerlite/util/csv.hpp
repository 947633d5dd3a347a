#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::util {

/// The fields of the first CSV record in `text`, by the rules of Go's encoding/csv with its defaults: a field that
/// starts with a double quote runs to the matching one, two of them inside stand for one, and it may hold line breaks;
/// blank lines are skipped; "\r\n" counts as "\n". What follows the first record is ignored, as docker reads one record
/// only. Errors, Go's texts: "EOF" (no record), `parse error on line 1, column 2: bare " in non-quoted-field`, `parse
/// error on line 1, column 7: extraneous or missing " in quoted-field`, `record on line 1; parse error on line 2, ...`.
/// Columns are 1-based and count bytes.
Result<std::vector<std::string>> read_csv_record(std::string_view text);

}  // namespace dockerlite::util
