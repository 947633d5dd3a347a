#include "dockerlite/stream/tar_extract.hpp"
#include "support/catch.hpp"
#include "support/tar_bytes.hpp"
#include "support/temporary_folder.hpp"

using namespace dockerlite::stream;
using namespace dockerlite::test;

namespace {

using Lines = std::vector<std::string>;

/// The destination is one folder of a playground, so that what lies beside it can be watched.
struct Playground {
  TemporaryFolder outer;
  Playground() {
    outer.folder("in");
    outer.folder("out");
    outer.file("out/secret", "secret");
  }
  std::string directory() const { return outer / "in"; }
  /// What extracting gave: "" or the error, with the playground's path as "@".
  std::string extract(std::string_view bytes, std::vector<TarRename> renames = {},
                      std::size_t piece_size = 1000) const {
    TarReader reader(in_pieces(bytes, piece_size));
    const auto result = extract_tar(reader, {.directory = directory(), .renames = std::move(renames)});
    if (result) return "";
    std::string text = result.error().message;
    for (auto at = text.find(outer.path()); at != std::string::npos; at = text.find(outer.path()))
      text.replace(at, outer.path().size(), "@");
    return text;
  }
  Lines listing() const { return outer.listing(); }
  /// The listing, with what every playground has put in.
  Lines with(Lines lines) const {
    lines.insert(lines.end(), {"d in 755", "d out 755", "f out/secret 644 secret"});
    std::sort(lines.begin(), lines.end());
    return lines;
  }
};

std::int64_t modified(const std::string& path) {
  struct stat info {};
  ::lstat(path.c_str(), &info);
  return info.st_mtime;
}

}  // namespace

TEST_CASE("an archive's files, folders, links and pipes appear with their modes and times", "[stream][tar]") {
  const Playground ground;
  const std::string bytes = tar_of({{.name = "d/", .type = '5', .mode = 0750, .mtime = 1000},
                                    {.name = "d/f", .content = "hello", .mode = 04755, .mtime = 2000},
                                    {.name = "d/l", .type = '2', .link = "f", .mtime = 3000},
                                    {.name = "d/h", .type = '1', .link = "d/f", .mode = 04755, .mtime = 2000},
                                    {.name = "p", .type = '6', .mode = 0600, .mtime = 4000},
                                    {.name = "implied/deep/f", .content = "x"}});
  for (const std::size_t size : {1, 500, 100'000}) {
    CHECK(ground.extract(bytes, {}, size) == "");
    CHECK(ground.listing() ==
          ground.with({"d in/d 750", "f in/d/f 4755 hello", "l in/d/l -> f", "f in/d/h 4755 hello", "p in/p 600",
                       "d in/implied 755", "d in/implied/deep 755", "f in/implied/deep/f 644 x"}));
    CHECK(modified(ground.directory() + "/d") == 1000);
    CHECK(modified(ground.directory() + "/d/f") == 2000);
    CHECK(modified(ground.directory() + "/d/l") == 3000);
    CHECK(modified(ground.directory() + "/p") == 4000);
  }
}

TEST_CASE("names that lead outside are refused", "[stream][tar]") {
  const Playground ground;
  for (const char* name : {"../out/x", "..", "d/../../out/x", "./../out/x"}) {
    INFO(name);
    CHECK(ground.extract(tar_of({{.name = name, .content = "evil"}})).ends_with("is outside of \"@/in\""));
    CHECK(ground.extract(tar_of({{.name = name, .type = '5', .mode = 0777}})).ends_with("is outside of \"@/in\""));
  }
  CHECK(ground.listing() == ground.with({}));
}

TEST_CASE("absolute names are taken as below the folder", "[stream][tar]") {
  const Playground ground;
  CHECK(ground.extract(tar_of({{.name = "/out/x", .content = "a"}, {.name = "/../y", .content = "b"}})) == "");
  CHECK(ground.listing() == ground.with({"d in/out 755", "f in/out/x 644 a", "f in/y 644 b"}));
}

TEST_CASE("nothing is written through a symlink of the archive", "[stream][tar]") {
  const Playground ground;
  // Absolute links pass docker's check of their text; a relative one may stay below the folder and lead to such a link.
  const std::string target = ground.outer / "out";
  CHECK(ground.extract(tar_of({{.name = "l", .type = '2', .link = target}, {.name = "l/x", .content = "evil"}})) ==
        "refusing to write through the symbolic link \"@/in/l\"");
  CHECK(ground.extract(tar_of({{.name = "l", .type = '2', .link = target}, {.name = "l/d/x", .type = '5'}})) ==
        "refusing to write through the symbolic link \"@/in/l\"");
  CHECK(ground.extract(tar_of({{.name = "m", .type = '2', .link = "l"}, {.name = "m/x", .type = '2', .link = "y"}})) ==
        "refusing to write through the symbolic link \"@/in/m\"");
  CHECK(ground.extract(
            tar_of({{.name = "l", .type = '2', .link = target}, {.name = "h", .type = '1', .link = "l/secret"}})) ==
        "refusing to write through the symbolic link \"@/in/l\"");
  CHECK(
      ground.extract(tar_of({{.name = "l", .type = '2', .link = target}, {.name = "l/", .type = '5', .mode = 0777}})) ==
      "cannot overwrite non-directory \"@/in/l\" with directory \"@/in\"");
  CHECK(ground.listing() == ground.with({"l in/l -> " + target, "l in/m -> l"}));
}

TEST_CASE("nothing is written through a symlink that was there before", "[stream][tar]") {
  const Playground ground;
  ground.outer.link("in/l", ground.outer / "out");
  ground.outer.link("in/secret", ground.outer / "out/secret");
  CHECK(ground.extract(tar_of({{.name = "l/x", .content = "evil"}})) ==
        "refusing to write through the symbolic link \"@/in/l\"");
  CHECK(ground.extract(tar_of({{.name = "secret", .content = "mine"}})) == "");
  CHECK(ground.listing() == ground.with({"l in/l -> " + (ground.outer / "out"), "f in/secret 644 mine"}));
}

TEST_CASE("a symlink that is replaced by a file does not carry the file elsewhere", "[stream][tar]") {
  const Playground ground;
  const std::string secret = ground.outer / "out/secret";
  CHECK(ground.extract(tar_of(
            {{.name = "l", .type = '2', .link = secret}, {.name = "l", .content = "mine", .mode = 0600}})) == "");
  CHECK(ground.listing() == ground.with({"f in/l 600 mine"}));
}

TEST_CASE("symlinks whose text points outside are refused as docker refuses them", "[stream][tar]") {
  const Playground ground;
  CHECK(ground.extract(tar_of({{.name = "esc", .type = '2', .link = "../out/secret"}})) ==
        "invalid symlink \"@/in/esc\" -> \"../out/secret\"");
  CHECK(ground.extract(tar_of(
            {{.name = "d/ok", .type = '2', .link = "../x"}, {.name = "abs", .type = '2', .link = "/etc"}})) == "");
  CHECK(ground.listing() == ground.with({"d in/d 755", "l in/d/ok -> ../x", "l in/abs -> /etc"}));
}

TEST_CASE("hard links to what lies outside are refused", "[stream][tar]") {
  const Playground ground;
  CHECK(ground.extract(tar_of({{.name = "h", .type = '1', .link = "../out/secret"}})) ==
        "invalid hardlink \"@/out/secret\" -> \"../out/secret\"");
  CHECK(ground.extract(tar_of({{.name = "h", .type = '1', .link = "/out/secret"}})) ==
        "open @/in/out: no such file or directory");
  CHECK(ground.extract(tar_of({{.name = "h", .type = '1', .link = "nothing"}})) ==
        "link @/in/nothing @/in/h: no such file or directory");
  CHECK(ground.listing() == ground.with({}));
}

TEST_CASE("a hard link to a symlink is a link to the symlink, and what replaces it stays inside", "[stream][tar]") {
  const Playground ground;
  const std::string secret = ground.outer / "out/secret";
  CHECK(ground.extract(tar_of({{.name = "l", .type = '2', .link = secret},
                               {.name = "h", .type = '1', .link = "l", .mode = 0777},
                               {.name = "h", .content = "evil"}})) == "");
  CHECK(ground.listing() == ground.with({"l in/l -> " + secret, "f in/h 644 evil"}));
}

TEST_CASE("a file does not replace a folder, nor the other way round", "[stream][tar]") {
  const Playground ground;
  ground.outer.folder("in/d");
  ground.outer.file("in/f", "old");
  CHECK(ground.extract(tar_of({{.name = "d", .content = "x"}})) ==
        "cannot overwrite directory \"@/in/d\" with non-directory \"@/in\"");
  CHECK(ground.extract(tar_of({{.name = "f/", .type = '5'}})) ==
        "cannot overwrite non-directory \"@/in/f\" with directory \"@/in\"");
  CHECK(ground.extract(tar_of({{.name = ".", .content = "x"}})) ==
        "cannot overwrite directory \"@/in\" with non-directory \"@/in\"");
  CHECK(ground.extract(tar_of({{.name = "f/x", .content = "x"}})) == "open @/in/f: not a directory");
  CHECK(ground.listing() == ground.with({"d in/d 755", "f in/f 644 old"}));
}

TEST_CASE("a stream that ends within a file leaves neither a part of it nor harms the old one", "[stream][tar]") {
  const Playground ground;
  ground.outer.file("in/old", "old");
  const std::string content(3000, 'x');
  const std::string fresh = tar_of({{.name = "new", .content = content}});
  const std::string over = tar_of({{.name = "old", .content = content}});
  CHECK(ground.extract(std::string_view(fresh).substr(0, 2000)) == "unexpected EOF");
  CHECK(ground.extract(std::string_view(over).substr(0, 2000)) == "unexpected EOF");
  CHECK(ground.extract(tar_entry({.name = "huge", .content = "abc", .size = 077777777777})) == "unexpected EOF");
  CHECK(ground.listing() == ground.with({"f in/old 644 old"}));
}

TEST_CASE("what was there is merged with, and files are replaced", "[stream][tar]") {
  const Playground ground;
  ground.outer.folder("in/d");
  ground.outer.file("in/d/keep", "kept");
  ground.outer.file("in/d/f", "old", 0600);
  CHECK(ground.extract(
            tar_of({{.name = "d/", .type = '5', .mode = 0700, .mtime = 77}, {.name = "d/f", .content = "new"}})) == "");
  CHECK(ground.listing() == ground.with({"d in/d 700", "f in/d/keep 644 kept", "f in/d/f 644 new"}));
  CHECK(modified(ground.directory() + "/d") == 77);
}

TEST_CASE("a folder that its owner may not write to gets its content all the same", "[stream][tar]") {
  const Playground ground;
  CHECK(ground.extract(tar_of({{.name = "d/", .type = '5', .mode = 0500, .mtime = 5},
                               {.name = "d/e/", .type = '5', .mode = 0, .mtime = 6},
                               {.name = "d/e/f", .content = "x"}})) == "");
  CHECK(modified(ground.directory() + "/d") == 5);
  struct stat info {};
  REQUIRE(::stat((ground.directory() + "/d").c_str(), &info) == 0);
  CHECK((info.st_mode & 07777U) == 0500U);
  REQUIRE(::stat((ground.directory() + "/d/e").c_str(), &info) == 0);
  CHECK((info.st_mode & 07777U) == 0U);
  ::chmod((ground.directory() + "/d/e").c_str(), 0700);
  CHECK(ground.outer.content("in/d/e/f") == "x");
}

TEST_CASE("entries are renamed at the first occurrence, hard links with them", "[stream][tar]") {
  const Playground ground;
  const std::string bytes = tar_of({{.name = "src/", .type = '5', .mode = 0755},
                                    {.name = "src/src", .content = "x"},
                                    {.name = "src/h", .type = '1', .link = "src/src"},
                                    {.name = "src/l", .type = '2', .link = "src"}});
  CHECK(ground.extract(bytes, {{"src", "mid"}, {"mid", "dst"}}) == "");
  CHECK(ground.listing() ==
        ground.with({"d in/dst 755", "f in/dst/src 644 x", "f in/dst/h 644 x", "l in/dst/l -> src"}));
}

TEST_CASE("times that no file can have become 1970", "[stream][tar]") {
  const Playground ground;
  const std::string bytes = pax_header({{"mtime", "-5"}}) + tar_entry({.name = "a"}) +
                            pax_header({{"mtime", "99999999999999"}}) + tar_entry({.name = "b"}) + tar_end();
  CHECK(ground.extract(bytes) == "");
  CHECK(modified(ground.directory() + "/a") == 0);
  CHECK(modified(ground.directory() + "/b") == 0);
}

TEST_CASE("control characters of a name do not reach the terminal", "[stream][tar]") {
  const Playground ground;
  ground.outer.file("in/f", "");
  const auto text = ground.extract(tar_of({{.name = "f/\x1b[2Jx", .content = "x"}}));
  CHECK(text.find('\x1b') == std::string::npos);
  const auto link = ground.extract(tar_of({{.name = "h", .type = '1', .link = "\x1b[2J"}}));
  CHECK(link == "link @/in/?[2J @/in/h: no such file or directory");
}

TEST_CASE("the place of an entry below its folder", "[stream][tar]") {
  const auto place = [](std::string_view name) {
    const auto path = entry_path(name, "/dst");
    return path ? *path : path.error().message;
  };
  CHECK(place("a/b") == "a/b");
  CHECK(place("./a//b/.") == "a/b");
  CHECK(place("/") == ".");
  CHECK(place("") == ".");
  CHECK(place("a/..") == ".");
  CHECK(place("/../x") == "x");
  CHECK(place("a/../../x") == "\"../x\" is outside of \"/dst\"");
}
