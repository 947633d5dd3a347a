// The table of functions: text/template's printing and escaping ones, and docker's own.
#include <algorithm>
#include <array>

#include "dockerlite/util/strings.hpp"
#include "format/go_fmt.hpp"
#include "format/template_function.hpp"
#include "format/template_node.hpp"

namespace dockerlite::format {
namespace {

constexpr std::int64_t kMaximumPadding = 1 << 28;  // Go would try, and run out of memory

/// fmt.Sprint of the operands, each as a template prints it: what the escaping functions escape.
std::string printable_text(std::span<const Value> arguments) {
  std::string out;
  bool previous_string = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Kind kind = arguments[i].kind();
    const bool is_string = kind == Kind::string || kind == Kind::invalid || kind == Kind::interface;
    if (i > 0 && !is_string && !previous_string) out += ' ';
    append_printable(out, kind == Kind::interface ? Value() : arguments[i]);
    previous_string = is_string;
  }
  return out;
}

Result<Value> html(std::span<const Value> arguments) {
  std::string out;
  for (const char c : printable_text(arguments)) {
    switch (c) {
      case '"':
        out += "&#34;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\0':
        out += "\uFFFD";
        break;
      default:
        out += c;
    }
  }
  return Value::string(std::move(out));
}

Result<Value> js(std::span<const Value> arguments) {
  const std::string text = printable_text(arguments);
  const auto escape = [](char32_t c) {
    const Value rune = Value::integer(static_cast<std::int64_t>(c));
    return go_sprintf("\\u%04X", std::span<const Value>(&rune, 1));
  };
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = util::decode_utf8(text, i);
    if (c == '\\' || c == '\'' || c == '"') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == '=' || (c >= 0x80 && !util::is_printable(c))) {
      out += escape(c);
    } else {
      out.append(text, start, i - start);
    }
  }
  return Value::string(std::move(out));
}

Result<Value> urlquery(std::span<const Value> arguments) {
  return Value::string(util::query_escape(printable_text(arguments)));
}

Result<Value> print(std::span<const Value> arguments) { return Value::string(go_sprint(arguments)); }
Result<Value> println(std::span<const Value> arguments) { return Value::string(go_sprintln(arguments)); }
Result<Value> printf(std::span<const Value> arguments) {
  return Value::string(go_sprintf(arguments[0].as_string(), arguments.subspan(1)));
}

Result<Value> logical_not(std::span<const Value> arguments) { return Value::boolean(!arguments[0].truth()); }

Result<Value> json(std::span<const Value> arguments) {
  if (arguments[0].kind() == Kind::complex) return error("json: unsupported type: " + arguments[0].type_name());
  return Value::string(arguments[0].to_json(false));
}

Result<Value> split(std::span<const Value> arguments) {
  const std::string& text = arguments[0].as_string();
  const std::string& separator = arguments[1].as_string();
  std::vector<Value> parts;
  std::size_t start = 0;
  if (separator.empty()) {
    while (start < text.size()) {
      const std::size_t from = start;
      util::decode_utf8(text, start);
      parts.push_back(Value::string(text.substr(from, start - from)));
    }
  } else {
    for (std::size_t at = text.find(separator); at != std::string::npos; at = text.find(separator, start)) {
      parts.push_back(Value::string(text.substr(start, at - start)));
      start = at + separator.size();
    }
    parts.push_back(Value::string(text.substr(start)));
  }
  return Value::slice(std::move(parts), types::string_slice);
}

Result<Value> join(std::span<const Value> arguments) {
  std::string out;
  bool first = true;
  for (const Value& element : arguments[0].elements()) {
    if (!first) out += arguments[1].as_string();
    first = false;
    out += element.as_string();
  }
  return Value::string(std::move(out));
}

/// Go's strings.Title: the first letter of each word; letters, digits and underscores make words.
Result<Value> title(std::span<const Value> arguments) {
  const std::string& text = arguments[0].as_string();
  std::string out;
  bool in_word = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = util::decode_utf8(text, i);
    const std::string_view letter = std::string_view(text).substr(start, i - start);
    out += in_word ? std::string(letter) : util::to_upper(letter);
    const bool separator =
        c < 0x80 ? !(c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
                 : util::trim_space(letter).empty();
    in_word = !separator;
  }
  return Value::string(std::move(out));
}

Result<Value> lower(std::span<const Value> arguments) {
  return Value::string(util::to_lower(arguments[0].as_string()));
}
Result<Value> upper(std::span<const Value> arguments) {
  return Value::string(util::to_upper(arguments[0].as_string()));
}

Result<Value> pad(std::span<const Value> arguments) {
  const std::string& text = arguments[0].as_string();
  if (text.empty()) return arguments[0];
  const std::int64_t left = arguments[1].as_int();
  const std::int64_t right = arguments[2].as_int();
  if (left < 0 || right < 0) return error("strings: negative Repeat count");
  if (left > kMaximumPadding || right > kMaximumPadding) return error("strings: Repeat output length overflow");
  std::string out(static_cast<std::size_t>(left), ' ');
  out += text;
  out.append(static_cast<std::size_t>(right), ' ');
  return Value::string(std::move(out));
}

Result<Value> truncate(std::span<const Value> arguments) {
  const std::string& text = arguments[0].as_string();
  const std::int64_t length = arguments[1].as_int();
  if (length < 0) return error("runtime error: slice bounds out of range [:" + std::to_string(length) + "]");
  return Value::string(text.substr(0, static_cast<std::size_t>(length)));
}

Result<Value> same(std::span<const Value> arguments) { return arguments[0]; }

constexpr const Type* kAny[] = {&types::any};
constexpr const Type* kOperand[] = {&kAnyOperand};
constexpr const Type* kTwoOperands[] = {&kAnyOperand, &kAnyOperand};
constexpr const Type* kFormat[] = {&types::string, &types::any};
constexpr const Type* kString[] = {&types::string};
constexpr const Type* kTwoStrings[] = {&types::string, &types::string};
constexpr const Type* kStringInt[] = {&types::string, &types::int_};
constexpr const Type* kStringIntInt[] = {&types::string, &types::int_, &types::int_};
constexpr const Type* kJoin[] = {&types::string_slice, &types::string};

constexpr Function kHeaderOne{"", kString, false, same};
constexpr Function kHeaderTwo{"", kTwoStrings, false, same};
constexpr Function kHeaderTruncate{"", kStringInt, false, same};

using Special = Function::Special;

constexpr std::array kFunctions{
    Function{"and", kTwoOperands, true, nullptr, nullptr, Special::logical_and},
    Function{"call", kTwoOperands, true, nullptr, nullptr, Special::call},
    Function{"eq", kTwoOperands, true, template_eq},
    Function{"ge", kTwoOperands, false, template_ge},
    Function{"gt", kTwoOperands, false, template_gt},
    Function{"html", kAny, true, html},
    Function{"index", kTwoOperands, true, template_index},
    Function{"join", kJoin, false, join, &kHeaderTwo},
    Function{"js", kAny, true, js},
    Function{"json", kAny, false, json, &kHeaderOne},
    Function{"le", kTwoOperands, false, template_le},
    Function{"len", kOperand, false, template_len},
    Function{"lower", kString, false, lower, &kHeaderOne},
    Function{"lt", kTwoOperands, false, template_lt},
    Function{"ne", kTwoOperands, false, template_ne},
    Function{"not", kOperand, false, logical_not},
    Function{"or", kTwoOperands, true, nullptr, nullptr, Special::logical_or},
    Function{"pad", kStringIntInt, false, pad},
    Function{"print", kAny, true, print},
    Function{"printf", kFormat, true, printf},
    Function{"println", kAny, true, println},
    Function{"slice", kTwoOperands, true, template_slice},
    Function{"split", kTwoStrings, false, split, &kHeaderTwo},
    Function{"title", kString, false, title, &kHeaderOne},
    Function{"truncate", kStringInt, false, truncate, &kHeaderTruncate},
    Function{"upper", kString, false, upper, &kHeaderOne},
    Function{"urlquery", kAny, true, urlquery},
};

constexpr bool by_name(const Function& a, const Function& b) { return a.name < b.name; }
static_assert(std::is_sorted(kFunctions.begin(), kFunctions.end(), by_name));

}  // namespace

const Function* find_function(std::string_view name) {
  const auto at = std::lower_bound(kFunctions.begin(), kFunctions.end(), name,
                                   [](const Function& f, std::string_view n) { return f.name < n; });
  return at != kFunctions.end() && at->name == name ? &*at : nullptr;
}

void append_printable(std::string& out, const Value& value) {
  bool is_nil = false;
  const Value shown = value.kind() == Kind::pointer ? indirect(value, is_nil) : value;
  if (!shown.valid()) {
    out += "<no value>";
  } else if (shown.type().to_string != nullptr && !is_nil) {
    out += shown.type().to_string(shown);
  } else {
    append_go_value(out, shown);
  }
}

}  // namespace dockerlite::format
