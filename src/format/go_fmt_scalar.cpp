#include "format/go_fmt_scalar.hpp"

#include <algorithm>
#include <utility>

#include "dockerlite/util/strings.hpp"
#include "format/go_fmt.hpp"

namespace dockerlite::format {
namespace {

constexpr std::string_view kLowerDigits = "0123456789abcdefx";
constexpr std::string_view kUpperDigits = "0123456789ABCDEFX";
constexpr std::uint64_t kMaximumRune = 0x10FFFF;

std::size_t rune_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) util::decode_utf8(text, i);
  return count;
}

/// A raw string can hold it: one line, no back quote, valid and printable (tabs allowed).
bool can_back_quote(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = util::decode_utf8(text, i);
    if ((c == 0xFFFD && i == start + 1) || c == 0xFEFF || (c < 0x20 && c != '\t') || c == '`' || c == 0x7F)
      return false;
  }
  return true;
}

}  // namespace

void ScalarPrinter::padding(std::size_t count) {
  // Zeros are put on the left alone.
  out_.append(count, flags.zero && !flags.minus ? '0' : ' ');
}

void ScalarPrinter::padded(std::string_view text) {
  const std::size_t width = static_cast<std::size_t>(flags.width.value_or(0));
  const std::size_t length = width == 0 ? 0 : rune_count(text);
  const std::size_t missing = width > length ? width - length : 0;
  if (!flags.minus) padding(missing);
  out_ += text;
  if (flags.minus) padding(missing);
}

std::string_view ScalarPrinter::truncated(std::string_view text) const {
  if (!flags.precision) return text;
  std::size_t i = 0;
  for (int n = *flags.precision; n > 0 && i < text.size(); --n) util::decode_utf8(text, i);
  return text.substr(0, i);
}

void ScalarPrinter::quoted(std::string_view text) {
  text = truncated(text);
  if (flags.sharp && can_back_quote(text))
    padded("`" + std::string(text) + "`");
  else
    padded(flags.plus ? util::go_quote_ascii(text) : util::go_quote(text));
}

void ScalarPrinter::quoted_rune(std::uint64_t value) {
  std::string rune;
  util::append_utf8(rune, value > kMaximumRune ? 0xFFFD : static_cast<char32_t>(value));
  std::string text = flags.plus ? util::go_quote_ascii(rune) : util::go_quote(rune);
  // A string literal's quotes become a character's, and the quote that needs its backslash changes.
  text = text.substr(1, text.size() - 2);
  if (text == "\\\"") text = "\"";
  if (text == "'") text = "\\'";
  padded("'" + text + "'");
}

void ScalarPrinter::unicode(std::uint64_t value) {
  std::string digits;
  for (std::uint64_t rest = value; rest > 0; rest /= 16) digits.insert(digits.begin(), kUpperDigits[rest % 16]);
  const std::size_t least = static_cast<std::size_t>(std::max(4, flags.precision.value_or(4)));
  if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
  std::string text = "U+" + digits;
  if (flags.sharp && value <= kMaximumRune && util::is_printable(static_cast<char32_t>(value))) {
    text += " '";
    util::append_utf8(text, static_cast<char32_t>(value));
    text += '\'';
  }
  const bool zero = std::exchange(flags.zero, false);
  padded(text);
  flags.zero = zero;
}

void ScalarPrinter::digits(std::uint64_t value, unsigned base, bool is_signed, char32_t verb, bool upper) {
  const bool negative = is_signed && static_cast<std::int64_t>(value) < 0;
  if (negative) value = 0 - value;
  // Two ways to ask for leading zeros: %.3d and %03d; the precision wins.
  std::size_t least = 1;
  if (flags.precision) {
    least = static_cast<std::size_t>(*flags.precision);
    if (least == 0 && value == 0) {
      out_.append(static_cast<std::size_t>(flags.width.value_or(0)), ' ');
      return;
    }
  } else if (flags.zero && !flags.minus && flags.width) {
    const bool sign = negative || flags.plus || flags.space;
    least = static_cast<std::size_t>(std::max(1, *flags.width - (sign ? 1 : 0)));
  }
  const std::string_view symbols = upper ? kUpperDigits : kLowerDigits;
  std::string text;  // in reverse
  do {
    text += symbols[value % base];
    value /= base;
  } while (value > 0);
  if (text.size() < least) text.append(least - text.size(), '0');
  if (flags.sharp) {
    if (base == 2) text += "b0";
    if (base == 8 && text.back() != '0') text += '0';
    if (base == 16) {
      text += symbols[16];
      text += '0';
    }
  }
  if (verb == 'O') text += "o0";
  if (negative)
    text += '-';
  else if (flags.plus)
    text += '+';
  else if (flags.space)
    text += ' ';
  std::reverse(text.begin(), text.end());
  const bool zero = std::exchange(flags.zero, false);
  padded(text);
  flags.zero = zero;
}

bool ScalarPrinter::integer(std::uint64_t value, bool is_signed, char32_t verb) {
  switch (verb) {
    case 'v':
      if (flags.sharp_v && !is_signed)
        address(value, true);
      else
        digits(value, 10, is_signed, verb, false);
      return true;
    case 'd':
      digits(value, 10, is_signed, verb, false);
      return true;
    case 'b':
      digits(value, 2, is_signed, verb, false);
      return true;
    case 'o':
    case 'O':
      digits(value, 8, is_signed, verb, false);
      return true;
    case 'x':
      digits(value, 16, is_signed, verb, false);
      return true;
    case 'X':
      digits(value, 16, is_signed, verb, true);
      return true;
    case 'c': {
      std::string rune;
      util::append_utf8(rune, value > kMaximumRune ? 0xFFFD : static_cast<char32_t>(value));
      padded(rune);
      return true;
    }
    case 'q':
      quoted_rune(value);
      return true;
    case 'U':
      unicode(value);
      return true;
    default:
      return false;
  }
}

void ScalarPrinter::address(std::uintptr_t value, bool leading_0x) {
  const bool sharp = std::exchange(flags.sharp, leading_0x);
  digits(value, 16, false, 'v', false);
  flags.sharp = sharp;
}

void ScalarPrinter::real(double value, char verb, int precision) {
  std::string number = format_float(value, verb, flags.precision.value_or(precision));
  if (number[0] != '-' && number[0] != '+') number.insert(number.begin(), '+');
  if (flags.space && number[0] == '+' && !flags.plus) number[0] = ' ';
  if (number[1] == 'I' || number[1] == 'N') {
    const bool zero = std::exchange(flags.zero, false);
    if (number[1] == 'N' && !flags.space && !flags.plus) number.erase(0, 1);
    padded(number);
    flags.zero = zero;
    return;
  }
  if (flags.sharp && verb != 'b') {
    // A decimal point always, and for %g the trailing zeros too.
    int wanted = 0;
    if (verb == 'g' || verb == 'G' || verb == 'x' || verb == 'X') {
      wanted = flags.precision.value_or(-1);
      if (wanted < 0) wanted = 6;
    }
    std::string tail;
    bool point = false;
    bool nonzero = false;
    for (std::size_t i = 1; i < number.size(); ++i) {
      const char c = number[i];
      if (c == '.') {
        point = true;
      } else if (c == 'p' || c == 'P' || ((c == 'e' || c == 'E') && verb != 'x' && verb != 'X')) {
        tail = number.substr(i);
        number.resize(i);
        break;
      } else {
        if (c != '0') nonzero = true;
        if (nonzero) --wanted;
      }
    }
    if (!point) {
      if (number.size() == 2 && number[1] == '0') --wanted;
      number += '.';
    }
    if (wanted > 0) number.append(static_cast<std::size_t>(wanted), '0');
    number += tail;
  }
  if (flags.plus || number[0] != '+') {
    const auto width = static_cast<std::size_t>(flags.width.value_or(0));
    if (flags.zero && !flags.minus && width > number.size()) {
      out_ += number[0];
      padding(width - number.size());
      out_.append(number, 1);
      return;
    }
    padded(number);
    return;
  }
  padded(std::string_view(number).substr(1));
}

bool ScalarPrinter::floating(double value, char32_t verb) {
  switch (verb) {
    case 'v':
      real(value, 'g', -1);
      return true;
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
      real(value, static_cast<char>(verb), -1);
      return true;
    case 'f':
    case 'e':
    case 'E':
      real(value, static_cast<char>(verb), 6);
      return true;
    case 'F':
      real(value, 'f', 6);
      return true;
    default:
      return false;
  }
}

bool ScalarPrinter::complex(std::complex<double> value, char32_t verb) {
  if (std::u32string_view(U"vbgGxXfFeE").find(verb) == std::u32string_view::npos) return false;
  const bool plus = flags.plus;
  out_ += '(';
  floating(value.real(), verb);
  flags.plus = true;  // the imaginary part always has its sign
  floating(value.imag(), verb);
  out_ += "i)";
  flags.plus = plus;
  return true;
}

void ScalarPrinter::hex(std::string_view text, bool upper) {
  std::size_t length = text.size();
  if (flags.precision) length = std::min(length, static_cast<std::size_t>(*flags.precision));
  if (length == 0) {
    padding(static_cast<std::size_t>(flags.width.value_or(0)));
    return;
  }
  const std::string_view symbols = upper ? kUpperDigits : kLowerDigits;
  std::string digits;
  const auto prefix = [&] {
    digits += '0';
    digits += symbols[16];
  };
  if (flags.sharp) prefix();
  for (std::size_t i = 0; i < length; ++i) {
    if (flags.space && i > 0) {
      digits += ' ';
      if (flags.sharp) prefix();
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    digits += symbols[byte >> 4];
    digits += symbols[byte & 0xF];
  }
  padded(digits);
}

bool ScalarPrinter::string(std::string_view text, char32_t verb) {
  switch (verb) {
    case 'v':
      if (flags.sharp_v)
        quoted(text);
      else
        padded(truncated(text));
      return true;
    case 's':
      padded(truncated(text));
      return true;
    case 'x':
      hex(text, false);
      return true;
    case 'X':
      hex(text, true);
      return true;
    case 'q':
      quoted(text);
      return true;
    default:
      return false;
  }
}

}  // namespace dockerlite::format
