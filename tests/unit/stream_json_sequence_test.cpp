#include "dockerlite/stream/json_sequence.hpp"
#include "support/catch.hpp"

using dockerlite::Result;
using dockerlite::stream::JsonSequenceSplitter;

namespace {

struct Outcome {
  std::vector<std::string> values;
  std::string error;
  bool operator==(const Outcome&) const = default;
};

Outcome split(const std::vector<std::string_view>& chunks) {
  JsonSequenceSplitter splitter;
  Outcome outcome;
  const JsonSequenceSplitter::OnValue collect = [&](std::string_view value) -> Result<void> {
    outcome.values.emplace_back(value);
    return {};
  };
  for (const std::string_view chunk : chunks) {
    if (auto fed = splitter.feed(chunk, collect); !fed) {
      outcome.error = fed.error().message;
      return outcome;
    }
  }
  if (auto end = splitter.finish(collect); !end) outcome.error = end.error().message;
  return outcome;
}

}  // namespace

TEST_CASE("a JSON sequence gives the same values however it is cut") {
  const std::string text =
      "{\"status\":\"a\"}\r\n{\"n\":{\"x\":[1,{\"y\":\"}\\\"{\"}]}}{\"b\":\"\\\\\"}  [1,2] \"s\\\"t\" 12 -3.5e1 "
      "true\nnull";
  const Outcome whole{{"{\"status\":\"a\"}", "{\"n\":{\"x\":[1,{\"y\":\"}\\\"{\"}]}}", "{\"b\":\"\\\\\"}", "[1,2]",
                       "\"s\\\"t\"", "12", "-3.5e1", "true", "null"},
                      ""};
  CHECK(split({text}) == whole);
  const std::string_view view = text;
  for (std::size_t cut = 0; cut <= text.size(); ++cut) CHECK(split({view.substr(0, cut), view.substr(cut)}) == whole);
  std::vector<std::string_view> single;
  for (std::size_t i = 0; i < text.size(); ++i) single.push_back(view.substr(i, 1));
  CHECK(split(single) == whole);
}

TEST_CASE("a JSON sequence that ends within a value is an unexpected end") {
  CHECK(split({"{\"a\":1}{\"b\""}) == Outcome{{"{\"a\":1}"}, "unexpected EOF"});
  CHECK(split({"\"abc"}) == Outcome{{}, "unexpected EOF"});
  CHECK(split({" \r\n\t"}) == Outcome{{}, ""});
  CHECK(split({}) == Outcome{{}, ""});
}

TEST_CASE("a JSON sequence refuses what begins no value") {
  CHECK(split({"{}<html>"}) == Outcome{{"{}"}, "invalid character '<' looking for beginning of value"});
  CHECK(split({"}"}) == Outcome{{}, "invalid character '}' looking for beginning of value"});
}

TEST_CASE("a JSON sequence stops at the receiver's error") {
  JsonSequenceSplitter splitter;
  int calls = 0;
  const auto result = splitter.feed("{}{}", [&](std::string_view) -> Result<void> {
    ++calls;
    return dockerlite::error("enough");
  });
  REQUIRE_FALSE(result);
  CHECK(result.error() == dockerlite::error("enough"));
  CHECK(calls == 1);
}
