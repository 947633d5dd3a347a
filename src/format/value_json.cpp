// JSON in and out of values: decoding into Go's `interface {}` and json.Marshal.
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "dockerlite/format/value.hpp"
#include "dockerlite/util/json.hpp"
#include "dockerlite/util/strings.hpp"
#include "format/go_fmt.hpp"

namespace dockerlite::format {
namespace {

// Deeper documents are refused: values are walked and freed recursively. No engine sends more than a few dozen levels.
constexpr std::size_t kMaximumDepth = 1000;

/// Builds a Value from nlohmann's events, without a document in between.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add(Value::null()); }
  bool boolean(bool value) override { return add(Value::boolean(value)); }
  bool number_integer(std::int64_t value) override { return add_number(std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) override { return add_number(std::to_string(value)); }
  bool number_float(double /*value*/, const std::string& text) override { return add_number(text); }
  bool string(std::string& value) override { return add(Value::string(std::move(value))); }
  bool binary(nlohmann::json::binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(true); }
  bool key(std::string& name) override {
    levels_.back().entries.emplace_back(std::move(name), Value());
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t /*size*/) override { return open(false); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string& /*token*/, const nlohmann::detail::exception& e) override {
    // nlohmann's texts begin with their own numbering: "[json.exception.parse_error.101] parse error at ...: cause".
    std::string_view cause = e.what();
    if (const auto end = cause.find("] "); end != std::string_view::npos) cause.remove_prefix(end + 2);
    message_ = "invalid JSON at byte " + std::to_string(position) + ": " + std::string(cause);
    return false;
  }

  Value result;
  std::string message_ = "invalid JSON";

 private:
  struct Level {
    bool is_object;
    std::vector<Value> elements;
    std::vector<Value::Entry> entries;
  };

  bool add_number(std::string text) { return add(Value::string(std::move(text), types::json_number)); }

  bool add(Value value) {
    if (levels_.empty())
      result = std::move(value);
    else if (levels_.back().is_object)
      levels_.back().entries.back().second = std::move(value);
    else
      levels_.back().elements.push_back(std::move(value));
    return true;
  }

  bool open(bool is_object) {
    if (levels_.size() == kMaximumDepth) {
      message_ = "exceeded max depth";
      return false;
    }
    levels_.push_back({is_object, {}, {}});
    return true;
  }

  bool close() {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    return add(level.is_object ? Value::map(std::move(level.entries)) : Value::slice(std::move(level.elements)));
  }

  std::vector<Level> levels_;
};

bool is_empty(const Value& value) {
  switch (value.kind()) {
    case Kind::structure:
    case Kind::function:
      return false;
    default:
      return !value.truth();
  }
}

/// A float as encoding/json writes it: plain digits in the range where ECMAScript does so, else an exponent without
/// padding.
std::string json_float(double value) {
  const double magnitude = std::fabs(value);
  if (magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e21)) return format_float(value, 'f', -1);
  std::string text = format_float(value, 'e', -1);
  const auto n = text.size();
  if (n >= 4 && text[n - 4] == 'e' && text[n - 3] == '-' && text[n - 2] == '0') text.erase(n - 2, 1);
  return text;
}

void append_members(std::string& out, const Value& structure, bool escape_html, bool& first) {
  const auto& fields = structure.type().fields;
  const auto values = structure.fields();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Field& field = fields[i];
    if (field.json_name == "-") continue;
    if (field.embedded && field.json_name.empty()) {
      const Value* inner = &values[i];
      if (inner->kind() == Kind::pointer && !inner->is_nil()) inner = &inner->pointee();
      if (inner->kind() == Kind::structure) append_members(out, *inner, escape_html, first);
      continue;
    }
    if (field.omit_empty && is_empty(values[i])) continue;
    if (!first) out += ',';
    first = false;
    util::append_json_string(out, field.json_name.empty() ? field.name : field.json_name, escape_html);
    out += ':';
    values[i].append_json(out, escape_html);
  }
}

}  // namespace

Result<Value> Value::from_json(std::string_view text) {
  Builder builder;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return error(std::move(builder.message_));
  return std::move(builder.result);
}

void Value::append_json(std::string& out, bool escape_html) const {
  if (valid() && type_->to_json != nullptr && !is_nil()) {
    out += type_->to_json(*this);
    return;
  }
  bool first = true;
  switch (kind()) {
    case Kind::boolean:
      out += as_bool() ? "true" : "false";
      return;
    case Kind::integer:
      out += std::to_string(as_int());
      return;
    case Kind::unsigned_integer:
      out += std::to_string(as_uint());
      return;
    case Kind::floating:
      out += json_float(as_float());
      return;
    case Kind::string:
      if (type_ == &types::json_number)
        out += as_string().empty() ? "0" : as_string();
      else
        util::append_json_string(out, as_string(), escape_html);
      return;
    case Kind::slice:
      if (is_nil()) break;
      if (type_->length == 0 && type_->element->name == "uint8") {
        std::string bytes;
        for (const Value& element : elements()) bytes += static_cast<char>(element.as_uint());
        util::append_json_string(out, util::base64_encode(bytes), escape_html);
        return;
      }
      out += '[';
      for (const Value& element : elements()) {
        if (!first) out += ',';
        first = false;
        element.append_json(out, escape_html);
      }
      out += ']';
      return;
    case Kind::map:
      if (is_nil()) break;
      out += '{';
      for (const auto& [name, value] : entries()) {
        if (!first) out += ',';
        first = false;
        util::append_json_string(out, name, escape_html);
        out += ':';
        value.append_json(out, escape_html);
      }
      out += '}';
      return;
    case Kind::structure:
      out += '{';
      append_members(out, *this, escape_html, first);
      out += '}';
      return;
    case Kind::pointer:
      if (is_nil()) break;
      pointee().append_json(out, escape_html);
      return;
    case Kind::invalid:
    case Kind::interface:
    case Kind::complex:
    case Kind::object:
    case Kind::function:
      break;
  }
  out += "null";
}

}  // namespace dockerlite::format
