// The architecture's rules that a compiler does not check: which folder may include which, which libraries stay behind
// which wall, and how long a file may grow.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace fs = std::filesystem;

namespace {

// The other folders that a folder may include from, directly.
const std::map<std::string, std::set<std::string>> kMayInclude = [] {
  std::map<std::string, std::set<std::string>> may;
  const std::set<std::string> leaves{"opts", "stream", "format", "config", "term", "reference", "gpu", "cli"};
  std::set<std::string> below{"util"};
  may["util"] = {};
  for (const auto& leaf : leaves) may[leaf] = below;
  below.insert(leaves.begin(), leaves.end());
  for (const char* folder : {"transport", "engine", "command", "app"}) {
    may[folder] = below;
    below.insert(folder);
  }
  may["main.cpp"] = below;
  return may;
}();

struct Library {
  const char* header;              // its header, or the folder of its headers
  std::vector<std::string> homes;  // path prefixes below the source folder where it is allowed
};

const std::vector<Library> kLibraries{
    {"nlohmann/",
     {"src/engine/", "src/config/", "src/format/", "include/dockerlite/engine/", "include/dockerlite/config/",
      "include/dockerlite/format/"}},
    {"CLI/", {"src/cli/"}},
    {"curl/", {"src/transport/"}},
    {"archive.h", {"src/stream/tar_"}},
    {"archive_entry.h", {"src/stream/tar_"}},
    {"spdlog/", {"src/util/log.cpp"}},
    {"iostream", {}},
    {"regex", {}},
};

std::string first_part(const std::string& path) { return path.substr(0, path.find('/')); }

// The folder that a file of src/ or include/dockerlite/ belongs to.
std::string folder_of(const std::string& path) {
  for (const std::string root : {"src/", "include/dockerlite/"})
    if (path.starts_with(root)) return first_part(path.substr(root.size()));
  return {};
}

// The name between <> or "" of an #include line; empty for any other line.
std::string included(const std::string& line) {
  const auto start = line.find_first_not_of(" \t");
  if (start == std::string::npos || line[start] != '#') return {};
  const auto word = line.find_first_not_of(" \t", start + 1);
  if (word == std::string::npos || line.compare(word, 7, "include") != 0) return {};
  const auto open = line.find_first_of("<\"", word);
  if (open == std::string::npos) return {};
  const auto close = line.find_first_of(">\"", open + 1);
  return close == std::string::npos ? std::string{} : line.substr(open + 1, close - open - 1);
}

// What is wrong with one include in one file; empty if nothing is.
std::string judge_include(const std::string& file, const std::string& header, const std::set<std::string>& folders) {
  for (const auto& library : kLibraries) {
    const std::string_view name = library.header;
    if (name.ends_with('/') ? !header.starts_with(name) : header != name) continue;
    const auto allowed = [&](const std::string& home) { return file.starts_with(home); };
    if (std::none_of(library.homes.begin(), library.homes.end(), allowed)) return file + " includes <" + header + ">";
    return {};
  }
  const std::string from = folder_of(file);
  std::string to;
  if (header.starts_with("dockerlite/"))
    to = first_part(header.substr(sizeof("dockerlite/") - 1));
  else if (header.find('/') != std::string::npos && folders.count(first_part(header)))
    to = first_part(header);
  if (to.empty() || to == from) return {};
  const auto rule = kMayInclude.find(from);
  if (rule == kMayInclude.end()) return file + " is in a folder without a place in the order";
  if (rule->second.count(to)) return {};
  return file + " includes \"" + header + "\": " + from + " may not depend on " + to;
}

struct Source {
  std::string path;  // from the top of the tree
  std::vector<std::string> lines;
};

std::vector<Source> sources() {
  std::vector<Source> found;
  const fs::path top = DOCKERLITE_SOURCE_DIR;
  for (const char* root : {"src", "include"}) {
    for (const auto& entry : fs::recursive_directory_iterator(top / root)) {
      const std::string extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp" && extension != ".inc") continue;
      Source source{fs::relative(entry.path(), top), {}};
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) source.lines.push_back(line);
      found.push_back(std::move(source));
    }
  }
  return found;
}

std::set<std::string> folders() {
  std::set<std::string> names;
  for (const auto& [name, may] : kMayInclude) names.insert(name);
  return names;
}

}  // namespace

TEST_CASE("the judge of includes knows a wrong one from a right one", "[layering]") {
  const auto all = folders();
  CHECK(judge_include("src/app/app.cpp", "dockerlite/engine/client.hpp", all).empty());
  CHECK(judge_include("src/format/json.cpp", "nlohmann/json.hpp", all).empty());
  CHECK(judge_include("src/opts/memory.cpp", "dockerlite/util/result.hpp", all).empty());
  CHECK(judge_include("src/command/container/rm.cpp", "command/container/common.hpp", all).empty());
  CHECK(judge_include("src/util/file.cpp", "sys/stat.h", all).empty());
  CHECK(judge_include("src/util/file.cpp", "dockerlite/engine/client.hpp", all) ==
        "src/util/file.cpp includes \"dockerlite/engine/client.hpp\": util may not depend on engine");
  CHECK(judge_include("src/opts/mount.cpp", "gpu/gpus.hpp", all) ==
        "src/opts/mount.cpp includes \"gpu/gpus.hpp\": opts may not depend on gpu");
  CHECK(judge_include("src/command/container/rm.cpp", "nlohmann/json.hpp", all) ==
        "src/command/container/rm.cpp includes <nlohmann/json.hpp>");
  CHECK(judge_include("src/util/strings.cpp", "spdlog/spdlog.h", all) ==
        "src/util/strings.cpp includes <spdlog/spdlog.h>");
  CHECK(included("  #  include <a/b.hpp>  // why") == "a/b.hpp");
  CHECK(included("#include \"c.hpp\"") == "c.hpp");
  CHECK(included("#define X").empty());
}

TEST_CASE("includes point one way, and libraries stay behind their walls", "[layering]") {
  const auto all = folders();
  std::vector<std::string> wrong;
  for (const auto& source : sources()) {
    for (const auto& line : source.lines) {
      const auto header = included(line);
      if (header.empty()) continue;
      if (auto verdict = judge_include(source.path, header, all); !verdict.empty()) wrong.push_back(std::move(verdict));
    }
  }
  CHECK(wrong == std::vector<std::string>{});
}

TEST_CASE("one file includes CLI11 and one includes curl", "[layering]") {
  std::map<std::string, std::set<std::string>> users;
  for (const auto& source : sources())
    for (const auto& line : source.lines)
      for (const char* library : {"CLI/", "curl/"})
        if (included(line).starts_with(library)) users[library].insert(source.path);
  CHECK(users["CLI/"].size() <= 1);
  CHECK(users["curl/"].size() <= 1);
}

TEST_CASE("no source file has grown past 600 lines", "[layering]") {
  std::vector<std::string> wrong;
  for (const auto& source : sources())
    if (source.lines.size() > 600) wrong.push_back(source.path + ": " + std::to_string(source.lines.size()) + " lines");
  CHECK(wrong == std::vector<std::string>{});
}
