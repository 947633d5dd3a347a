#include "dockerlite/format/schema.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "dockerlite/util/strings.hpp"
#include "format/go_time.hpp"
#include "format/schema_definitions.hpp"

namespace dockerlite::format {
namespace {

std::string ulimit_text(const Value& ulimit) {
  const auto limit = [&](std::string_view name) { return std::to_string(ulimit.field(name)->as_int()); };
  return ulimit.field("Name")->as_string() + "=" + limit("Soft") + ":" + limit("Hard");
}

/// A device and its weight or rate.
std::string device_text(const Value& device) {
  return device.fields()[0].as_string() + ":" + std::to_string(device.fields()[1].as_uint());
}

std::string file_mode_text(const Value& mode) {
  std::string text = "-";
  for (int bit = 8; bit >= 0; --bit) text += (mode.as_uint() >> bit & 1) != 0 ? "rwx"[2 - bit % 3] : '-';
  return text;
}

std::string same_text(const Value& value) { return value.as_string(); }

constexpr Type kFileMode{.kind = Kind::unsigned_integer, .name = "fs.FileMode", .to_string = file_mode_text};
constexpr Type kEmptyStruct{.kind = Kind::structure, .name = "struct {}"};
// An address range; it is text in JSON and prints as text.
constexpr Type kNetIpNet{.kind = Kind::string, .name = "registry.NetIPNet", .to_string = same_text};

constexpr std::pair<std::string_view, const Type*> kBuiltins[] = {
    {"any", &types::any},        {"bool", &types::boolean},         {"int", &types::int_},
    {"int32", &types::int32},    {"int64", &types::int64},          {"uint", &types::uint},
    {"uint8", &types::uint8},    {"uint16", &types::uint16},        {"uint32", &types::uint32},
    {"uint64", &types::uint64},  {"float64", &types::float64},      {"string", &types::string},
    {"time.Time", &kTimeType},   {"time.Duration", &kDurationType}, {"os.FileMode", &kFileMode},
    {"struct{}", &kEmptyStruct}, {"registry.NetIPNet", &kNetIpNet},
};

std::string_view root_name(Schema::Root root) {
  switch (root) {
    case Schema::Root::container:
      return "container.InspectResponse";
    case Schema::Root::image:
      return "image.InspectResponse";
    case Schema::Root::network:
      return "network.Inspect";
    case Schema::Root::volume:
      return "volume.Volume";
    case Schema::Root::plugin:
      return "types.Plugin";
    case Schema::Root::service:
      return "swarm.Service";
    case Schema::Root::task:
      return "swarm.Task";
    case Schema::Root::node:
      return "swarm.Node";
    case Schema::Root::secret:
      return "swarm.Secret";
    case Schema::Root::config:
      return "swarm.Config";
    case Schema::Root::info:
      return "system.Info";
    case Schema::Root::version:
      return "types.Version";
  }
  return {};
}

std::string_view json_kind(const Value& value) {
  switch (value.kind()) {
    case Kind::boolean:
      return "bool";
    case Kind::slice:
      return "array";
    case Kind::map:
      return "object";
    default:
      return value.kind() == Kind::string && &value.type() != &types::json_number ? "string" : "number";
  }
}

Error mismatch(const Value& value, const Type& type) {
  std::string what(json_kind(value));
  if (what == "number" && (type.kind == Kind::integer || type.kind == Kind::unsigned_integer))
    what += " " + value.as_string();
  return error("json: cannot unmarshal " + what + " into Go value of type " + type_name(type));
}

int bits_of(const Type& type) {
  const std::string_view name = type.name;
  return name == "uint8" ? 8 : name == "uint16" ? 16 : name == "uint32" || name == "int32" ? 32 : 64;
}

/// An `interface {}`: numbers become float64, unlike in a document that is decoded with UseNumber.
Value loose(const Value& value) {
  if (value.kind() == Kind::string && &value.type() == &types::json_number) {
    double number = 0;
    const std::string& text = value.as_string();
    std::from_chars(text.data(), text.data() + text.size(), number);
    return Value::floating(number);
  }
  if (value.kind() == Kind::slice) {
    std::vector<Value> elements;
    for (const Value& element : value.elements()) elements.push_back(loose(element));
    return Value::slice(std::move(elements));
  }
  if (value.kind() == Kind::map) {
    std::vector<Value::Entry> entries;
    for (const auto& [name, element] : value.entries()) entries.emplace_back(name, loose(element));
    return Value::map(std::move(entries));
  }
  return value;
}

Result<Value> convert_slice(const Value& value, const Type& type);
Result<Value> convert_map(const Value& value, const Type& type);
Result<Value> convert_struct(const Value& value, const Type& type);

Result<Value> convert_scalar(const Value& value, const Type& type) {
  const bool is_number = value.kind() == Kind::string && &value.type() == &types::json_number;
  switch (type.kind) {
    case Kind::boolean:
      if (value.kind() != Kind::boolean) break;
      return Value::boolean(value.as_bool(), type);
    case Kind::string:
      if (value.kind() != Kind::string || is_number) break;
      return Value::string(value.as_string(), type);
    case Kind::integer:
      if (is_number)
        if (const auto number = util::parse_int(value.as_string(), 10, bits_of(type)))
          return Value::integer(*number, type);
      break;
    case Kind::unsigned_integer:
      if (is_number)
        if (const auto number = util::parse_uint(value.as_string(), 10, bits_of(type)))
          return Value::unsigned_integer(*number, type);
      break;
    case Kind::floating:
      if (is_number) return Value::floating(loose(value).as_float(), type);
      break;
    default:
      break;
  }
  return mismatch(value, type);
}

/// json.Unmarshal of an already decoded document into `type`.
Result<Value> convert_value(const Value& value, const Type& type) {
  if (value.is_nil()) return Value::zero(type);
  switch (type.kind) {
    case Kind::interface:
      return loose(value);
    case Kind::pointer: {
      DL_TRY(Value target, convert_value(value, *type.element));
      return Value::pointer(std::move(target), type);
    }
    case Kind::slice:
      return convert_slice(value, type);
    case Kind::map:
      return convert_map(value, type);
    case Kind::structure:
      return convert_struct(value, type);
    default:
      return convert_scalar(value, type);
  }
}

Result<Value> convert_slice(const Value& value, const Type& type) {
  std::vector<Value> elements;
  if (value.kind() == Kind::string && &value.type() != &types::json_number) {
    if (type.element->name == "uint8") {
      DL_TRY(const std::string bytes, util::base64_decode(value.as_string()));
      for (const char c : bytes)
        elements.push_back(Value::unsigned_integer(static_cast<unsigned char>(c), *type.element));
      return Value::slice(std::move(elements), type);
    }
    // Old images have their command as one string.
    if (type.name == "strslice.StrSlice") return Value::slice({Value::string(value.as_string())}, type);
  }
  if (value.kind() != Kind::slice) return mismatch(value, type);
  elements.reserve(value.elements().size());
  for (const Value& element : value.elements()) {
    if (type.length > 0 && elements.size() == type.length) break;
    DL_TRY(elements.emplace_back(), convert_value(element, *type.element));
  }
  while (elements.size() < type.length) elements.push_back(Value::zero(*type.element));
  return Value::slice(std::move(elements), type);
}

Result<Value> convert_map(const Value& value, const Type& type) {
  if (value.kind() != Kind::map) return mismatch(value, type);
  std::vector<Value::Entry> entries;
  entries.reserve(value.entries().size());
  for (const auto& [name, element] : value.entries()) {
    DL_TRY(Value converted, convert_value(element, *type.element));
    entries.emplace_back(name, std::move(converted));
  }
  return Value::map(std::move(entries), type);
}

const Value* find_member(const Value& object, std::string_view name) {
  if (const Value* exact = object.find(name)) return exact;
  for (const auto& [key, value] : object.entries())
    if (util::equal_fold(key, name)) return &value;
  return nullptr;
}

Result<Value> convert_struct(const Value& value, const Type& type) {
  if (&type == &kTimeType) {
    const bool is_text = value.kind() == Kind::string && &value.type() != &types::json_number;
    if (!is_text) return error("Time.UnmarshalJSON: input is not a JSON string");
    if (auto time = time_value(value.as_string()); time && !value.as_string().empty()) return *std::move(time);
    return error("parsing time " + util::go_quote(value.as_string()) +
                 " as \"2006-01-02T15:04:05Z07:00\": cannot parse");
  }
  if (value.kind() != Kind::map) return mismatch(value, type);
  std::vector<Value> fields;
  fields.reserve(type.fields.size());
  for (const Field& field : type.fields) {
    if (field.embedded && field.json_name.empty()) {
      DL_TRY(fields.emplace_back(), convert_value(value, *field.type));
      continue;
    }
    const Value* member =
        field.json_name == "-" ? nullptr : find_member(value, field.json_name.empty() ? field.name : field.json_name);
    if (member == nullptr) {
      fields.push_back(Value::zero(*field.type));
      continue;
    }
    DL_TRY(fields.emplace_back(), convert_value(*member, *field.type));
  }
  return Value::structure(std::move(fields), type);
}

}  // namespace

/// The types that the root needs, built from their definitions when something first refers to them.
class Schema::Impl {
 public:
  explicit Impl(Root which) {
    switch (which) {
      case Root::container:
        index({kContainerDefinitions});
        break;
      case Root::image:
        index({kContainerDefinitions, kImageDefinitions});
        break;
      case Root::network:
        index({kNetworkDefinitions});
        break;
      case Root::volume:
        index({kVolumeDefinitions});
        break;
      case Root::plugin:
        index({kPluginDefinitions});
        break;
      case Root::info:
      case Root::version:
        index({kContainerDefinitions, kVolumeDefinitions, kSwarmDefinitions, kSystemDefinitions});
        break;
      default:
        index({kContainerDefinitions, kVolumeDefinitions, kSwarmDefinitions});
    }
    root = &resolve(root_name(which));
  }

  const Type& resolve(std::string_view expression);
  const Type* root = nullptr;

 private:
  struct Entry {
    Type type{};
    std::vector<Field> fields{};
  };

  void index(std::initializer_list<std::string_view> texts);
  void define(Entry& entry, std::string_view name, std::string_view definition);
  void define_struct(Entry& entry, std::string_view body);

  std::map<std::string_view, std::string_view> definitions_;  ///< by name: "{ ... }" or a type expression
  std::map<std::string, Entry, std::less<>> entries_;
};

void Schema::Impl::index(std::initializer_list<std::string_view> texts) {
  for (std::string_view text : texts) {
    while (!text.empty()) {
      const auto line = util::cut(text, "\n");
      const auto parts = util::cut(line.before, " ");
      if (parts.after == "{") {
        constexpr std::string_view kEnd = "\n}\n";
        const std::size_t start = parts.before.size() + 1;
        const std::size_t end = std::min(text.find(kEnd), text.size() - kEnd.size()) + kEnd.size();
        definitions_.emplace(parts.before, text.substr(start, end - start));
        text.remove_prefix(end);
        continue;
      }
      if (parts.found) definitions_.emplace(parts.before, parts.after);
      text = line.after;
    }
  }
}

const Type& Schema::Impl::resolve(std::string_view expression) {
  for (const auto& [name, type] : kBuiltins)
    if (name == expression) return *type;
  if (const auto known = entries_.find(expression); known != entries_.end()) return known->second.type;
  // The entry comes first: a struct may refer to itself.
  const auto at = entries_.emplace(std::string(expression), Entry{}).first;
  Entry& entry = at->second;
  const std::string_view name = at->first;
  if (name.starts_with('*')) {
    entry.type = Type{.kind = Kind::pointer, .element = &resolve(name.substr(1))};
  } else if (name.starts_with('[')) {
    const auto close = name.find(']');
    entry.type = Type{.kind = Kind::slice, .element = &resolve(name.substr(close + 1))};
    std::from_chars(name.data() + 1, name.data() + close, entry.type.length);
  } else if (name.starts_with("map[")) {
    const auto close = name.find(']');
    entry.type = Type{
        .kind = Kind::map, .element = &resolve(name.substr(close + 1)), .key = &resolve(name.substr(4, close - 4))};
  } else if (const auto definition = definitions_.find(name); definition != definitions_.end()) {
    define(entry, name, definition->second);
  } else {
    entry.type = Type{.kind = Kind::string, .name = name};
  }
  return entry.type;
}

void Schema::Impl::define(Entry& entry, std::string_view name, std::string_view definition) {
  if (definition.starts_with('{')) {
    entry.type = Type{.kind = Kind::structure, .name = name};
    define_struct(entry, definition);
  } else {
    entry.type = resolve(definition);
    entry.type.name = name;
  }
  if (name == "units.Ulimit" || name == "blkiodev.WeightDevice" || name == "blkiodev.ThrottleDevice") {
    entry.type.to_string = name == "units.Ulimit" ? ulimit_text : device_text;
    entry.type.pointer_stringer = true;
  }
  entry.type.methods = schema_methods(name);
}

void Schema::Impl::define_struct(Entry& entry, std::string_view body) {
  body.remove_prefix(body.find('\n') + 1);
  for (auto line = util::cut(body, "\n"); line.found && line.before != "}"; line = util::cut(line.after, "\n")) {
    std::string_view text = util::trim(line.before, " ");
    Field field{};
    if (text.starts_with('+')) {
      field.embedded = true;
      field.type = &resolve(text.substr(1));
      // Go names an embedded field after its type, without the package.
      field.name = text.substr(text.rfind('.') + 1);
    } else {
      const auto name = util::cut(text, " ");
      auto type = util::cut(name.after, " ");
      field.name = name.before;
      field.type = &resolve(type.before);
      field.omit_empty = type.after.ends_with('?');
      if (field.omit_empty) type.after.remove_suffix(1);
      field.json_name = type.after;
    }
    entry.fields.push_back(field);
  }
  entry.type.fields = entry.fields;
}

Schema::Schema(Root root) : impl_(std::make_unique<Impl>(root)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

const Type& Schema::root() const { return *impl_->root; }
const Type& Schema::type(std::string_view expression) const { return impl_->resolve(expression); }

Result<Value> Schema::decode(std::string_view json) const {
  DL_TRY(const Value document, Value::from_json(json));
  return convert_value(document, *impl_->root);
}

Result<Value> Schema::convert(const Value& decoded, const Type& type) const { return convert_value(decoded, type); }

}  // namespace dockerlite::format
