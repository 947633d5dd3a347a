#include "dockerlite/stream/tar.hpp"
#include "support/catch.hpp"
#include "support/tar_bytes.hpp"

using dockerlite::Result;
using namespace dockerlite::stream;
using namespace dockerlite::test;

namespace {

struct Seen {
  TarEntry entry;
  std::string content;
  bool operator==(const Seen&) const = default;
};

/// Everything in an archive, or what reading it ended with.
Result<std::vector<Seen>> read_all(std::string_view bytes, std::size_t piece_size) {
  TarReader reader(in_pieces(bytes, piece_size));
  std::vector<Seen> all;
  Seen seen;
  while (true) {
    DL_TRY(const bool more, reader.next(seen.entry));
    if (!more) return all;
    seen.content.clear();
    TarReader::Piece piece;
    while (true) {
      DL_TRY(const bool more_content, reader.read(piece));
      if (!more_content) break;
      seen.content.resize(static_cast<std::size_t>(piece.offset));
      seen.content += piece.bytes;
    }
    all.push_back(seen);
  }
}

std::string failure_of(std::string_view bytes, std::size_t piece_size = 4096) {
  const auto result = read_all(bytes, piece_size);
  return result ? "no error" : result.error().message;
}

std::string written(const std::vector<Seen>& entries) {
  std::string bytes;
  TarWriter writer([&bytes](std::string_view piece) { bytes += piece; });
  for (const auto& [entry, content] : entries) {
    REQUIRE(writer.add(entry).ok());
    if (!content.empty()) REQUIRE(writer.write(content).ok());
  }
  REQUIRE(writer.finish().ok());
  return bytes;
}

const std::string kLongName = std::string(150, 'd') + "/" + std::string(200, 'n');
const std::string kBytes = "caf\xc3\xa9 e\xcc\x81 \xff\xfe \xe6\x97\xa5";  // composed, decomposed, and no UTF-8 at all

std::vector<Seen> samples() {
  using Kind = TarEntry::Kind;
  std::vector<Seen> entries;
  entries.push_back(
      {{.kind = Kind::directory, .name = "d/", .mode = 0750, .uid = 5, .gid = 6, .modified = {981173106, 0}}, ""});
  entries.push_back({{.name = "d/file", .mode = 04711, .size = 1000, .modified = {1, 0}}, std::string(1000, 'x')});
  entries.push_back(
      {{.kind = Kind::symlink, .name = "d/link", .link = "../" + kLongName, .mode = 0777, .modified = {2, 0}}, ""});
  entries.push_back(
      {{.kind = Kind::hard_link, .name = "d/hard", .link = "d/file", .mode = 04711, .modified = {1, 0}}, ""});
  entries.push_back(
      {{.kind = Kind::character_device, .name = "null", .mode = 0666, .device_major = 1, .device_minor = 3}, ""});
  entries.push_back(
      {{.kind = Kind::block_device, .name = "disk", .mode = 0660, .device_major = 7, .device_minor = 2}, ""});
  entries.push_back({{.kind = Kind::fifo, .name = "pipe", .mode = 0600}, ""});
  entries.push_back({{.name = kLongName, .mode = 0644, .size = 3}, "abc"});
  entries.push_back({{.name = kBytes, .mode = 0644}, ""});
  entries.push_back(
      {{.name = "cap", .mode = 0755, .attributes = {{"security.capability", std::string("\1\0\0\2\0 \0", 7)}}}, ""});
  return entries;
}

}  // namespace

TEST_CASE("what the tar writer writes comes back the same, however it is cut", "[stream][tar]") {
  const std::vector<Seen> entries = samples();
  const std::string bytes = written(entries);
  for (const std::size_t size : {1, 7, 511, 512, 513, 100'000}) {
    const auto back = read_all(bytes, size);
    REQUIRE(back.ok());
    CHECK(*back == entries);
  }
}

TEST_CASE("an archive of one small file is as long as docker's", "[stream][tar]") {
  CHECK(written({{{.name = "f", .mode = 0644, .size = 6, .modified = {1, 0}}, "hello\n"}}).size() == 2048);
  CHECK(written({}) == tar_end());
}

TEST_CASE("a name of any bytes goes into the archive and out of it unchanged", "[stream][tar]") {
  const std::string bytes = pax_header({{"path", kBytes}}) + tar_entry({.name = "short"}) +
                            pax_header({{"linkpath", kBytes}}) + tar_entry({.name = "l", .type = '2', .link = "x"}) +
                            tar_end();
  const auto back = read_all(bytes, 512);
  REQUIRE(back.ok());
  REQUIRE(back->size() == 2);
  CHECK((*back)[0].entry.name == kBytes);
  CHECK((*back)[1].entry.link == kBytes);
}

TEST_CASE("an archive that ends within an entry is an error, between two entries it is not", "[stream][tar]") {
  const std::string bytes = tar_of({{.name = "a", .content = std::string(600, 'x')}, {.name = "b", .content = "y"}});
  const std::size_t second = 512 + 1024;
  for (std::size_t length = 1; length < second + 1024; ++length) {
    if (length % 512 == 0 && (length == second || length >= second + 1024)) continue;
    INFO("cut at " << length);
    CHECK(failure_of(std::string_view(bytes).substr(0, length), 100) == "unexpected EOF");
  }
  CHECK(failure_of(std::string_view(bytes).substr(0, second)) == "no error");
  CHECK(failure_of("") == "no error");
}

TEST_CASE("what is no tar archive is refused with Go's words", "[stream][tar]") {
  CHECK(failure_of(std::string(2048, 'z')) == "archive/tar: invalid tar header");
  std::string damaged = tar_of({{.name = "a", .content = "x"}, {.name = "b"}});
  damaged[1024] = 'c';  // the second header's sum no longer holds
  CHECK(failure_of(damaged) == "archive/tar: invalid tar header");
  CHECK(failure_of("<html>not found</html>") == "unexpected EOF");
}

TEST_CASE("a size that the stream does not have allocates nothing and is an error", "[stream][tar]") {
  const std::string bytes = tar_entry({.name = "huge", .content = "abc", .size = 077777777777}) + tar_end();
  CHECK(failure_of(bytes) == "unexpected EOF");
  const std::string pax = pax_header({{"size", "9223372036854775807"}}) + tar_entry({.name = "huge"}) + tar_end();
  CHECK(failure_of(pax) != "no error");
  const std::string negative = pax_header({{"size", "-5"}}) + tar_entry({.name = "odd"}) + tar_end();
  CHECK(failure_of(negative) != "no crash");
}

TEST_CASE("the source's own error is what the reader reports", "[stream][tar]") {
  const std::string bytes = tar_of({{.name = "a", .content = std::string(5000, 'x')}});
  int calls = 0;
  TarReader reader([&]() -> Result<std::string_view> {
    if (++calls == 1) return std::string_view(bytes).substr(0, 1024);
    return dockerlite::error("the connection broke");
  });
  TarEntry entry;
  TarReader::Piece piece;
  REQUIRE(reader.next(entry).ok());
  Result<bool> more = true;
  while (more && *more) more = reader.read(piece);
  REQUIRE_FALSE(more.ok());
  CHECK(more.error().message == "the connection broke");
}

TEST_CASE("content that is longer than announced is an error of the writer", "[stream][tar]") {
  TarWriter writer([](std::string_view) {});
  REQUIRE(writer.add({.name = "f", .mode = 0644, .size = 2}).ok());
  const auto result = writer.write("abc");
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().message == "archive/tar: write too long");
}

TEST_CASE("a writer that is given up within a large file writes nothing more", "[stream][tar]") {
  std::size_t size = 0;
  {
    TarWriter writer([&size](std::string_view bytes) { size += bytes.size(); });
    REQUIRE(writer.add({.name = "f", .mode = 0644, .size = std::int64_t{1} << 45}).ok());
    REQUIRE(writer.write("abc").ok());
    size = 0;
  }
  CHECK(size == 0);
}
