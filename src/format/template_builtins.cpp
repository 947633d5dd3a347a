// index, slice, len and the comparisons, with Go's type rules and error texts.
#include "format/go_fmt.hpp"
#include "format/template_function.hpp"

namespace dockerlite::format {
namespace {

/// Kinds as far as comparisons tell them apart.
bool is_basic(Kind kind) { return kind >= Kind::boolean && kind <= Kind::string; }

Value without_interface(const Value& value) { return value.kind() == Kind::interface ? Value() : value; }

/// The type behind the pointer: row contexts are pointers, which index and len would follow.
std::string pointee_type_name(const Value& value) {
  std::string name = value.type_name();
  if (value.kind() == Kind::object && name.starts_with('*')) name.erase(0, 1);
  return name;
}

/// An index or slice bound, at most `limit`.
Result<std::size_t> index_argument(const Value& operand, std::size_t limit) {
  const Value index = without_interface(operand);
  std::int64_t number = 0;
  switch (index.kind()) {
    case Kind::integer:
      number = index.as_int();
      break;
    case Kind::unsigned_integer:
      number = static_cast<std::int64_t>(index.as_uint());
      break;
    case Kind::invalid:
      return error("cannot index slice/array with nil");
    default:
      return error("cannot index slice/array with type " + index.type_name());
  }
  if (number < 0 || static_cast<std::uint64_t>(number) > limit)
    return error("index out of range: " + std::to_string(number));
  return static_cast<std::size_t>(number);
}

Result<Value> map_element(const Value& map, const Value& operand) {
  const Value key = without_interface(operand);
  const std::string wanted = type_name(*map.type().key);
  if (!key.valid()) return error("value is nil; should be of type " + wanted);
  if (key.kind() != Kind::string || key.type_name() != wanted)
    return error("value has type " + key.type_name() + "; should be " + wanted);
  const Value* found = map.find(key.as_string());
  return found != nullptr ? *found : Value::zero(*map.type().element);
}

bool same_type(const Value& a, const Value& b) { return &a.type() == &b.type() || a.type_name() == b.type_name(); }

Result<bool> equal(const Value& a, const Value& b) {
  if (a.kind() == Kind::integer && b.kind() == Kind::unsigned_integer)
    return a.as_int() >= 0 && static_cast<std::uint64_t>(a.as_int()) == b.as_uint();
  if (a.kind() == Kind::unsigned_integer && b.kind() == Kind::integer) return equal(b, a);
  const bool basic = is_basic(a.kind()) || is_basic(b.kind());
  if (basic && a.kind() != b.kind()) {
    if (a.valid() && b.valid()) return error("incompatible types for comparison");
    return false;
  }
  switch (a.kind()) {
    case Kind::boolean:
      return a.as_bool() == b.as_bool();
    case Kind::integer:
      return a.as_int() == b.as_int();
    case Kind::unsigned_integer:
      return a.as_uint() == b.as_uint();
    case Kind::floating:
      return a.as_float() == b.as_float();
    case Kind::complex:
      return a.as_complex() == b.as_complex();
    case Kind::string:
      return a.as_string() == b.as_string();
    default:
      break;
  }
  if (a.valid() && b.valid() && a.kind() != b.kind())
    return error("non-comparable types " + a.to_text() + ": " + a.type_name() + ", " + b.type_name() + ": " +
                 b.to_text());
  if (a.is_nil() || b.is_nil()) return a.is_nil() == b.is_nil();
  if (b.kind() == Kind::slice || b.kind() == Kind::map)
    return error("non-comparable type " + b.to_text() + ": " + b.type_name());
  if (!same_type(a, b)) return false;
  if (b.kind() == Kind::structure) return a.to_text() == b.to_text();
  return a.object() == b.object();
}

Result<bool> less(const Value& first, const Value& second) {
  const Value a = without_interface(first);
  const Value b = without_interface(second);
  if (!is_basic(a.kind()) || !is_basic(b.kind())) return error("invalid type for comparison");
  if (a.kind() == Kind::integer && b.kind() == Kind::unsigned_integer)
    return a.as_int() < 0 || static_cast<std::uint64_t>(a.as_int()) < b.as_uint();
  if (a.kind() == Kind::unsigned_integer && b.kind() == Kind::integer)
    return b.as_int() >= 0 && a.as_uint() < static_cast<std::uint64_t>(b.as_int());
  if (a.kind() != b.kind()) return error("incompatible types for comparison");
  switch (a.kind()) {
    case Kind::integer:
      return a.as_int() < b.as_int();
    case Kind::unsigned_integer:
      return a.as_uint() < b.as_uint();
    case Kind::floating:
      return a.as_float() < b.as_float();
    case Kind::string:
      return a.as_string() < b.as_string();
    default:
      return error("invalid type for comparison");
  }
}

Result<bool> less_or_equal(const Value& a, const Value& b) {
  DL_TRY(const bool smaller, less(a, b));
  if (smaller) return true;
  return equal(without_interface(a), without_interface(b));
}

}  // namespace

Value indirect(Value value, bool& is_nil) {
  is_nil = false;
  while (value.kind() == Kind::pointer || value.kind() == Kind::interface) {
    if (value.is_nil()) {
      is_nil = true;
      break;
    }
    value = Value(value.pointee());
  }
  return value;
}

Result<Value> template_index(std::span<const Value> arguments) {
  Value item = without_interface(arguments[0]);
  if (!item.valid()) return error("index of untyped nil");
  for (const Value& index : arguments.subspan(1)) {
    bool is_nil = false;
    item = indirect(item, is_nil);
    if (is_nil) return error("index of nil pointer");
    switch (item.kind()) {
      case Kind::slice: {
        DL_TRY(const std::size_t i, index_argument(index, item.elements().size()));
        // Go lets the length itself through to the panic of the access.
        if (i == item.elements().size()) return error("reflect: slice index out of range");
        item = Value(item.elements()[i]);
        break;
      }
      case Kind::string: {
        DL_TRY(const std::size_t i, index_argument(index, item.as_string().size()));
        if (i == item.as_string().size()) return error("reflect: string index out of range");
        item = Value::unsigned_integer(static_cast<unsigned char>(item.as_string()[i]), types::uint8);
        break;
      }
      case Kind::map: {
        DL_TRY(item, map_element(item, index));
        break;
      }
      case Kind::invalid:
        return error("index of untyped nil");
      default:
        return error("can't index item of type " + pointee_type_name(item));
    }
  }
  return item;
}

Result<Value> template_slice(std::span<const Value> arguments) {
  const Value item = without_interface(arguments[0]);
  const auto indexes = arguments.subspan(1);
  if (!item.valid()) return error("slice of untyped nil");
  if (indexes.size() > 3) return error("too many slice indexes: " + std::to_string(indexes.size()));
  std::size_t capacity = 0;
  if (item.kind() == Kind::string) {
    if (indexes.size() == 3) return error("cannot 3-index slice a string");
    capacity = item.as_string().size();
  } else if (item.kind() == Kind::slice) {
    capacity = item.elements().size();
  } else {
    return error("can't slice item of type " + item.type_name());
  }
  std::size_t bounds[3] = {0, capacity, capacity};
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    DL_TRY(bounds[i], index_argument(indexes[i], capacity));
  }
  const auto invalid = [](std::size_t low, std::size_t high) {
    return error("invalid slice index: " + std::to_string(low) + " > " + std::to_string(high));
  };
  if (bounds[0] > bounds[1]) return invalid(bounds[0], bounds[1]);
  if (indexes.size() == 3 && bounds[1] > bounds[2]) return invalid(bounds[1], bounds[2]);
  if (item.kind() == Kind::string)
    return Value::string(item.as_string().substr(bounds[0], bounds[1] - bounds[0]), item.type());
  const auto part = item.elements().subspan(bounds[0], bounds[1] - bounds[0]);
  return Value::slice({part.begin(), part.end()}, item.type());
}

Result<Value> template_len(std::span<const Value> arguments) {
  if (!arguments[0].valid()) return error("reflect: call of reflect.Value.Type on zero Value");
  bool is_nil = false;
  const Value item = indirect(arguments[0], is_nil);
  if (is_nil) return error("len of nil pointer");
  switch (item.kind()) {
    case Kind::string:
      return Value::integer(static_cast<std::int64_t>(item.as_string().size()));
    case Kind::slice:
      return Value::integer(static_cast<std::int64_t>(item.elements().size()));
    case Kind::map:
      return Value::integer(static_cast<std::int64_t>(item.entries().size()));
    default:
      return error("len of type " + pointee_type_name(item));
  }
}

Result<Value> template_eq(std::span<const Value> arguments) {
  const Value first = without_interface(arguments[0]);
  if (arguments.size() == 1) return error("missing argument for comparison");
  for (const Value& operand : arguments.subspan(1)) {
    DL_TRY(const bool same, equal(first, without_interface(operand)));
    if (same) return Value::boolean(true);
  }
  return Value::boolean(false);
}

Result<Value> template_ne(std::span<const Value> arguments) {
  DL_TRY(const bool same, equal(without_interface(arguments[0]), without_interface(arguments[1])));
  return Value::boolean(!same);
}

Result<Value> template_lt(std::span<const Value> arguments) {
  DL_TRY(const bool smaller, less(arguments[0], arguments[1]));
  return Value::boolean(smaller);
}

Result<Value> template_le(std::span<const Value> arguments) {
  DL_TRY(const bool result, less_or_equal(arguments[0], arguments[1]));
  return Value::boolean(result);
}

Result<Value> template_gt(std::span<const Value> arguments) {
  DL_TRY(const bool result, less_or_equal(arguments[0], arguments[1]));
  return Value::boolean(!result);
}

Result<Value> template_ge(std::span<const Value> arguments) {
  DL_TRY(const bool smaller, less(arguments[0], arguments[1]));
  return Value::boolean(!smaller);
}

}  // namespace dockerlite::format
