#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "dockerlite/config/config_file.hpp"
#include "dockerlite/util/file.hpp"
#include "support/catch.hpp"

namespace dockerlite::config {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A directory of its own, gone at the end of the test.
class ScratchDirectory {
 public:
  ScratchDirectory() {
    char name[] = "/tmp/dockerlite-config-XXXXXX";
    path_ = ::mkdtemp(name);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }
  std::string file() const { return path_ + "/config.json"; }
  void write(std::string_view text) const { REQUIRE(util::write_file_atomically(file(), text, 0600).ok()); }
  std::string read() const { return util::read_file(file()).value(); }

 private:
  std::string path_;
};

AuthConfig login(std::string server, std::string user, std::string password) {
  AuthConfig auth;
  auth.server_address = std::move(server);
  auth.username = std::move(user);
  auth.password = std::move(password);
  return auth;
}

}  // namespace

TEST_CASE("A broken config.json is warned about in docker's words") {
  const auto schema = [](std::string kind, std::string place, std::string type) {
    return "json: cannot unmarshal " + kind + " into Go " + place + " of type " + type;
  };
  const std::pair<std::string, std::string> cases[] = {
      {"{", "unexpected EOF"},
      {"x", "invalid character 'x' looking for beginning of value"},
      {"[]", schema("array", "value", "configfile.ConfigFile")},
      {"\"s\"", schema("string", "value", "configfile.ConfigFile")},
      {"1", schema("number", "value", "configfile.ConfigFile")},
      {R"({"psFormat":1})", schema("number", "struct field ConfigFile.psFormat", "string")},
      {R"({"psformat":2})", schema("number", "struct field ConfigFile.psFormat", "string")},
      {R"({"experimental":true})", schema("bool", "struct field ConfigFile.experimental", "string")},
      {R"({"currentContext":1.5,"psFormat":[]})", schema("number", "struct field ConfigFile.currentContext", "string")},
      {R"({"auths":[]})", schema("array", "struct field ConfigFile.auths", "map[string]types.AuthConfig")},
      {R"({"auths":{"a":1}})", schema("number", "struct field ConfigFile.auths", "types.AuthConfig")},
      {R"({"auths":{"a":{"auth":1}}})", schema("number", "struct field AuthConfig.auths.auth", "string")},
      {R"({"proxies":{"default":1}})", schema("number", "struct field ConfigFile.proxies", "configfile.ProxyConfig")},
      {R"({"proxies":{"default":{"httpProxy":1}}})",
       schema("number", "struct field ProxyConfig.proxies.httpProxy", "string")},
      {R"({"HttpHeaders":{"a":1}})", schema("number", "struct field ConfigFile.HttpHeaders", "string")},
      {R"({"pruneFilters":"a"})", schema("string", "struct field ConfigFile.pruneFilters", "[]string")},
      {R"({"pruneFilters":[1]})", schema("number", "struct field ConfigFile.pruneFilters", "string")},
      {R"({"plugins":{"a":1}})", schema("number", "struct field ConfigFile.plugins", "map[string]string")},
      {R"({"plugins":{"a":{"b":1}}})", schema("number", "struct field ConfigFile.plugins", "string")},
      {R"({"credHelpers":{"x":{}}})", schema("object", "struct field ConfigFile.credHelpers", "string")},
      {R"({"auths":{"a":{"auth":"!!!!"}}})", "illegal base64 data at input byte 0"},
      {R"({"auths":{"a":{"auth":"YTpi="}}})", "illegal base64 data at input byte 4"},
      {R"({"auths":{"a":{"auth":"YQ=="}}})", "Invalid auth configuration file"},
      {R"({"auths":{"a":{"auth":"OmE="}}})", "Invalid auth configuration file"},
  };
  for (const auto& [text, cause] : cases) {
    CAPTURE(text);
    CHECK(ConfigFile::parse(text, "/c/config.json").warning() ==
          std::optional("WARNING: Error parsing config file (/c/config.json): " + cause));
  }
}

TEST_CASE("What docker reads without complaint gives no warning") {
  for (const char* text : {"", " ", "null", "{}", R"({"a":1}x)", "{\"a\":1}\n{", R"({"auths":null,"psFormat":null})",
                           R"({"auths":{"a":{"auth":"YTp\nb"}}})", R"({"unknown":{"a":[1]}})"}) {
    CAPTURE(text);
    CHECK(ConfigFile::parse(text, "/c/config.json").warning() == std::nullopt);
  }
}

TEST_CASE("A config.json that cannot be opened or read is warned about, a missing one is not") {
  const ScratchDirectory scratch;
  CHECK(ConfigFile::load(scratch.path()).warning() == std::nullopt);
  CHECK(ConfigFile::load(scratch.path() + "/none").warning() == std::nullopt);
  std::filesystem::create_directory(scratch.file());
  CHECK(ConfigFile::load(scratch.path()).warning() ==
        std::optional("WARNING: Error parsing config file (" + scratch.file() + "): read " + scratch.file() +
                      ": is a directory"));
  std::filesystem::remove(scratch.file());
  std::filesystem::create_symlink("config.json", scratch.file());
  CHECK(ConfigFile::load(scratch.path()).warning() ==
        std::optional("WARNING: Error loading config file: open " + scratch.file() +
                      ": too many levels of symbolic links"));
}

TEST_CASE("Settings are read") {
  const auto file = ConfigFile::parse(R"({
    "psFormat": "table {{.ID}}", "CURRENTCONTEXT": "ctx", "detachKeys": null,
    "HttpHeaders": {"X-B": "2", "X-A": "1", "User-agent": "me"},
    "pruneFilters": ["label=a", "label!=b"],
    "cliPluginsExtraDirs": ["/a", "/b"],
    "credsStore": "pass", "credHelpers": {"reg.io": "gcr"},
    "plugins": {"p": {"o": "v"}},
    "aliases": {"builder": "buildx"},
    "proxies": {"default": {"httpProxy": "http://p:1", "noProxy": "localhost"},
                "unix:///x": {"allProxy": "socks://s", "HTTPSPROXY": "https://q"}}
  })",
                                      "/c/config.json");
  REQUIRE(file.warning() == std::nullopt);
  CHECK(file.text("psFormat") == "table {{.ID}}");
  CHECK(file.text("currentContext") == "ctx");
  CHECK(file.text("detachKeys").empty());
  CHECK(file.http_headers() == Pairs{{"X-A", "1"}, {"X-B", "2"}});
  CHECK(file.prune_filters() == std::vector<std::string>{"label=a", "label!=b"});
  CHECK(file.strings("cliPluginsExtraDirs") == std::vector<std::string>{"/a", "/b"});
  CHECK(file.credential_helper("reg.io") == "gcr");
  CHECK(file.credential_helper("other.io") == "pass");
  CHECK(file.credential_helper("") == "pass");
  CHECK(file.plugin_option("p", "o") == std::optional<std::string>("v"));
  CHECK(file.plugin_option("p", "x") == std::nullopt);
  CHECK(file.string_map("aliases") == std::map<std::string, std::string>{{"builder", "buildx"}});
  CHECK(file.proxy_environment("tcp://h:1") == Pairs{{"HTTP_PROXY", "http://p:1"},
                                                     {"http_proxy", "http://p:1"},
                                                     {"NO_PROXY", "localhost"},
                                                     {"no_proxy", "localhost"}});
  CHECK(file.proxy_environment("unix:///x") == Pairs{{"HTTPS_PROXY", "https://q"},
                                                     {"https_proxy", "https://q"},
                                                     {"ALL_PROXY", "socks://s"},
                                                     {"all_proxy", "socks://s"}});
}

TEST_CASE("Stored credentials are read in each form that docker writes or wrote") {
  const auto file = ConfigFile::parse(R"({"auths": {
    "a.io": {"auth": "dXNlcjpwYTpzcw=="},
    "https://b.io/v1/": {"username": "me", "password": "clear", "email": "m@x"},
    "c.io": {"auth": "PHRva2VuPjo=", "identitytoken": "T", "registrytoken": "R"},
    "d.io": {}
  }})",
                                      "/c/config.json");
  AuthConfig b = login("https://b.io/v1/", "me", "clear");
  b.email = "m@x";
  AuthConfig c = login("c.io", "<token>", "");
  c.identity_token = "T";
  c.registry_token = "R";
  CHECK(file.auths() == std::map<std::string, AuthConfig>{{"a.io", login("a.io", "user", "pa:ss")},
                                                          {"https://b.io/v1/", b},
                                                          {"c.io", c},
                                                          {"d.io", login("d.io", "", "")}});
  CHECK(file.has_auth_settings());
  CHECK_FALSE(ConfigFile::parse("{\"auths\":{}}", "/c/config.json").has_auth_settings());
}

TEST_CASE("The first login makes the directory and docker's form of the file") {
  const ScratchDirectory scratch;
  const std::string directory = scratch.path() + "/sub/dir";
  auto file = ConfigFile::load(directory);
  REQUIRE(file.set_auth(login("reg.io", "user", "pass")).value());
  CHECK(util::read_file(directory + "/config.json").value() ==
        "{\n\t\"auths\": {\n\t\t\"reg.io\": {\n\t\t\t\"auth\": \"dXNlcjpwYXNz\"\n\t\t}\n\t}\n}");
  struct stat info {};
  REQUIRE(::stat((directory + "/config.json").c_str(), &info) == 0);
  CHECK((info.st_mode & 07777U) == 0600U);
  REQUIRE(::stat(directory.c_str(), &info) == 0);
  CHECK((info.st_mode & 07777U) == 0700U);
  CHECK(file.auths().contains("reg.io"));
}

TEST_CASE("Storing the same credentials again changes nothing") {
  const ScratchDirectory scratch;
  auto file = ConfigFile::load(scratch.path());
  REQUIRE(file.set_auth(login("reg.io", "user", "pass")).value());
  CHECK_FALSE(file.set_auth(login("reg.io", "user", "pass")).value());
  CHECK(file.set_auth(login("reg.io", "user", "other")).value());
}

TEST_CASE("A login keeps what docker does not know, and the layout") {
  const ScratchDirectory scratch;
  scratch.write(
      "{\n  \"mine\": [1.50, 12345678901234567890],\n  \"auths\": {\n    \"z.io\": {\n      \"auth\": \"YTpi\"\n    "
      "}\n  },\n  \"x\": {}\n}\n");
  auto file = ConfigFile::load(scratch.path());
  REQUIRE(file.set_auth(login("a.io", "u", "p"), "pass").ok());
  CHECK(scratch.read() ==
        "{\n  \"mine\": [1.50, 12345678901234567890],\n  \"auths\": {\n    \"a.io\": {\n      \"auth\": \"dTpw\"\n    "
        "},\n"
        "    \"z.io\": {\n      \"auth\": \"YTpi\"\n    }\n  },\n  \"x\": {},\n  \"credsStore\": \"pass\"\n}\n");
  REQUIRE(file.erase_auth("a.io").value());
  REQUIRE(file.erase_auth("z.io").value());
  CHECK_FALSE(file.erase_auth("z.io").value());
  CHECK(
      scratch.read() ==
      "{\n  \"mine\": [1.50, 12345678901234567890],\n  \"auths\": {},\n  \"x\": {},\n  \"credsStore\": \"pass\"\n}\n");
}

TEST_CASE("A setting at top level is set and removed") {
  const ScratchDirectory scratch;
  auto file = ConfigFile::load(scratch.path());
  REQUIRE(file.set_text("currentContext", "remote").value());
  CHECK_FALSE(file.set_text("currentContext", "remote").value());
  CHECK(scratch.read() == "{\n\t\"currentContext\": \"remote\"\n}");
  REQUIRE(file.set_text("currentContext", "").value());
  CHECK(scratch.read() == "{}");
}

TEST_CASE("A broken file is never overwritten") {
  const ScratchDirectory scratch;
  for (const char* text : {"{\"auths\":", "{\"psFormat\": 1}"}) {
    scratch.write(text);
    auto file = ConfigFile::load(scratch.path());
    CHECK(file.set_auth(login("a.io", "u", "p")).error() ==
          error(scratch.file() + " is left as it is, because it could not be read whole: repair or remove it first"));
    CHECK(scratch.read() == text);
  }
}

TEST_CASE("A file that broke since it was read is not overwritten either") {
  const ScratchDirectory scratch;
  auto file = ConfigFile::load(scratch.path());
  scratch.write("{");
  CHECK_FALSE(file.set_auth(login("a.io", "u", "p")).ok());
  CHECK(scratch.read() == "{");
}

TEST_CASE("A change sees what others have written since the file was read") {
  const ScratchDirectory scratch;
  auto ours = ConfigFile::load(scratch.path());
  auto theirs = ConfigFile::load(scratch.path());
  REQUIRE(theirs.set_auth(login("b.io", "u", "p")).ok());
  REQUIRE(ours.set_auth(login("a.io", "u", "p")).ok());
  CHECK(ConfigFile::load(scratch.path()).auths() ==
        std::map<std::string, AuthConfig>{{"a.io", login("a.io", "u", "p")}, {"b.io", login("b.io", "u", "p")}});
}

TEST_CASE("Logins at the same time lose nothing") {
  const ScratchDirectory scratch;
  constexpr int kThreads = 8, kLogins = 10;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&scratch, t] {
      for (int i = 0; i < kLogins; ++i) {
        auto file = ConfigFile::load(scratch.path());
        if (!file.set_auth(login("r" + std::to_string(t * kLogins + i), "u", "p"))) ::abort();
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(ConfigFile::load(scratch.path()).auths().size() == kThreads * kLogins);
  CHECK(std::distance(std::filesystem::directory_iterator(scratch.path()), {}) == 1);
}

TEST_CASE("Mode and symlinks survive a login, dangling ones too") {
  const ScratchDirectory scratch;
  const std::string target = scratch.path() + "/real.json";
  std::filesystem::create_symlink("real.json", scratch.file());
  auto file = ConfigFile::load(scratch.path());
  REQUIRE(file.set_auth(login("a.io", "u", "p")).ok());
  CHECK(std::filesystem::is_symlink(scratch.file()));
  REQUIRE(::chmod(target.c_str(), 0640) == 0);
  REQUIRE(file.set_auth(login("b.io", "u", "p")).ok());
  struct stat info {};
  REQUIRE(::lstat(target.c_str(), &info) == 0);
  CHECK((info.st_mode & 0177777U) == (S_IFREG | 0640U));
  CHECK(std::filesystem::is_symlink(scratch.file()));
  CHECK(ConfigFile::load(scratch.path()).auths().size() == 2);
}

TEST_CASE("DOCKER_CUSTOM_HEADERS replaces the headers of the file") {
  const auto file = ConfigFile::parse(R"({"HttpHeaders": {"X-A": "1"}})", "/c/config.json");
  CHECK(request_headers(file, "").value() == Pairs{{"X-A", "1"}});
  CHECK(request_headers(
            file, R"(one=one-value,"two=two,value","three= a value  ",four=,five=x,five=y=z, x-y_z =1,user-agent=me)")
            .value() == Pairs{{"Five", "y=z"},
                              {"Four", ""},
                              {"One", "one-value"},
                              {"Three", " a value  "},
                              {"Two", "two,value"},
                              {"X-Y_z", "1"}});
  const std::string set = "failed to set custom headers from DOCKER_CUSTOM_HEADERS environment variable: ";
  CHECK(request_headers(file, "foo").error() == error(set + "missing \"=\" in key=value pair: 'foo'"));
  CHECK(request_headers(file, "=x").error() == error(set + "value contains a key=value pair with an empty key: '=x'"));
  CHECK(
      request_headers(file, "a\"b=c").error() ==
      error(
          "failed to parse custom headers from DOCKER_CUSTOM_HEADERS environment variable: value must be formatted as "
          "comma-separated key=value pairs"));
}

TEST_CASE("The configuration directory comes from the flag, the environment or the home directory") {
  CHECK(config_directory("/f/../g/", "/e", "/h") == "/g");
  CHECK(config_directory("", "/e/", "/h") == "/e/");
  CHECK(config_directory("", "", "/h") == "/h/.docker");
  CHECK(config_directory("", "", "").ends_with("/.docker"));
}

}  // namespace dockerlite::config
