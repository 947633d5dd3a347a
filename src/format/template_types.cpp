#include "format/template_types.hpp"

#include "format/template_function.hpp"

namespace dockerlite::format {
namespace {

bool identical(const Type& a, const Type& b) { return &a == &b || (a.kind == b.kind && type_name(a) == type_name(b)); }

}  // namespace

bool can_be_nil(const Type& type) {
  switch (type.kind) {
    case Kind::interface:
    case Kind::slice:
    case Kind::map:
    case Kind::pointer:
    case Kind::object:
    case Kind::function:
      return true;
    default:
      return &type == &kAnyOperand;
  }
}

bool assignable(const Type& from, const Type& to) {
  if (&to == &kAnyOperand || to.kind == Kind::interface || identical(from, to)) return true;
  // A named and an unnamed type with the same structure: strslice.StrSlice and []string.
  return from.kind == Kind::slice && to.kind == Kind::slice && (from.name.empty() || to.name.empty()) &&
         identical(*from.element, *to.element);
}

Value element_of(const Value& container, const Value& element) {
  return container.type().element->kind == Kind::interface ? element.boxed() : element;
}

const Method* find_method(const Type& type, std::string_view name) {
  for (const Method& method : type.methods)
    if (method.name == name) return &method;
  return nullptr;
}

bool has_field(const Type& type, std::string_view name) {
  for (const Field& field : type.fields) {
    if (field.name == name) return true;
    const Type& inner = field.type->kind == Kind::pointer ? *field.type->element : *field.type;
    if (field.embedded && has_field(inner, name)) return true;
  }
  return false;
}

}  // namespace dockerlite::format
