#include "format/go_fmt.hpp"

#include <optional>

#include "dockerlite/util/strings.hpp"
#include "format/go_fmt_scalar.hpp"

namespace dockerlite::format {
namespace {

constexpr int kMaximumNumber = 1000000;  // Go refuses larger widths, precisions and argument indexes

/// One Sprintf call: what the flags of the current verb are, and the text so far.
class Printer {
 public:
  explicit Printer(std::string& out) : out_(out), scalar_(out) {}

  void format(std::string_view format, std::span<const Value> arguments);
  /// An operand under a verb, as Go's printArg.
  void argument(const Value& value, char32_t verb) {
    const bool is_nil = value.kind() == Kind::invalid || value.kind() == Kind::interface;
    if (verb == 'T' && !is_nil) {
      scalar_.string(value.type_name(), 's');
    } else if (is_nil) {
      if (verb == 'v' || verb == 'T')
        scalar_.padded("<nil>");
      else
        bad_verb(Value(), verb);
    } else if (verb == 'p') {
      pointer(value, verb);
    } else {
      print(value, verb, 0);
    }
  }

 private:
  void print(const Value& value, char32_t verb, int depth);
  bool print_by_method(const Value& value, char32_t verb);
  void map(const Value& value, char32_t verb, int depth);
  void structure(const Value& value, char32_t verb, int depth);
  void slice(const Value& value, char32_t verb, int depth);
  void pointer(const Value& value, char32_t verb);
  void bad_verb(const Value& value, char32_t verb);

  bool argument_index(std::string_view format, std::size_t& i, std::size_t& argument, std::size_t count);
  std::optional<int> star(std::span<const Value> arguments, std::size_t& argument);
  void extra(std::span<const Value> arguments);

  std::string& out_;
  ScalarPrinter scalar_;
  bool reordered_ = false;
  bool good_index_ = true;
};

/// Digits at `i`; `value` is unset without any, and the scan stops (as Go's) where the number gets too large.
bool parse_number(std::string_view text, std::size_t& i, int& value) {
  const std::size_t start = i;
  value = 0;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    if (value > kMaximumNumber) {
      value = 0;
      return false;
    }
    value = value * 10 + (text[i] - '0');
  }
  return i > start;
}

bool Printer::argument_index(std::string_view format, std::size_t& i, std::size_t& argument, std::size_t count) {
  if (i >= format.size() || format[i] != '[') return false;
  reordered_ = true;
  const auto close = format.find(']', i);
  if (close == std::string_view::npos) {
    good_index_ = false;
    ++i;
    return false;
  }
  std::size_t at = i + 1;
  int index = 0;
  const bool found = parse_number(format, at, index);
  i = close + 1;
  if (found && at == close && index >= 1 && static_cast<std::size_t>(index) <= count) {
    argument = static_cast<std::size_t>(index) - 1;
    return true;
  }
  good_index_ = false;
  return true;
}

/// The operand of a `*` in a width or precision.
std::optional<int> Printer::star(std::span<const Value> arguments, std::size_t& argument) {
  if (argument >= arguments.size()) return std::nullopt;
  const Value& value = arguments[argument++];
  std::int64_t number = 0;
  if (value.kind() == Kind::integer)
    number = value.as_int();
  else if (value.kind() == Kind::unsigned_integer && value.as_uint() <= kMaximumNumber)
    number = static_cast<std::int64_t>(value.as_uint());
  else
    return std::nullopt;
  if (number > kMaximumNumber || number < -kMaximumNumber) return std::nullopt;
  return static_cast<int>(number);
}

void Printer::extra(std::span<const Value> arguments) {
  scalar_.clear();
  out_ += "%!(EXTRA ";
  bool first = true;
  for (const Value& value : arguments) {
    if (!first) out_ += ", ";
    first = false;
    if (value.kind() == Kind::invalid || value.kind() == Kind::interface) {
      out_ += "<nil>";
      continue;
    }
    out_ += value.type_name();
    out_ += '=';
    argument(value, 'v');
  }
  out_ += ')';
}

void Printer::format(std::string_view format, std::span<const Value> arguments) {
  std::size_t argument_number = 0;
  bool after_index = false;
  reordered_ = false;
  for (std::size_t i = 0; i < format.size();) {
    good_index_ = true;
    const std::size_t percent = std::min(format.find('%', i), format.size());
    out_.append(format, i, percent - i);
    i = percent + 1;
    if (percent == format.size()) break;

    scalar_.clear();
    auto& flags = scalar_.flags;
    for (bool more = true; more && i < format.size();) {
      switch (format[i]) {
        case '#':
          flags.sharp = true;
          break;
        case '0':
          flags.zero = true;
          break;
        case '+':
          flags.plus = true;
          break;
        case '-':
          flags.minus = true;
          break;
        case ' ':
          flags.space = true;
          break;
        default:
          more = false;
          continue;
      }
      ++i;
    }
    after_index = argument_index(format, i, argument_number, arguments.size());

    if (i < format.size() && format[i] == '*') {
      ++i;
      flags.width = star(arguments, argument_number);
      if (!flags.width) out_ += "%!(BADWIDTH)";
      if (flags.width && *flags.width < 0) {
        flags.width = -*flags.width;
        flags.minus = true;
        flags.zero = false;
      }
      after_index = false;
    } else {
      int width = 0;
      if (parse_number(format, i, width)) {
        flags.width = width;
        if (after_index) good_index_ = false;  // "%[3]2d"
      }
    }

    if (i + 1 < format.size() && format[i] == '.') {
      ++i;
      if (after_index) good_index_ = false;  // "%[3].2d"
      after_index = argument_index(format, i, argument_number, arguments.size());
      if (i < format.size() && format[i] == '*') {
        ++i;
        flags.precision = star(arguments, argument_number);
        if (flags.precision && *flags.precision < 0) flags.precision.reset();
        if (!flags.precision) out_ += "%!(BADPREC)";
        after_index = false;
      } else {
        int precision = 0;
        parse_number(format, i, precision);
        flags.precision = precision;
      }
    }

    if (!after_index) argument_index(format, i, argument_number, arguments.size());
    if (i >= format.size()) {
      out_ += "%!(NOVERB)";
      break;
    }
    const char32_t verb = util::decode_utf8(format, i);
    if (verb == '%') {
      out_ += '%';
    } else if (!good_index_) {
      out_ += "%!";
      util::append_utf8(out_, verb);
      out_ += "(BADINDEX)";
    } else if (argument_number >= arguments.size()) {
      out_ += "%!";
      util::append_utf8(out_, verb);
      out_ += "(MISSING)";
    } else {
      if (verb == 'v') {
        // %#v is Go syntax, and %+v adds field names; neither flag then means what it means for numbers.
        flags.sharp_v = std::exchange(flags.sharp, false);
        flags.plus_v = std::exchange(flags.plus, false);
      }
      argument(arguments[argument_number++], verb);
    }
  }
  if (!reordered_ && argument_number < arguments.size()) extra(arguments.subspan(argument_number));
}

void Printer::bad_verb(const Value& value, char32_t verb) {
  out_ += "%!";
  util::append_utf8(out_, verb);
  out_ += '(';
  if (value.valid()) {
    out_ += value.type_name();
    out_ += '=';
    print(value, 'v', 0);
  } else {
    out_ += "<nil>";
  }
  out_ += ')';
}

bool Printer::print_by_method(const Value& value, char32_t verb) {
  if (scalar_.flags.sharp_v) return false;
  if (verb != 'v' && verb != 's' && verb != 'x' && verb != 'X' && verb != 'q') return false;
  const Type* type = &value.type();
  if (type->kind == Kind::pointer) {
    if (value.is_nil()) return false;
    const Value& target = value.pointee();
    if (!target.valid() || target.type().to_string == nullptr) return false;
    scalar_.string(target.type().to_string(target), verb);
    return true;
  }
  if (type->to_string == nullptr || type->pointer_stringer) return false;
  scalar_.string(type->to_string(value), verb);
  return true;
}

void Printer::print(const Value& value, char32_t verb, int depth) {
  if (value.kind() == Kind::invalid || value.kind() == Kind::interface) {
    if (scalar_.flags.sharp_v)
      out_ += "interface {}(nil)";
    else
      out_ += "<nil>";
    return;
  }
  if (print_by_method(value, verb)) return;
  bool known = true;
  switch (value.kind()) {
    case Kind::boolean:
      known = verb == 't' || verb == 'v';
      if (known) scalar_.padded(value.as_bool() ? "true" : "false");
      break;
    case Kind::integer:
      known = scalar_.integer(static_cast<std::uint64_t>(value.as_int()), true, verb);
      break;
    case Kind::unsigned_integer:
      known = scalar_.integer(value.as_uint(), false, verb);
      break;
    case Kind::floating:
      known = scalar_.floating(value.as_float(), verb);
      break;
    case Kind::complex:
      known = scalar_.complex(value.as_complex(), verb);
      break;
    case Kind::string:
      known = scalar_.string(value.as_string(), verb);
      break;
    case Kind::slice:
      slice(value, verb, depth);
      break;
    case Kind::map:
      map(value, verb, depth);
      break;
    case Kind::structure:
      structure(value, verb, depth);
      break;
    case Kind::pointer: {
      const Value* target = value.is_nil() ? nullptr : &value.pointee();
      if (depth == 0 && target != nullptr &&
          (target->kind() == Kind::structure || target->kind() == Kind::map || target->kind() == Kind::slice)) {
        out_ += '&';
        print(*target, verb, depth + 1);
        break;
      }
      pointer(value, verb);
      break;
    }
    default:
      pointer(value, verb);
  }
  if (!known) bad_verb(value, verb);
}

void Printer::map(const Value& value, char32_t verb, int depth) {
  const bool sharp = scalar_.flags.sharp_v;
  if (sharp) {
    out_ += value.type_name();
    if (value.is_nil()) {
      out_ += "(nil)";
      return;
    }
  }
  out_ += sharp ? "{" : "map[";
  bool first = true;
  for (const auto& [name, element] : value.entries()) {
    if (!first) out_ += sharp ? ", " : " ";
    first = false;
    print(Value::string(name, *value.type().key), verb, depth + 1);
    out_ += ':';
    print(element, verb, depth + 1);
  }
  out_ += sharp ? '}' : ']';
}

void Printer::structure(const Value& value, char32_t verb, int depth) {
  const bool sharp = scalar_.flags.sharp_v;
  if (sharp) out_ += value.type_name();
  out_ += '{';
  const auto& fields = value.type().fields;
  const auto values = value.fields();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out_ += sharp ? ", " : " ";
    if (sharp || scalar_.flags.plus_v) {
      out_ += fields[i].name;
      out_ += ':';
    }
    print(values[i], verb, depth + 1);
  }
  out_ += '}';
}

void Printer::slice(const Value& value, char32_t verb, int depth) {
  const auto elements = value.elements();
  if (value.type().element->kind == Kind::unsigned_integer && value.type().element->name == "uint8" &&
      (verb == 's' || verb == 'q' || verb == 'x' || verb == 'X')) {
    std::string bytes;
    for (const Value& element : elements) bytes += static_cast<char>(element.as_uint());
    scalar_.string(bytes, verb);
    return;
  }
  const bool sharp = scalar_.flags.sharp_v;
  if (sharp) {
    out_ += value.type_name();
    if (value.is_nil()) {
      out_ += "(nil)";
      return;
    }
  }
  out_ += sharp ? '{' : '[';
  bool first = true;
  for (const Value& element : elements) {
    if (!first) out_ += sharp ? ", " : " ";
    first = false;
    print(element, verb, depth + 1);
  }
  out_ += sharp ? '}' : ']';
}

void Printer::pointer(const Value& value, char32_t verb) {
  switch (value.kind()) {
    case Kind::pointer:
    case Kind::object:
    case Kind::map:
    case Kind::slice:
    case Kind::function:
      break;
    default:
      bad_verb(value, verb);
      return;
  }
  const auto address = reinterpret_cast<std::uintptr_t>(value.object());
  if (verb == 'v') {
    if (scalar_.flags.sharp_v) {
      out_ += '(' + value.type_name() + ")(";
      if (address == 0)
        out_ += "nil";
      else
        scalar_.address(address, true);
      out_ += ')';
    } else if (address == 0) {
      scalar_.padded("<nil>");
    } else {
      scalar_.address(address, !scalar_.flags.sharp);
    }
  } else if (verb == 'p') {
    scalar_.address(address, !scalar_.flags.sharp);
  } else if (verb == 'b' || verb == 'o' || verb == 'd' || verb == 'x' || verb == 'X') {
    scalar_.integer(address, false, verb);
  } else {
    bad_verb(value, verb);
  }
}

}  // namespace

std::string go_sprintf(std::string_view format, std::span<const Value> arguments) {
  std::string out;
  Printer(out).format(format, arguments);
  return out;
}

void append_go_value(std::string& out, const Value& value) {
  if (value.kind() == Kind::string && value.type().to_string == nullptr)
    out += value.as_string();
  else
    Printer(out).argument(value, 'v');
}

std::string go_sprint(std::span<const Value> arguments) {
  std::string out;
  bool previous_string = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool is_string = arguments[i].kind() == Kind::string;
    if (i > 0 && !is_string && !previous_string) out += ' ';
    append_go_value(out, arguments[i]);
    previous_string = is_string;
  }
  return out;
}

std::string go_sprintln(std::span<const Value> arguments) {
  std::string out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) out += ' ';
    append_go_value(out, arguments[i]);
  }
  return out += '\n';
}

}  // namespace dockerlite::format
