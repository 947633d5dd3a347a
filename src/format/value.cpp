#include "dockerlite/format/value.hpp"

#include <algorithm>

#include "format/go_fmt.hpp"

namespace dockerlite::format {
namespace {

using Elements = std::vector<Value>;
using Entries = std::vector<Value::Entry>;

template <class T>
const T& held(const std::shared_ptr<const void>& shared) {
  return *static_cast<const T*>(shared.get());
}

}  // namespace

std::string type_name(const Type& type) {
  if (!type.name.empty()) return std::string(type.name);
  switch (type.kind) {
    case Kind::slice:
      return (type.length > 0 ? "[" + std::to_string(type.length) + "]" : "[]") + type_name(*type.element);
    case Kind::map:
      return "map[" + type_name(*type.key) + "]" + type_name(*type.element);
    case Kind::pointer:
    case Kind::object:
      return "*" + type_name(*type.element);
    default:
      return {};
  }
}

Value Value::boolean(bool value, const Type& type) {
  Value v(type);
  v.scalar_.boolean = value;
  return v;
}

Value Value::integer(std::int64_t value, const Type& type) {
  Value v(type);
  v.scalar_.integer = value;
  return v;
}

Value Value::unsigned_integer(std::uint64_t value, const Type& type) {
  Value v(type);
  v.scalar_.unsigned_integer = value;
  return v;
}

Value Value::floating(double value, const Type& type) {
  Value v(type);
  v.scalar_.floating = value;
  return v;
}

Value Value::complex(std::complex<double> value, const Type& type) {
  Value v(type);
  v.shared_ = std::make_shared<const std::complex<double>>(value);
  return v;
}

Value Value::string(std::string value, const Type& type) {
  Value v(type);
  v.shared_ = std::make_shared<const std::string>(std::move(value));
  return v;
}

Value Value::slice(std::vector<Value> elements, const Type& type) {
  Value v(type);
  v.shared_ = std::make_shared<const Elements>(std::move(elements));
  return v;
}

Value Value::strings(const std::vector<std::string>& elements) {
  Elements values;
  values.reserve(elements.size());
  for (const auto& element : elements) values.push_back(string(element));
  return slice(std::move(values), types::string_slice);
}

Value Value::map(std::vector<Entry> entries, const Type& type) {
  const auto by_key = [](const Entry& a, const Entry& b) { return a.first < b.first; };
  std::stable_sort(entries.begin(), entries.end(), by_key);
  // Of equal keys the last one stays, as in a Go map that is filled in order.
  const auto kept =
      std::unique(entries.rbegin(), entries.rend(), [](const Entry& a, const Entry& b) { return a.first == b.first; });
  entries.erase(entries.begin(), kept.base());
  Value v(type);
  v.shared_ = std::make_shared<const Entries>(std::move(entries));
  return v;
}

Value Value::structure(std::vector<Value> fields, const Type& type) {
  Value v(type);
  v.shared_ = std::make_shared<const Elements>(std::move(fields));
  return v;
}

Value Value::pointer(Value target, const Type& type) {
  Value v(type);
  v.shared_ = std::make_shared<const Value>(std::move(target));
  return v;
}

Value Value::object(const void* object, const Type& type) {
  Value v(type);
  v.shared_ = std::shared_ptr<const void>(std::shared_ptr<const void>(), object);
  return v;
}

Value Value::object(std::shared_ptr<const void> object, const Type& type) {
  Value v(type);
  v.shared_ = std::move(object);
  return v;
}

Value Value::zero(const Type& type) {
  switch (type.kind) {
    case Kind::boolean:
      return boolean(false, type);
    case Kind::integer:
      return integer(0, type);
    case Kind::unsigned_integer:
      return unsigned_integer(0, type);
    case Kind::floating:
      return floating(0, type);
    case Kind::complex:
      return complex({}, type);
    case Kind::string:
      return string({}, type);
    case Kind::slice:
      if (type.length > 0) return slice(Elements(type.length, zero(*type.element)), type);
      return nil(type);
    case Kind::structure: {
      if (type.zero != nullptr) return type.zero();
      Elements fields;
      fields.reserve(type.fields.size());
      for (const Field& field : type.fields) fields.push_back(zero(*field.type));
      return structure(std::move(fields), type);
    }
    default:
      return nil(type);
  }
}

std::string Value::type_name() const { return kind() == Kind::invalid ? "<nil>" : format::type_name(*type_); }

bool Value::is_nil() const {
  switch (kind()) {
    case Kind::invalid:
    case Kind::interface:
      return true;
    case Kind::slice:
    case Kind::map:
    case Kind::pointer:
    case Kind::object:
      return shared_ == nullptr;
    default:
      return false;
  }
}

std::span<const Value> Value::elements() const {
  if (shared_ == nullptr) return {};
  return held<Elements>(shared_);
}

std::span<const Value> Value::fields() const {
  // A struct without exported fields (time.Time) holds something else.
  if (type_->fields.empty()) return {};
  return elements();
}

std::span<const Value::Entry> Value::entries() const {
  if (shared_ == nullptr) return {};
  return held<Entries>(shared_);
}

const Value* Value::find(std::string_view key) const {
  const auto all = entries();
  const auto at =
      std::lower_bound(all.begin(), all.end(), key, [](const Entry& e, std::string_view k) { return e.first < k; });
  return at != all.end() && at->first == key ? &at->second : nullptr;
}

const Value& Value::pointee() const { return held<Value>(shared_); }

const Value* Value::field(std::string_view name) const {
  const auto& all = type_->fields;
  const auto values = fields();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].name == name) return &values[i];
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].embedded) continue;
    const Value* inner = &values[i];
    if (inner->kind() == Kind::pointer) {
      if (inner->is_nil()) continue;
      inner = &inner->pointee();
    }
    if (inner->kind() != Kind::structure) continue;
    if (const Value* found = inner->field(name)) return found;
  }
  return nullptr;
}

bool Value::truth() const {
  switch (kind()) {
    case Kind::invalid:
    case Kind::interface:
      return false;
    case Kind::boolean:
      return as_bool();
    case Kind::integer:
      return as_int() != 0;
    case Kind::unsigned_integer:
      return as_uint() != 0;
    case Kind::floating:
      return as_float() != 0;
    case Kind::complex:
      return as_complex() != std::complex<double>();
    case Kind::string:
      return !as_string().empty();
    case Kind::slice:
      return !elements().empty();
    case Kind::map:
      return !entries().empty();
    case Kind::structure:
      return true;
    case Kind::pointer:
    case Kind::object:
    case Kind::function:
      return shared_ != nullptr;
  }
  return false;
}

std::string Value::to_text() const { return go_sprint(std::span<const Value>(this, 1)); }

std::string Value::to_json(bool escape_html) const {
  std::string out;
  append_json(out, escape_html);
  return out;
}

}  // namespace dockerlite::format
