#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dockerlite/format/value.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::format {

/// text/template's own functions take operands as they are (reflect.Value), missing ones included.
inline constexpr Type kAnyOperand{Kind::invalid, "reflect.Value"};

/// A function that templates may call by name. An error of `call` is the cause alone: the caller adds "error calling
/// NAME: ".
struct Function {
  /// `and` and `or` stop evaluating early, `call` needs its first operand's text: the executor knows them.
  enum class Special : std::uint8_t { none, logical_and, logical_or, call };

  std::string_view name;
  std::span<const Type* const> parameters;  ///< of a variadic function the last one is each further operand's type
  bool variadic = false;
  Result<Value> (*call)(std::span<const Value> arguments) = nullptr;
  const Function* header = nullptr;  ///< what stands in for it in a table's header line
  Special special = Special::none;
};

// text/template's own, in template_builtins.cpp.
Result<Value> template_index(std::span<const Value> arguments);
Result<Value> template_slice(std::span<const Value> arguments);
Result<Value> template_len(std::span<const Value> arguments);
Result<Value> template_eq(std::span<const Value> arguments);
Result<Value> template_ne(std::span<const Value> arguments);
Result<Value> template_lt(std::span<const Value> arguments);
Result<Value> template_le(std::span<const Value> arguments);
Result<Value> template_gt(std::span<const Value> arguments);
Result<Value> template_ge(std::span<const Value> arguments);

/// The value behind pointers; a nil pointer or interface stays as it is and sets `is_nil`.
Value indirect(Value value, bool& is_nil);
/// What a template prints for a value: `<no value>`, pointers followed.
void append_printable(std::string& out, const Value& value);

}  // namespace dockerlite::format
