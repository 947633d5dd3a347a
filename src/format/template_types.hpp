#pragma once

#include <string_view>

#include "dockerlite/format/value.hpp"

namespace dockerlite::format {

bool can_be_nil(const Type& type);
/// Go's assignability, as far as the parameters of our functions and methods need it.
bool assignable(const Type& from, const Type& to);
/// An element with the static type that its container gives it.
Value element_of(const Value& container, const Value& element);
const Method* find_method(const Type& type, std::string_view name);
/// The struct has that field, or promotes it from an embedded one.
bool has_field(const Type& type, std::string_view name);

}  // namespace dockerlite::format
