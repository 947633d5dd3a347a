#include "dockerlite/stream/detach_keys.hpp"
#include "support/catch.hpp"

using dockerlite::stream::DetachFilter;
using dockerlite::stream::kDefaultDetachKeys;
using dockerlite::stream::parse_detach_keys;

TEST_CASE("detach keys are written as docker writes them") {
  CHECK(parse_detach_keys("ctrl-p,ctrl-q").value() == kDefaultDetachKeys);
  CHECK(parse_detach_keys("a").value() == "a");
  CHECK(parse_detach_keys("a,B,5").value() == "aB5");
  CHECK(parse_detach_keys("ctrl-@,ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_,DEL").value() ==
        std::string("\0\x1b\x1c\x1d\x1e\x1f\x7f", 7));
  CHECK(parse_detach_keys("ctrl-z").value() == "\x1a");
}

TEST_CASE("detach keys that are none are refused") {
  CHECK(parse_detach_keys("xyz").error().message == "Unknown character: 'xyz'");
  CHECK(parse_detach_keys("").error().message == "Unknown character: ''");
  CHECK(parse_detach_keys("a,").error().message == "Unknown character: ''");
  CHECK(parse_detach_keys("ctrl-A").error().message == "Unknown character: 'ctrl-A'");
  CHECK(parse_detach_keys("ctrl-`").error().message == "Unknown character: 'ctrl-`'");
}

namespace {

struct Typed {
  std::string sent;
  bool detached = false;
  bool operator==(const Typed&) const = default;
};

Typed type(std::string keys, const std::vector<std::string_view>& reads) {
  DetachFilter filter(std::move(keys));
  Typed typed;
  for (const std::string_view read : reads)
    if (filter.filter(read, typed.sent)) {
      typed.detached = true;
      break;
    }
  return typed;
}

}  // namespace

TEST_CASE("the detach sequence is found, and what came before it is sent") {
  CHECK(type("\x10\x11", {"ls\n\x10\x11more"}) == Typed{"ls\n", true});
  CHECK(type("\x10\x11", {"\x10", "\x11"}) == Typed{"", true});
  CHECK(type("aab", {"aaab"}) == Typed{"a", true});
  CHECK(type("abac", {"ababac"}) == Typed{"ab", true});
  CHECK(type("x", {"abcx"}) == Typed{"abc", true});
}

TEST_CASE("a partial detach sequence is held back, and sent once it is broken") {
  CHECK(type("\x10\x11", {"a\x10"}) == Typed{"a", false});
  CHECK(type("\x10\x11", {"a\x10", "b"}) == Typed{"a\x10"
                                                  "b",
                                                  false});
  CHECK(type("\x10\x11", {"\x10\x10", "b"}) == Typed{"\x10\x10"
                                                     "b",
                                                     false});
  CHECK(type("", {"any\x10\x11thing"}) == Typed{"any\x10\x11thing", false});
}
