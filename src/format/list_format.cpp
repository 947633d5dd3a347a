#include "dockerlite/format/list_format.hpp"

#include <algorithm>

#include "dockerlite/util/json.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::format {
namespace {

constexpr std::string_view kTable = "table";
constexpr const Type* kLabelParameters[] = {&types::string};

Result<Value> call_column(const Method& method, const Value& receiver, std::span<const Value> /*arguments*/) {
  return static_cast<const Column*>(method.context)->value(receiver.object());
}

Result<Value> call_label(const Method& method, const Value& receiver, std::span<const Value> arguments) {
  const auto* list = static_cast<const ListType*>(method.context);
  return Value::string(list->label(receiver.object(), arguments[0].as_string()));
}

/// `.Label "com.example.some-key"` in a header line: "some key".
Result<Value> header_label(const Method& /*method*/, const Value& /*receiver*/, std::span<const Value> arguments) {
  std::string name = arguments[0].as_string();
  if (const auto dot = name.rfind('.'); dot != std::string::npos) name.erase(0, dot + 1);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
  return Value::string(std::move(name));
}

constexpr Method kHeaderMethods[] = {{"Label", header_label, kLabelParameters}};
constexpr Type kHeaderType{.kind = Kind::map,
                           .name = "formatter.SubHeaderContext",
                           .element = &types::string,
                           .key = &types::string,
                           .methods = kHeaderMethods};

/// A row as docker marshals it: what its methods without parameters return, sorted by name, escaped as encoding/json
/// does.
std::string row_json(const Value& row) {
  std::string out = "{";
  for (const Method& method : row.type().methods) {
    if (!method.parameters.empty()) continue;
    if (out.size() > 1) out += ',';
    util::append_json_string(out, method.name, true);
    out += ':';
    if (const auto value = method.call(method, row, {})) value->append_json(out, true);
  }
  return out += '}';
}

}  // namespace

RowMethods::RowMethods(const ListType& type) : list_(type) {
  methods_.reserve(type.columns.size() + 1);
  for (const Column& column : type.columns) methods_.push_back({column.name, call_column, {}, &column});
  if (type.label != nullptr) methods_.push_back({"Label", call_label, kLabelParameters, &type});
  std::sort(methods_.begin(), methods_.end(), [](const Method& a, const Method& b) { return a.name < b.name; });
  type_ = Type{.kind = Kind::object, .name = type.row_type, .methods = methods_, .to_json = row_json};
}

Value RowMethods::header() const {
  std::vector<Value::Entry> entries;
  for (const Column& column : list_.columns)
    if (!column.header.empty()) entries.emplace_back(column.name, Value::string(std::string(column.header)));
  return Value::map(std::move(entries), kHeaderType);
}

Result<ListFormat> ListFormat::parse(std::string_view format, const ListType& type) {
  const bool table = format.starts_with(kTable);
  if (table) format.remove_prefix(kTable.size());
  std::string text(format == "json" && !table ? "{{json .}}" : util::trim(format, " "));
  text = util::replace_all(util::replace_all(text, "\\t", "\t"), "\\n", "\n");
  auto parsed = Template::parse(text);
  if (!parsed) return error("template parsing error: " + parsed.error().message);
  return ListFormat(*std::move(parsed), type, table);
}

Result<void> ListFormat::write(const void* rows, std::size_t row_size, std::size_t count, std::string& out) const {
  const RowMethods methods(*type_);
  std::string body;
  for (std::size_t i = 0; i < count; ++i) {
    const Value row = methods.row(static_cast<const char*>(rows) + i * row_size);
    if (auto result = template_.execute(row, body); !result)
      return error("template parsing error: " + result.error().message);
    body += '\n';
  }
  if (!table_) {
    out += body;
    return {};
  }
  std::string text;
  // Docker ignores a header that fails and keeps what it has printed until then.
  (void)template_.execute(methods.header(), text, Template::MissingKey::no_value, Template::Functions::header);
  text += '\n';
  append_aligned(out, text += body);
  return {};
}

}  // namespace dockerlite::format
