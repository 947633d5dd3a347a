#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dockerlite/format/value.hpp"

namespace dockerlite::format {

/// Go's fmt.Sprintf: its verbs and flags, and its texts for what does not fit (`%!d(string=x)`, `%!d(MISSING)`).
std::string go_sprintf(std::string_view format, std::span<const Value> arguments);
/// Go's fmt.Sprint: a blank only between two operands of which neither is a string.
std::string go_sprint(std::span<const Value> arguments);
/// Go's fmt.Sprintln: a blank between all operands and a newline at the end.
std::string go_sprintln(std::span<const Value> arguments);
/// Appends what %v prints.
void append_go_value(std::string& out, const Value& value);

/// Go's strconv.FormatFloat for 64 bits: `format` is one of b e E f g G x X, `precision` -1 is the shortest that reads
/// back.
std::string format_float(double value, char format, int precision);

}  // namespace dockerlite::format
