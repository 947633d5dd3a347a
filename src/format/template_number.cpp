#include "format/template_number.hpp"

#include <cmath>

#include "dockerlite/util/strings.hpp"
#include "format/go_unquote.hpp"

namespace dockerlite::format {

Result<std::unique_ptr<NumberNode>> parse_number(const Token& token) {
  auto number = std::make_unique<NumberNode>();
  const std::string& text = token.text;
  const auto simplify = [&] {
    number->is_complex = true;
    number->is_float = number->complex_value.imag() == 0;
    if (!number->is_float) return;
    number->float_value = number->complex_value.real();
    const double f = number->float_value;
    number->is_int = f == std::trunc(f) && f >= -9.2e18 && f < 9.2e18;
    if (number->is_int) number->int_value = static_cast<std::int64_t>(f);
    number->is_uint = f == std::trunc(f) && f >= 0 && f < 1.8e19;
    if (number->is_uint) number->uint_value = static_cast<std::uint64_t>(f);
  };
  if (token.kind == Token::Kind::character_constant) {
    DL_TRY(const char32_t rune, unquote_character(text));
    number->is_int = number->is_uint = number->is_float = true;
    number->int_value = static_cast<std::int64_t>(rune);
    number->uint_value = rune;
    number->float_value = static_cast<double>(rune);
    return number;
  }
  if (token.kind == Token::Kind::complex_number) {
    const auto sign = text.find_last_of("+-");
    const auto real = util::parse_float(text.substr(0, sign));
    const auto imaginary = util::parse_float(text.substr(sign, text.size() - sign - 1));
    if (!real || !imaginary) return error("syntax error scanning complex number");
    number->complex_value = {*real, *imaginary};
    simplify();
    return number;
  }
  if (text.ends_with('i')) {
    if (const auto imaginary = util::parse_float(text.substr(0, text.size() - 1))) {
      number->complex_value = {0, *imaginary};
      simplify();
      return number;
    }
  }
  if (const auto value = util::parse_uint(text, 0)) {
    number->is_uint = true;
    number->uint_value = *value;
  }
  if (const auto value = util::parse_int(text, 0)) {
    number->is_int = true;
    number->int_value = *value;
    if (*value == 0) number->is_uint = true;  // -0
  }
  if (number->is_int || number->is_uint) {
    number->is_float = true;
    number->float_value =
        number->is_int ? static_cast<double>(number->int_value) : static_cast<double>(number->uint_value);
  } else if (const auto value = util::parse_float(text)) {
    if (text.find_first_of(".eEpP") == std::string::npos) return error("integer overflow: " + util::go_quote(text));
    const double f = *value;
    number->is_float = true;
    number->float_value = f;
    if (f == std::trunc(f) && f >= -9.2e18 && f < 9.2e18) {
      number->is_int = true;
      number->int_value = static_cast<std::int64_t>(f);
    }
    if (f == std::trunc(f) && f >= 0 && f < 1.8e19) {
      number->is_uint = true;
      number->uint_value = static_cast<std::uint64_t>(f);
    }
  } else {
    return error("illegal number syntax: " + util::go_quote(text));
  }
  return number;
}

Value ideal_constant(const NumberNode& number, std::string_view text) {
  if (number.is_complex) return Value::complex(number.complex_value);
  const bool hexadecimal = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') &&
                           text.find_first_of("pP") == std::string_view::npos;
  if (number.is_float && !hexadecimal && text[0] != '\'' && text.find_first_of(".eEpP") != std::string_view::npos)
    return Value::floating(number.float_value);
  if (number.is_int) return Value::integer(number.int_value);
  return {};
}

}  // namespace dockerlite::format
