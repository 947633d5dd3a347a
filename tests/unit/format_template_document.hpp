#pragma once

// The document that the template tests look into, and how one of their rows is checked.
#include <string>
#include <string_view>

#include "dockerlite/format/template.hpp"
#include "support/catch.hpp"

struct TemplateCase {
  std::string_view text;
  std::string_view output;
  std::string_view error;
};

inline constexpr std::string_view kTemplateDocument =
    R"json({"Id":"abc","Zz":{"s":"hello","e":"","n":42,"neg":-7,"f":3.5,"big":12345678901234567890123,"exp":1e3,"t":true,"fl":false,"nil":null,"a":["x","y","z"],"ea":[],"m":{"b":2,"a":"1","c":{"d":"deep"}},"em":{})json"
    R"json(,"html":"<a href=\"x\">'&'</a>","u":"héllo wörld","w":"日本語","mix":[1,"a",null,true,{"k":"v"},[1,2]],"num":["1","2"],"space":"a b_c-d e.f","nl":"l1\nl2","bs":"back\\slash"}})json";

/// Runs `text` on the document's "Zz" member; a failing parse and a failing execution both show in `error`.
inline void check(const TemplateCase& c) {
  using namespace dockerlite::format;
  const auto document = Value::from_json(kTemplateDocument);
  REQUIRE(document.ok());
  const std::string text = "{{with .Zz}}" + std::string(c.text) + "{{end}}";
  CAPTURE(c.text);
  const auto parsed = Template::parse(text);
  if (!parsed) {
    CHECK(parsed.error().message == c.error);
    return;
  }
  std::string output;
  const auto result = parsed->execute(*document, output, Template::MissingKey::error);
  if (result) {
    CHECK(output == c.output);
    CHECK(c.error.empty());
  } else {
    CHECK(result.error().message == c.error);
  }
}
