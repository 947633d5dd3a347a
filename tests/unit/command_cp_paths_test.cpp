#include "command/container/cp_paths.hpp"
#include "support/catch.hpp"

using namespace dockerlite::command;
using dockerlite::stream::TarRename;

TEST_CASE("cp arguments: what comes before the colon is a container, unless the path is explicit", "[command][cp]") {
  CHECK(split_argument("web:/etc/passwd") == CopyArgument{"web", "/etc/passwd"});
  CHECK(split_argument("web:etc") == CopyArgument{"web", "etc"});
  CHECK(split_argument("web:") == CopyArgument{"web", ""});
  CHECK(split_argument("host0/web:/x:y") == CopyArgument{"host0/web", "/x:y"});
  CHECK(split_argument("/a:b") == CopyArgument{"", "/a:b"});
  CHECK(split_argument("./a:b") == CopyArgument{"", "./a:b"});
  CHECK(split_argument("../a:b") == CopyArgument{"", "../a:b"});
  CHECK(split_argument("-") == CopyArgument{"", "-"});
  CHECK(split_argument("file") == CopyArgument{"", "file"});
  CHECK(split_argument(":/x") == CopyArgument{"", "/x"});
}

TEST_CASE("a folder mark is kept", "[command][cp]") {
  CHECK(keep_folder_mark("/w/a", "a") == "/w/a");
  CHECK(keep_folder_mark("/w/a", "a/") == "/w/a/");
  CHECK(keep_folder_mark("/w/a", "a/.") == "/w/a/.");
  CHECK(keep_folder_mark("/w", ".") == "/w/.");
  CHECK(keep_folder_mark("/", "/.") == "/.");
  CHECK(keep_folder_mark("/", "/") == "/");
  CHECK(keep_folder_mark("/w", "./") == "/w/./");
}

TEST_CASE("a path's folder and last element", "[command][cp]") {
  CHECK(split_path("/a/b") == PathParts{"/a", "b"});
  CHECK(split_path("/a/b/") == PathParts{"/a", "b"});
  CHECK(split_path("/a/b/.") == PathParts{"/a/b", "."});
  CHECK(split_path("/") == PathParts{"/", "/"});
  CHECK(split_path("/.") == PathParts{"/", "."});
  CHECK(split_path("b") == PathParts{".", "b"});
  CHECK(split_path("") == PathParts{".", "."});
}

TEST_CASE("a followed link keeps the mark and the name that were asked for", "[command][cp]") {
  CHECK(resolved_source("/data/dl", "/data/d") == CopyEnd{.path = "/data/d", .rebase_name = "dl"});
  CHECK(resolved_source("/data/dl/", "/data/d") == CopyEnd{.path = "/data/d/", .rebase_name = "dl"});
  CHECK(resolved_source("/data/dl/.", "/data/d") == CopyEnd{.path = "/data/d/."});
  CHECK(resolved_source("/data/d", "/other/d") == CopyEnd{.path = "/other/d"});
}

TEST_CASE("where a copy goes and how its entries are named", "[command][cp]") {
  const CopyEnd file{.path = "/s/file", .exists = true};
  const CopyEnd folder{.path = "/s/folder", .exists = true, .is_folder = true};
  const CopyEnd content{.path = "/s/folder/.", .exists = true, .is_folder = true};
  const CopyEnd renamed{.path = "/s/target", .exists = true, .rebase_name = "asked"};
  const CopyEnd to_folder{.path = "/d", .exists = true, .is_folder = true};
  const CopyEnd to_file{.path = "/d/f", .exists = true};
  const CopyEnd to_new{.path = "/d/new"};
  const CopyEnd to_new_folder{.path = "/d/new/"};
  const CopyEnd to_new_dot{.path = "/d/new/."};
  const auto plan = [](const CopyEnd& source, const CopyEnd& destination) {
    const auto made = plan_copy(source, destination);
    return made ? made->folder + " " + made->rename.from + ">" + made->rename.to : made.error().message;
  };
  CHECK(plan(file, to_folder) == "/d >");
  CHECK(plan(folder, to_folder) == "/d >");
  CHECK(plan(content, to_folder) == "/d >");
  CHECK(plan(file, to_file) == "/d file>f");
  CHECK(plan(folder, to_file) == "cannot copy directory");
  CHECK(plan(file, to_new) == "/d file>new");
  CHECK(plan(renamed, to_new) == "/d asked>new");
  CHECK(plan(folder, to_new) == "/d folder>new");
  CHECK(plan(content, to_new) == "/d .>new");
  CHECK(plan(folder, to_new_folder) == "/d folder>new");
  CHECK(plan(folder, to_new_dot) == "/d/new folder>.");
  CHECK(plan(file, to_new_folder) == "no such directory");
  CHECK(plan(file, to_new_dot) == "no such directory");
  CHECK(plan({.path = "/", .exists = true, .is_folder = true}, to_new) == "/d >new");
}
