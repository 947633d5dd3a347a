#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "dockerlite/stream/tar_pack.hpp"
#include "support/catch.hpp"
#include "support/tar_bytes.hpp"
#include "support/temporary_folder.hpp"

using namespace dockerlite::stream;
using namespace dockerlite::test;

namespace {

struct Packed {
  std::vector<std::string> entries;   // "type name mode size link"
  std::vector<std::string> problems;  // with the folder's path as "@"
  std::size_t unreadable = 0;
  std::string error;
  bool operator==(const Packed&) const = default;
};

std::string line_of(const TarEntry& entry) {
  constexpr std::string_view kTypes = "fdlhcbp";
  std::string line(1, kTypes[static_cast<std::size_t>(entry.kind)]);
  line += ' ' + entry.name + ' ' + octal(entry.mode, 3) + ' ' + std::to_string(entry.size);
  return entry.link.empty() ? line : line + ' ' + entry.link;
}

std::string pack(TarPacker& packer, std::size_t read_size, std::string& error) {
  std::string bytes, buffer(read_size, '\0');
  while (true) {
    const auto count = packer.read(buffer.data(), buffer.size());
    if (!count) error = count.error().message;
    if (!count || *count == 0) return bytes;
    bytes.append(buffer, 0, *count);
  }
}

Packed packed(const TemporaryFolder& folder, PackOptions options, std::size_t read_size = 5000) {
  Packed result;
  const auto shown = [&folder](std::string text) {
    for (auto at = text.find(folder.path()); at != std::string::npos; at = text.find(folder.path()))
      text.replace(at, folder.path().size(), "@");
    return text;
  };
  options.on_problem = [&](std::string_view text) { result.problems.push_back(shown(std::string(text))); };
  TarPacker packer(std::move(options));
  const std::string bytes = pack(packer, read_size, result.error);
  result.error = shown(result.error);
  result.unreadable = packer.unreadable();
  TarReader reader(in_pieces(bytes, 4096));
  TarEntry entry;
  while (true) {
    const auto more = reader.next(entry);
    if (!more || !*more) break;
    result.entries.push_back(line_of(entry));
  }
  return result;
}

void fill(const TemporaryFolder& folder) {
  folder.folder("src/sub");
  folder.file("src/b", std::string(70'000, 'b'), 0640);
  folder.file("src/sub/deep", "deep");
  folder.file("src/sub.x", "", 0600);
  folder.link("src/link", "sub");
  REQUIRE(::link((folder / "src/b").c_str(), (folder / "src/a").c_str()) == 0);
  ::chmod((folder / "src").c_str(), 0755);
  ::chmod((folder / "src/sub").c_str(), 0755);
}

}  // namespace

TEST_CASE("a folder is packed in order, links not followed, second names as hard links", "[stream][tar]") {
  const TemporaryFolder folder;
  fill(folder);
  const Packed expected{{"d src/ 755 0", "f src/a 640 70000", "h src/b 640 0 src/a", "l src/link 777 0 sub",
                         "d src/sub/ 755 0", "f src/sub/deep 644 4", "f src/sub.x 600 0"},
                        {},
                        0,
                        ""};
  for (const std::size_t size : {1, 511, 5000, 300'000})
    CHECK(packed(folder, {.root = folder / "src", .name = "src"}, size) == expected);
}

TEST_CASE("the stream does not depend on how it is read", "[stream][tar]") {
  const TemporaryFolder folder;
  fill(folder);
  std::string error;
  TarPacker whole({.root = folder / "src", .name = "src"});
  const std::string bytes = pack(whole, 1'000'000, error);
  for (const std::size_t size : {1, 100, 512, 4097}) {
    TarPacker again({.root = folder / "src", .name = "src"});
    CHECK(pack(again, size, error) == bytes);
  }
  CHECK(bytes.size() % 512 == 0);
  CHECK(error.empty());
}

TEST_CASE("a folder named with a dot is packed with a dot before each name", "[stream][tar]") {
  const TemporaryFolder folder;
  folder.folder("src");
  folder.file("src/f", "x");
  ::chmod((folder / "src").c_str(), 0755);
  CHECK(packed(folder, {.root = folder / "src/.", .name = "."}).entries ==
        std::vector<std::string>{"d ./ 755 0", "f ./f 644 1"});
}

TEST_CASE("names are rewritten, also those of hard links", "[stream][tar]") {
  const TemporaryFolder folder;
  folder.folder("src");
  folder.file("src/f", "x");
  REQUIRE(::link((folder / "src/f").c_str(), (folder / "src/g").c_str()) == 0);
  ::chmod((folder / "src").c_str(), 0755);
  PackOptions options{.root = folder / "src", .name = "src"};
  options.rename = [](std::string_view name) { return "dst" + std::string(name.substr(3)); };
  CHECK(packed(folder, options).entries ==
        std::vector<std::string>{"d dst/ 755 0", "f dst/f 644 1", "h dst/g 644 0 dst/f"});
}

TEST_CASE("sockets are left out with docker's words", "[stream][tar]") {
  const TemporaryFolder folder;
  folder.folder("src");
  ::chmod((folder / "src").c_str(), 0755);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (folder / "src/sock").copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  ::close(fd);
  CHECK(packed(folder, {.root = folder / "src", .name = "src"}) ==
        Packed{{"d src/ 755 0"}, {"Can't add file @/src/sock to tar: archive/tar: sockets not supported"}, 0, ""});
}

TEST_CASE("a source that is not there is an error", "[stream][tar]") {
  const TemporaryFolder folder;
  CHECK(packed(folder, {.root = folder / "nope", .name = "nope"}) ==
        Packed{{}, {}, 0, "lstat @/nope: no such file or directory"});
}

TEST_CASE("a file that becomes shorter while it is read is an error", "[stream][tar]") {
  const TemporaryFolder folder;
  folder.file("f", std::string(300'000, 'x'));
  TarPacker packer({.root = folder / "f", .name = "f"});
  char buffer[1024];
  REQUIRE(packer.read(buffer, sizeof buffer).ok());
  REQUIRE(::truncate((folder / "f").c_str(), 10) == 0);
  std::string error;
  pack(packer, 4096, error);
  const std::string begin = "Can't add file " + (folder / "f") + " to tar: archive/tar: missed writing ";
  CHECK(error.substr(0, begin.size()) == begin);
}

TEST_CASE("what cannot be read is left out and counted", "[stream][tar]") {
  if (::geteuid() == 0) return;  // root may read everything
  const TemporaryFolder folder;
  folder.folder("src/closed");
  folder.file("src/f", "x", 0);
  ::chmod((folder / "src").c_str(), 0755);
  ::chmod((folder / "src/closed").c_str(), 0);
  CHECK(packed(folder, {.root = folder / "src", .name = "src"}) ==
        Packed{{"d src/ 755 0", "d src/closed/ 000 0"},
               {"Can't add file @/src/closed to tar: open @/src/closed: permission denied",
                "Can't add file @/src/f to tar: open @/src/f: permission denied"},
               2,
               ""});
  ::chmod((folder / "src/closed").c_str(), 0700);
}
