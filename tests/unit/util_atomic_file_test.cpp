#include <filesystem>

#include "dockerlite/util/atomic_file.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using dockerlite::test::TemporaryFolder;
using dockerlite::util::AtomicFile;

namespace {

using Lines = std::vector<std::string>;

std::string refusal(const std::string& path) {
  const auto file = AtomicFile::create(path);
  return file ? "accepted" : file.error().message;
}

}  // namespace

TEST_CASE("a file appears when it is committed, with its mode, in place of the old one", "[util]") {
  const TemporaryFolder folder;
  folder.file("out", "old", 0644);
  {
    auto file = AtomicFile::create(folder / "out");
    REQUIRE(file.ok());
    REQUIRE(file->write("new ").ok());
    REQUIRE(file->write("content").ok());
    CHECK(folder.content("out") == "old");
    REQUIRE(file->commit(0600).ok());
  }
  CHECK(folder.listing() == Lines{"f out 600 new content"});
}

TEST_CASE("a file that is not committed leaves nothing behind", "[util]") {
  const TemporaryFolder folder;
  {
    auto file = AtomicFile::create(folder / "out");
    REQUIRE(file.ok());
    REQUIRE(file->write("half").ok());
  }
  CHECK(folder.listing() == Lines{});
}

TEST_CASE("output paths that docker refuses", "[util]") {
  const TemporaryFolder folder;
  folder.file("file", "");
  folder.link("link", "file");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(refusal("") == "file name is empty");
  CHECK(refusal(folder.path()) == "cannot write to a directory");
  CHECK(refusal(folder / "link") == "cannot write to a symbolic link directly");
  CHECK(refusal(folder / "pipe") == "cannot write to a named pipe (FIFO)");
  CHECK(refusal("/dev/null") == "cannot write to a character device file");
  CHECK(refusal(folder / "no/x") == "invalid output path: stat " + (folder / "no") + ": no such file or directory");
  CHECK(refusal(folder / "file/x") == "invalid output path: stat " + (folder / "file") + ": not a directory");
}
