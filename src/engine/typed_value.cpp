#include "typed_value.hpp"

#include <string>
#include <vector>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {
namespace {

using format::Kind;
using format::Type;
using format::Value;

std::string_view json_kind(const Value& document) {
  switch (document.kind()) {
    case Kind::boolean:
      return "bool";
    case Kind::string:
      return document.type().name == format::types::json_number.name ? "number" : "string";
    case Kind::slice:
      return "array";
    default:
      return "object";
  }
}

/// Decodes one document; `place` is the struct field that it belongs to, for errors: "Info.Swarm.Nodes".
class Decoder {
 public:
  Result<Value> decode(const Value& document, const Type& type) {
    if (type.kind == Kind::interface) return document;
    if (document.is_nil()) return zero_value(type);
    const std::string_view kind = json_kind(document);
    switch (type.kind) {
      case Kind::boolean:
        if (kind == "bool") return Value::boolean(document.as_bool(), type);
        break;
      case Kind::string:
        if (kind == "string") return Value::string(document.as_string(), type);
        break;
      case Kind::integer:
      case Kind::unsigned_integer:
      case Kind::floating:
        if (kind == "number") return number(document.as_string(), type);
        break;
      case Kind::pointer: {
        DL_TRY(Value target, decode(document, *type.element));
        return Value::pointer(std::move(target), type);
      }
      case Kind::slice:
        if (kind == "array") return slice(document, type);
        break;
      case Kind::map:
        if (kind == "object") return map(document, type);
        break;
      case Kind::structure:
        if (kind == "object") return structure(document, type);
        break;
      default:
        break;
    }
    return mismatch(kind, type);
  }

 private:
  Error mismatch(std::string_view kind, const Type& type) const {
    std::string text = "json: cannot unmarshal ";
    text += kind;
    text += place_.empty() ? " into Go value of type " : " into Go struct field " + place_ + " of type ";
    return error(text + format::type_name(type));
  }

  Result<Value> number(const std::string& text, const Type& type) const {
    if (type.kind == Kind::floating) {
      DL_TRY(const double value, util::parse_float(text));
      return Value::floating(value, type);
    }
    if (type.kind == Kind::integer) {
      if (const auto value = util::parse_int(text)) return Value::integer(*value, type);
    } else if (const auto value = util::parse_uint(text)) {
      return Value::unsigned_integer(*value, type);
    }
    return mismatch("number " + text, type);
  }

  Result<Value> slice(const Value& document, const Type& type) {
    std::vector<Value> elements;
    elements.reserve(document.elements().size());
    for (const Value& element : document.elements()) {
      DL_TRY(Value value, decode(element, *type.element));
      elements.push_back(std::move(value));
    }
    return Value::slice(std::move(elements), type);
  }

  Result<Value> map(const Value& document, const Type& type) {
    std::vector<Value::Entry> entries;
    for (const auto& [key, element] : document.entries()) {
      DL_TRY(Value value, decode(element, *type.element));
      entries.emplace_back(key, std::move(value));
    }
    return Value::map(std::move(entries), type);
  }

  static const Value* member(const Value& document, std::string_view name) {
    if (const Value* exact = document.find(name)) return exact;
    for (const auto& [key, value] : document.entries())
      if (util::equal_fold(key, name)) return &value;
    return nullptr;
  }

  Result<Value> structure(const Value& document, const Type& type) {
    std::vector<Value> fields;
    fields.reserve(type.fields.size());
    const std::string outer = place_;
    for (const format::Field& field : type.fields) {
      const std::string_view name = field.json_name.empty() ? field.name : field.json_name;
      const bool inlined = field.embedded && field.json_name.empty();
      const Value* found = inlined ? &document : name == "-" ? nullptr : member(document, name);
      if (found == nullptr) {
        fields.push_back(zero_value(*field.type));
        continue;
      }
      if (!inlined) {
        const std::size_t dot = type.name.rfind('.');
        const std::string_view short_name = dot == std::string_view::npos ? type.name : type.name.substr(dot + 1);
        place_ = (outer.empty() ? std::string(short_name) : outer) + "." + std::string(name);
      }
      DL_TRY(Value value, decode(*found, *field.type));
      place_ = outer;
      fields.push_back(std::move(value));
    }
    return Value::structure(std::move(fields), type);
  }

  std::string place_;
};

}  // namespace

Value zero_value(const Type& type) {
  switch (type.kind) {
    case Kind::boolean:
      return Value::boolean(false, type);
    case Kind::integer:
      return Value::integer(0, type);
    case Kind::unsigned_integer:
      return Value::unsigned_integer(0, type);
    case Kind::floating:
      return Value::floating(0, type);
    case Kind::string:
      return Value::string("", type);
    case Kind::structure: {
      std::vector<Value> fields;
      fields.reserve(type.fields.size());
      for (const format::Field& field : type.fields) fields.push_back(zero_value(*field.type));
      return Value::structure(std::move(fields), type);
    }
    default:
      return Value::nil(type);
  }
}

Result<Value> typed_value(const Value& document, const Type& type) { return Decoder().decode(document, type); }

}  // namespace dockerlite::engine
