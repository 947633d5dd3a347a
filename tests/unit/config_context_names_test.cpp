#include "dockerlite/config/context_names.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace dockerlite;
using Names = std::vector<std::string>;

TEST_CASE("contexts are those in the folder sorted, and the default one", "[contexts]") {
  const test::TemporaryFolder folder;
  CHECK(config::context_names(folder.path()) == Names{"default"});
  CHECK(config::context_names("/nonexistent") == Names{"default"});
  for (const char* name : {"contexts/meta/1", "contexts/meta/2", "contexts/meta/3", "contexts/meta/4"})
    folder.folder(name);
  folder.file("contexts/meta/1/meta.json", R"({"Name":"remote","Metadata":{},"Endpoints":{}})");
  folder.file("contexts/meta/2/meta.json", R"({"Name":"a b"})");
  folder.file("contexts/meta/3/meta.json", "broken");
  CHECK(config::context_names(folder.path()) == Names{"a b", "remote", "default"});
}
