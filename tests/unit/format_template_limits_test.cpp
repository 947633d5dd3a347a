#include "dockerlite/format/template.hpp"
#include "support/catch.hpp"

namespace {

using namespace dockerlite::format;

std::string repeated(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

/// The output, or the error's text.
std::string result_of(std::string_view text, Template::MissingKey missing_key = Template::MissingKey::no_value) {
  const auto parsed = Template::parse(text);
  if (!parsed) return parsed.error().message;
  std::string output;
  const auto result = parsed->execute(*Value::from_json(R"({"a":{"b":1}})"), output, missing_key);
  return result ? output : result.error().message;
}

}  // namespace

TEST_CASE("A missing key is no value, unless it is to be an error") {
  CHECK(result_of("{{.x}} {{.x.y}} {{.a.b}}") == "<no value> <no value> 1");
  CHECK(result_of("{{.x}}", Template::MissingKey::error) ==
        "template: :1:2: executing \"\" at <.x>: map has no entry for key \"x\"");
}

TEST_CASE("What was printed before an error stays") {
  std::string output = "before ";
  CHECK_FALSE(Template::parse("a{{.a.b.c}}b")->execute(*Value::from_json(R"({"a":{"b":1}})"), output).ok());
  CHECK(output == "before a");
}

TEST_CASE("A template's name is in its errors") {
  CHECK(Template::parse("{{", "list").error().message == "template: list:1: unclosed action");
  std::string output;
  CHECK(Template::parse("{{.x.y}}", "list")->execute(Value::string("s"), output).error().message ==
        "template: list:1:4: executing \"list\" at <.x.y>: can't evaluate field x in type string");
}

TEST_CASE("Nesting has an end") {
  CHECK(result_of("{{" + repeated("(", 400) + "1" + repeated(")", 400) + "}}") == "1");
  CHECK(result_of("{{" + repeated("(", 100000)) == "template: :1: max expression depth exceeded");
  CHECK(result_of(repeated("{{if 1}}", 400) + "x" + repeated("{{end}}", 400)) == "x");
  CHECK(result_of(repeated("{{if 1}}", 100000)) == "template: :1: max expression depth exceeded");
  CHECK(result_of("{{if 0}}" + repeated("{{else if 0}}", 100000)) == "template: :1: max expression depth exceeded");
  CHECK(result_of(R"({{define "x"}}{{template "x"}}{{end}}{{template "x"}})") ==
        "template: :1:25: executing \"x\" at <{{template \"x\"}}>: exceeded maximum template depth (100000)");
  CHECK_FALSE(Value::from_json(repeated("[", 100000)).ok());
}

TEST_CASE("In a header line docker's functions hand their operand through") {
  std::string output;
  const auto parsed =
      Template::parse(R"({{upper .a}} {{json .a}} {{truncate .a 1}} {{join (split .a "n") "-"}} {{pad .a 1 1}}|)");
  REQUIRE(parsed.ok());
  CHECK(parsed
            ->execute(Value::map({{"a", Value::string("name")}}, types::string_map), output,
                      Template::MissingKey::no_value, Template::Functions::header)
            .ok());
  CHECK(output == "name name name name  name |");
}
