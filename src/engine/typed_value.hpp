#pragma once

#include "dockerlite/format/value.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// The value that a Go variable of this type has before anything is assigned.
format::Value zero_value(const format::Type& type);

/// A JSON document (from Value::from_json) as Go decodes it into a variable of `type`: unknown keys are dropped, absent
/// ones leave zero values, names match without case if not exactly. Errors: `json: cannot unmarshal string into Go
/// struct field Info.NCPU of type int`.
Result<format::Value> typed_value(const format::Value& document, const format::Type& type);

}  // namespace dockerlite::engine
