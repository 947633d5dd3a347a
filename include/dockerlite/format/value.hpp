#pragma once

#include <complex>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::format {

class Value;
struct Type;

/// Go's reflection kinds, as far as templates tell them apart.
enum class Kind : std::uint8_t {
  invalid,    ///< no value at all: a key that is missing in a map; prints `<no value>`
  interface,  ///< a nil `interface {}`: JSON null
  boolean,
  integer,           ///< any signed integer
  unsigned_integer,  ///< any unsigned integer
  floating,
  complex,
  string,
  slice,
  map,        ///< with string keys, sorted
  structure,  ///< exported fields in their order of declaration
  pointer,
  object,    ///< pointer to something with methods only: docker's row contexts
  function,  ///< only to name what a template tried to use as a value
};

/// A field of a Go struct. `json_name` empty: the field's own name; "-": left out of JSON.
struct Field {
  std::string_view name;
  const Type* type;
  std::string_view json_name{};
  bool omit_empty = false;
  bool embedded = false;  ///< its own fields are promoted, in templates and (if it has no `json_name`) in JSON
};

/// A method that templates may call. `context` is for the callback alone.
struct Method {
  std::string_view name;
  Result<Value> (*call)(const Method& method, const Value& receiver, std::span<const Value> arguments);
  std::span<const Type* const> parameters{};
  const void* context = nullptr;
};

/// A Go type. Values of unnamed composite types (`[]string`) leave `name` empty; it is composed from `element`.
struct Type {
  Kind kind;
  std::string_view name{};        ///< as Go's %T prints it: "int64", "container.State"
  const Type* element = nullptr;  ///< of a slice, map or pointer
  const Type* key = nullptr;      ///< of a map
  std::span<const Field> fields{};
  std::span<const Method> methods{};
  std::string (*to_string)(const Value& value) = nullptr;  ///< fmt.Stringer: what %v and %s print
  std::string (*to_json)(const Value& value) = nullptr;    ///< json.Marshaler: the whole JSON text
  Value (*zero)() = nullptr;                               ///< the zero value of a struct that has no exported fields
  std::size_t length = 0;                                  ///< of an array, which is a slice that is never nil
  bool pointer_stringer = false;                           ///< `to_string` belongs to the pointer type
};

/// The type's name as Go prints it: "map[string]interface {}".
std::string type_name(const Type& type);

namespace types {
inline constexpr Type any{Kind::interface, "interface {}"};
inline constexpr Type boolean{Kind::boolean, "bool"};
inline constexpr Type int_{Kind::integer, "int"};
inline constexpr Type int8{Kind::integer, "int8"};
inline constexpr Type int16{Kind::integer, "int16"};
inline constexpr Type int32{Kind::integer, "int32"};
inline constexpr Type int64{Kind::integer, "int64"};
inline constexpr Type uint{Kind::unsigned_integer, "uint"};
inline constexpr Type uint8{Kind::unsigned_integer, "uint8"};
inline constexpr Type uint16{Kind::unsigned_integer, "uint16"};
inline constexpr Type uint32{Kind::unsigned_integer, "uint32"};
inline constexpr Type uint64{Kind::unsigned_integer, "uint64"};
inline constexpr Type float64{Kind::floating, "float64"};
inline constexpr Type complex128{Kind::complex, "complex128"};
inline constexpr Type string{Kind::string, "string"};
inline constexpr Type json_number{Kind::string, "json.Number"};  ///< a number as its JSON text
inline constexpr Type any_slice{.kind = Kind::slice, .element = &any};
inline constexpr Type string_slice{.kind = Kind::slice, .element = &string};
inline constexpr Type any_map{.kind = Kind::map, .element = &any, .key = &string};
inline constexpr Type string_map{.kind = Kind::map, .element = &string, .key = &string};
}  // namespace types

/// A Go value as a template sees it. Cheap to copy: what it holds is shared and never changes.
class Value {
 public:
  using Entry = std::pair<std::string, Value>;

  Value() = default;  ///< Kind::invalid
  static Value null() { return Value(types::any); }
  static Value nil(const Type& type) { return Value(type); }  ///< a nil slice, map or pointer
  static Value boolean(bool value, const Type& type = types::boolean);
  static Value integer(std::int64_t value, const Type& type = types::int_);
  static Value unsigned_integer(std::uint64_t value, const Type& type = types::uint64);
  static Value floating(double value, const Type& type = types::float64);
  static Value complex(std::complex<double> value, const Type& type = types::complex128);
  static Value string(std::string value, const Type& type = types::string);
  static Value slice(std::vector<Value> elements, const Type& type = types::any_slice);
  static Value strings(const std::vector<std::string>& elements);                   ///< []string
  static Value map(std::vector<Entry> entries, const Type& type = types::any_map);  ///< of equal keys the last counts
  static Value structure(std::vector<Value> fields, const Type& type);  ///< one value for each of the type's fields
  static Value pointer(Value target, const Type& type);
  static Value zero(const Type& type);
  /// Methods of `type` get `object` back; it must outlive the value.
  static Value object(const void* object, const Type& type);
  static Value object(std::shared_ptr<const void> object, const Type& type);

  /// A JSON document as Go decodes it into `interface {}`; numbers keep their text (json.Number), objects become maps.
  static Result<Value> from_json(std::string_view text);

  Kind kind() const { return type_ == nullptr ? Kind::invalid : type_->kind; }
  bool valid() const { return type_ != nullptr; }
  const Type& type() const { return *type_; }  ///< of a valid value
  std::string type_name() const;               ///< "<nil>" if not valid
  bool is_nil() const;                         ///< invalid, nil interface, slice, map or pointer

  // Each of these is for its own kind only.
  bool as_bool() const { return scalar_.boolean; }
  std::int64_t as_int() const { return scalar_.integer; }
  std::uint64_t as_uint() const { return scalar_.unsigned_integer; }
  double as_float() const { return scalar_.floating; }
  std::complex<double> as_complex() const { return *static_cast<const std::complex<double>*>(shared_.get()); }
  const std::string& as_string() const { return *static_cast<const std::string*>(shared_.get()); }
  std::span<const Value> elements() const;        ///< of a slice
  std::span<const Value> fields() const;          ///< of a structure
  std::span<const Entry> entries() const;         ///< of a map, sorted by key
  const Value* find(std::string_view key) const;  ///< in a map; null if not there
  const Value& pointee() const;                   ///< of a pointer that is not nil
  const void* object() const { return shared_.get(); }
  /// A field of a structure by its Go name, promoted ones included; null if there is none, or if it is in a nil
  /// embedded pointer.
  const Value* field(std::string_view name) const;

  /// Go's static type is `interface {}`, whatever is in it: an element of a decoded JSON document. Only error texts
  /// show it.
  Value boxed() const {
    Value v = *this;
    v.boxed_ = true;
    return v;
  }
  Value unboxed() const {
    Value v = *this;
    v.boxed_ = false;
    return v;
  }
  bool is_boxed() const { return boxed_; }

  /// Go's truth for `if`, `and`, `not`: not zero, not empty, not nil.
  bool truth() const;
  /// json.Marshal's text: fields in order, `omitempty`, maps sorted; <, > and & escaped if `escape_html`.
  std::string to_json(bool escape_html) const;
  void append_json(std::string& out, bool escape_html) const;
  /// fmt.Sprint of this value.
  std::string to_text() const;

 private:
  explicit Value(const Type& type) : type_(&type) {}

  const Type* type_ = nullptr;
  bool boxed_ = false;
  union Scalar {
    std::uint64_t unsigned_integer = 0;
    std::int64_t integer;
    double floating;
    bool boolean;
  } scalar_;
  std::shared_ptr<const void> shared_;
};

}  // namespace dockerlite::format
