#include <sys/stat.h>

#include "dockerlite/config/plugins.hpp"
#include "dockerlite/util/file.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace dockerlite;
using config::Plugin;

namespace {

void add_plugin(const std::string& folder, const std::string& name, const std::string& script, unsigned mode = 0755) {
  REQUIRE(util::make_directories(folder, 0755).ok());
  const std::string path = folder + "/docker-" + name;
  REQUIRE(util::write_file_atomically(path, "#!/bin/sh\n" + script + "\n", mode).ok());
}

}  // namespace

TEST_CASE("directories of the configuration come before the user's and the system's") {
  const auto directories = config::plugin_directories({"/extra"}, "/home/me/.docker");
  REQUIRE(directories.size() == 6);
  CHECK(directories[0] == "/extra");
  CHECK(directories[1] == "/home/me/.docker/cli-plugins");
  CHECK(directories[2] == "/usr/local/lib/docker/cli-plugins");
}

TEST_CASE("plugins are listed with what they say of themselves, or with why they cannot be used") {
  const test::TemporaryFolder folder;
  const std::string first = folder.path() + "/first", second = folder.path() + "/second";
  add_plugin(first, "hello",
             R"(echo '{"SchemaVersion":"0.1.0","Vendor":"Me","Version":"v1","ShortDescription":"Hi"}')");
  add_plugin(second, "hello", "exit 1");
  add_plugin(second, "schema", R"(echo '{"SchemaVersion":"0.2"}')");
  add_plugin(second, "vendor", R"(echo '{"SchemaVersion":"0.1.0"}')");
  add_plugin(second, "a-b", "");
  add_plugin(second, "fails", "echo ignored >&2; exit 3");
  add_plugin(second, "killed", "kill -9 $$");
  add_plugin(second, "nonsense", "echo nonsense");
  add_plugin(second, "ps", "");
  const auto plugins =
      config::list_plugins({"/nonexistent", first, second}, [](std::string_view name) { return name == "ps"; });
  const auto path = [&](const std::string& name) { return second + "/docker-" + name; };
  CHECK(plugins ==
        std::vector<Plugin>{
            {"", "", "", "", "", "a-b", path("a-b"), R"(plugin candidate "a-b" did not match "^[a-z][a-z0-9]*$")", {}},
            {"", "", "", "", "", "fails", path("fails"), "failed to fetch metadata: exit status 3", {}},
            {"0.1.0", "Me", "v1", "Hi", "", "hello", first + "/docker-hello", "", {path("hello")}},
            {"", "", "", "", "", "killed", path("killed"), "failed to fetch metadata: signal: killed", {}},
            {"",
             "",
             "",
             "",
             "",
             "nonsense",
             path("nonsense"),
             "invalid metadata: invalid character 'o' in literal null (expecting 'u')",
             {}},
            {"", "", "", "", "", "ps", path("ps"), R"(plugin "ps" duplicates builtin command)", {}},
            {"0.2",
             "",
             "",
             "",
             "",
             "schema",
             path("schema"),
             R"(plugin SchemaVersion "0.2" is not valid, must be 0.1.0)",
             {}},
            {"0.1.0", "", "", "", "", "vendor", path("vendor"), "plugin metadata does not define a vendor", {}},
        });
}
