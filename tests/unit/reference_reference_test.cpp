#include "dockerlite/reference/reference.hpp"

#include "support/catch.hpp"

namespace dockerlite::reference {
namespace {

const std::string kHex64(64, 'a');
const std::string kSha256 = "sha256:" + kHex64;

std::string repeat(char c, std::size_t n) { return std::string(n, c); }

/// What docker 28 did with `docker pull INPUT`: the reference that it asked the engine for, or its message.
struct PullCase {
  std::string input;
  Reference expected;
  std::string message;
};

Reference hub(std::string path, std::string tag = {}, std::string digest = {}) {
  return {"docker.io", std::move(path), std::move(tag), std::move(digest)};
}

PullCase good(std::string input, Reference expected) { return {std::move(input), std::move(expected), {}}; }
PullCase bad(std::string input, std::string message = "invalid reference format") {
  return {std::move(input), {}, std::move(message)};
}

}  // namespace

TEST_CASE("A reference is read as docker pull reads it") {
  const PullCase cases[] = {
      good("busybox", hub("library/busybox")),
      good("busybox:1.0", hub("library/busybox", "1.0")),
      good("library/busybox", hub("library/busybox")),
      good("docker.io/busybox", hub("library/busybox")),
      good("index.docker.io/foo/bar", hub("foo/bar")),
      good("index.docker.io/busybox", hub("library/busybox")),
      good("index.docker.io", hub("library/index.docker.io")),
      good("localhost/foo", {"localhost", "foo", "", ""}),
      good("localhost:5000/foo", {"localhost:5000", "foo", "", ""}),
      good("localhost", hub("library/localhost")),
      good("foo.bar/x", {"foo.bar", "x", "", ""}),
      good("foo:5000/x", {"foo:5000", "x", "", ""}),
      good("Foo/bar", {"Foo", "bar", "", ""}),
      good("foo:TAG", hub("library/foo", "TAG")),
      good("foo:5000", hub("library/foo", "5000")),
      good("foo:" + repeat('t', 128), hub("library/foo", repeat('t', 128))),
      good(repeat('a', 247), hub("library/" + repeat('a', 247))),
      good("foo@" + kSha256, hub("library/foo", "", kSha256)),
      good("foo:1@" + kSha256, hub("library/foo", "1", kSha256)),
      good(kSha256, hub("library/sha256", kHex64)),
      good(repeat('a', 12), hub("library/" + repeat('a', 12))),
      good("foo--bar", hub("library/foo--bar")),
      good("foo__bar", hub("library/foo__bar")),
      good("a_b", hub("library/a_b")),
      good("[::1]:5000/foo", {"[::1]:5000", "foo", "", ""}),
      good("[::1]/foo", {"[::1]", "foo", "", ""}),
      good("docker.io/library/foo/bar", hub("library/foo/bar")),
      good("docker.io", hub("library/docker.io")),
      good("Xn--foo.com/bar", {"Xn--foo.com", "bar", "", ""}),
      good("1.2.3.4/x", {"1.2.3.4", "x", "", ""}),
      good("foo_b.ar/x", {"", "foo_b.ar/x", "", ""}),

      bad("FOO", "invalid reference format: repository name (library/FOO) must be lowercase"),
      bad("foo/BAR", "invalid reference format: repository name (foo/BAR) must be lowercase"),
      bad("localhost/X", "invalid reference format: repository name (X) must be lowercase"),
      bad("registry.example.com/UP/x", "invalid reference format: repository name (UP/x) must be lowercase"),
      bad("foo/\xC3\x89", "invalid reference format: repository name (foo/\xC3\x89) must be lowercase"),
      bad("foo/\xFF", "invalid reference format: repository name (foo/\xFF) must be lowercase"),
      bad("foo@SHA256:" + kHex64, "invalid reference format: repository name (library/foo@SHA256) must be lowercase"),
      bad("Foo_x/bar", "repository name must be lowercase"),
      bad("\xC3\x89/x"),
      bad(""),
      bad("foo:"),
      bad("foo/"),
      bad("/foo"),
      bad("foo//bar"),
      bad("foo..bar"),
      bad("foo___bar"),
      bad("_a"),
      bad("a-/b"),
      bad("-a/b"),
      bad("a.-b/c"),
      bad("a.b:/c"),
      bad("a/b-"),
      bad("a--b-/c"),
      bad("a.b/c__d/e-.f"),
      bad("[]/a"),
      bad("[::1]x/a"),
      bad("[::1/a"),
      bad("::1/foo"),
      bad("foo bar"),
      bad("foo\n"),
      bad("foo:a:b"),
      bad("foo:.bad"),
      bad("foo:" + repeat('t', 129)),
      bad("foo.bar:x/y"),
      bad("foo/bar:5000/x"),
      bad("https://foo/bar"),
      bad("docker.io/"),
      bad("foo@"),
      bad("foo:1@"),
      bad("a/b@x"),
      bad("@" + kSha256),
      bad("foo@sha256:abc"),
      bad("foo@" + kHex64),
      bad(kHex64, "invalid repository name (" + kHex64 + "), cannot specify 64-byte hexadecimal strings"),
      bad(repeat('a', 248), "repository name must not be more than 255 characters"),
      bad("library/" + repeat('a', 255), "repository name must not be more than 255 characters"),
      bad("foo@" + kSha256 + "A", "invalid checksum digest length"),
      bad("foo@sha512:" + kHex64, "invalid checksum digest length"),
      bad("foo@sha384:" + kHex64, "invalid checksum digest length"),
      bad("foo@sha256:A" + repeat('a', 63), "invalid checksum digest format"),
      bad("foo@md5:" + kHex64, "unsupported digest algorithm"),
      bad("foo@a+b.c:" + kHex64, "unsupported digest algorithm"),
  };
  for (const PullCase& c : cases) {
    CAPTURE(c.input);
    const auto parsed = parse(c.input);
    if (c.message.empty()) {
      REQUIRE(parsed.ok());
      CHECK(*parsed == c.expected);
    } else {
      REQUIRE_FALSE(parsed.ok());
      CHECK(parsed.error() == error(c.message));
    }
  }
}

TEST_CASE("A reference is shown as people write it") {
  struct Case {
    std::string input, text, familiar_name, familiar;
  };
  const Case cases[] = {
      {"busybox", "docker.io/library/busybox", "busybox", "busybox"},
      {"docker.io/library/busybox:1", "docker.io/library/busybox:1", "busybox", "busybox:1"},
      {"foo/bar:2", "docker.io/foo/bar:2", "foo/bar", "foo/bar:2"},
      {"library/foo/bar", "docker.io/library/foo/bar", "library/foo/bar", "library/foo/bar"},
      {"localhost:5000/library/x", "localhost:5000/library/x", "localhost:5000/library/x", "localhost:5000/library/x"},
      {"foo:1@" + kSha256, "docker.io/library/foo:1@" + kSha256, "foo", "foo:1@" + kSha256},
      {"foo_b.ar/x:1", "foo_b.ar/x:1", "foo_b.ar/x", "foo_b.ar/x:1"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.input);
    const auto parsed = parse(c.input);
    REQUIRE(parsed.ok());
    CHECK(parsed->text() == c.text);
    CHECK(parsed->familiar_name() == c.familiar_name);
    CHECK(parsed->familiar() == c.familiar);
  }
}

TEST_CASE("The tag latest is added only where there is neither tag nor digest") {
  CHECK(parse("foo")->with_default_tag() == hub("library/foo", "latest"));
  CHECK(parse("foo:1")->with_default_tag() == hub("library/foo", "1"));
  CHECK(parse("foo@" + kSha256)->with_default_tag() == hub("library/foo", "", kSha256));
}

TEST_CASE("Where image IDs are allowed they are not taken for names") {
  CHECK(*parse_any(kHex64) == Reference{"", "", "", kSha256});
  CHECK(*parse_any(kSha256) == Reference{"", "", "", kSha256});
  CHECK(parse_any(kSha256)->is_id());
  CHECK(parse_any(kSha256)->text() == kSha256);
  CHECK(*parse_any(repeat('a', 12)) == hub("library/" + repeat('a', 12)));
  CHECK(*parse_any("sha256:" + repeat('a', 12)) == hub("library/sha256", repeat('a', 12)));
  CHECK(parse_any("FOO").error() == error("invalid reference format: repository name (library/FOO) must be lowercase"));
}

TEST_CASE("An image ID is 64 lower-case hexadecimal digits") {
  CHECK(is_anchored_identifier(kHex64));
  CHECK_FALSE(is_anchored_identifier(kHex64 + "a"));
  CHECK_FALSE(is_anchored_identifier(repeat('a', 63)));
  CHECK_FALSE(is_anchored_identifier(repeat('A', 64)));
  CHECK_FALSE(is_anchored_identifier(repeat('g', 64)));
}

TEST_CASE("A digest is checked by its algorithm") {
  CHECK(validate_digest(kSha256).ok());
  CHECK(validate_digest("sha384:" + repeat('0', 96)).ok());
  CHECK(validate_digest("sha512:" + repeat('f', 128)).ok());
  for (const char* text : {"", ":", "sha256:", ":abc", "abc", "Md5:abc", "a..b:abc", "md5:a b"})
    CHECK(validate_digest(text).error() == error("invalid checksum digest format"));
  CHECK(validate_digest("a.b:abc=").error() == error("unsupported digest algorithm"));
}

}  // namespace dockerlite::reference
