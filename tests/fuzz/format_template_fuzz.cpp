#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dockerlite/format/template.hpp"

namespace {

using namespace dockerlite::format;

constexpr std::string_view kDocument =
    R"({"s":"hello","e":"","n":42,"f":3.5,"t":true,"nil":null,"a":["x","y"],"m":{"b":2,"c":{"d":"deep"}},"mix":[1,"a",null]})";

/// Templates may loop and pad as long as they like; a fuzzer has no time for numbers of more than two digits.
bool is_quick(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (!digit && digits > 0 && std::isalpha(static_cast<unsigned char>(text[i])) != 0 && text[i] != 'i') return false;
    digits = digit ? digits + 1 : 0;
    if (digits > 2 || text[i] == '\'' || text[i] == '_') return false;
  }
  return text.find("range") == text.rfind("range");
}

}  // namespace

// What parses runs to its end or to an error with text, twice the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = Template::parse(text);
  if (!parsed) {
    if (!parsed.error().message.starts_with("template: ")) std::abort();
    return 0;
  }
  if (!is_quick(text)) return 0;
  static const Value document = *Value::from_json(kDocument);
  std::string first;
  std::string second;
  const auto result = parsed->execute(document, first, Template::MissingKey::error);
  if (parsed->execute(document, second, Template::MissingKey::error).ok() != result.ok() || first != second)
    std::abort();
  if (!result && !result.error().message.starts_with("template: ")) std::abort();
  return 0;
}
