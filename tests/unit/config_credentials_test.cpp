#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>

#include "dockerlite/config/credentials.hpp"
#include "dockerlite/util/file.hpp"
#include "support/catch.hpp"

namespace dockerlite::config {
namespace {

/// A configuration directory, and a directory of programs that is all of PATH (the programs' own PATH is the real one).
class Setup {
 public:
  explicit Setup(std::string_view document = "") {
    char name[] = "/tmp/dockerlite-credentials-XXXXXX";
    path_ = ::mkdtemp(name);
    std::filesystem::create_directory(path_ + "/bin");
    if (!document.empty()) REQUIRE(util::write_file_atomically(path_ + "/config.json", document, 0600).ok());
    file_ = ConfigFile::load(path_);
  }
  Setup(const Setup&) = delete;
  Setup& operator=(const Setup&) = delete;
  ~Setup() { std::filesystem::remove_all(path_); }

  /// A program that keeps what it was called with in `calls`, then does what `script` says.
  void add_program(const std::string& name, const std::string& script) const {
    const std::string text =
        "#!/bin/sh\n{ printf '%s ' \"$1\"; cat; echo '|'; } >> " + path_ + "/calls\n" + script + "\n";
    REQUIRE(util::write_file_atomically(path_ + "/bin/" + name, text, 0755).ok());
  }
  std::string calls() const { return util::read_file(path_ + "/calls").value(); }
  std::string document() const { return util::read_file(path_ + "/config.json").value(); }
  CredentialStore store() { return CredentialStore(file_, env()); }
  const util::Environment& env() {
    env_ = util::Environment(std::map<std::string, std::string, std::less<>>{{"PATH", path_ + "/bin"}});
    return env_;
  }

 private:
  std::string path_;
  ConfigFile file_;
  util::Environment env_;
};

AuthConfig login(std::string server, std::string user, std::string password) {
  AuthConfig auth;
  auth.server_address = std::move(server);
  auth.username = std::move(user);
  auth.password = std::move(password);
  return auth;
}

AuthConfig token(std::string server, std::string identity_token) {
  AuthConfig auth;
  auth.server_address = std::move(server);
  auth.identity_token = std::move(identity_token);
  return auth;
}

}  // namespace

TEST_CASE("A registry's host is taken from its URL or address") {
  const std::pair<std::string, std::string> cases[] = {
      {"reg.io", "reg.io"},
      {"reg.io:5000/x/y", "reg.io:5000"},
      {"https://reg.io/v1/", "reg.io"},
      {"http://reg.io:80", "reg.io:80"},
      {"https://u:p@reg.io:1/v2", "reg.io:1"},
      {"https://", "https:"},
      {"http://[::1]:5000/", "[::1]:5000"},
      {"http://[::1]/", "::1"},
      {"", ""},
  };
  for (const auto& [url, host] : cases) {
    CAPTURE(url);
    CHECK(registry_host(url) == host);
  }
}

TEST_CASE("Docker Hub has a credential key of its own") {
  CHECK(registry_key("docker.io") == "https://index.docker.io/v1/");
  CHECK(registry_key("index.docker.io") == "https://index.docker.io/v1/");
  CHECK(registry_key("localhost:5000") == "localhost:5000");
}

TEST_CASE("Credentials are sent as base64url of JSON without empty fields") {
  CHECK(encode_auth_header({}) == "e30=");
  AuthConfig all = login("reg.io", "u<", "p\"?>");
  all.email = "e";
  all.identity_token = "i";
  all.registry_token = "r";
  CHECK(
      auth_json(all) ==
      R"({"username":"u\u003c","password":"p\"?\u003e","email":"e","serveraddress":"reg.io","identitytoken":"i","registrytoken":"r"})");
  CHECK(encode_auth_header(login("", "", "\xC3\xBF\xC3\xBF?")) == "eyJwYXNzd29yZCI6IsO_w78_In0=");
}

TEST_CASE("Credentials in config.json are found by key, or by the host of an old URL") {
  Setup setup(R"({"auths": {"https://legacy.io/v1/": {"auth": "dTpw"}, "new.io": {"auth": "djpx"}}})");
  CHECK(setup.store().get("new.io").value() == login("new.io", "v", "q"));
  CHECK(setup.store().get("legacy.io").value() == login("https://legacy.io/v1/", "u", "p"));
  CHECK(setup.store().get("other.io").value() == AuthConfig{});
}

TEST_CASE("Without a helper credentials are stored unencrypted, and only when they changed") {
  Setup setup;
  CredentialStore store = setup.store();
  CHECK(store.store(login("reg.io", "u", "p")).value() == CredentialStore::Stored::unencrypted);
  CHECK(store.store(login("reg.io", "u", "p")).value() == CredentialStore::Stored::unchanged);
  CHECK(store.get("reg.io").value() == login("reg.io", "u", "p"));
  CHECK(store.erase("reg.io").ok());
  CHECK(setup.document() == "{\n\t\"auths\": {}\n}");
}

TEST_CASE("A helper is asked by docker's protocol") {
  Setup setup(R"({"credsStore": "fake"})");
  setup.add_program("docker-credential-fake", R"(case "$1" in
get) echo '{"ServerURL":"reg.io","Username":"me","Secret":"s3"}';;
list) echo '{"reg.io":"me"}';;
esac)");
  CredentialStore store = setup.store();
  CHECK(store.get("reg.io").value() == login("reg.io", "me", "s3"));
  CHECK(store.store(login("reg.io", "me", "a<b")).value() == CredentialStore::Stored::in_helper);
  CHECK(store.store(token("reg.io", "T")).value() == CredentialStore::Stored::in_helper);
  CHECK(setup.document() == R"({"auths": {"reg.io":{}},"credsStore": "fake"})");
  CHECK(store.all().value() == std::map<std::string, AuthConfig>{{"reg.io", login("reg.io", "me", "s3")}});
  CHECK(store.erase("reg.io").ok());
  CHECK(setup.document() == R"({"auths": {},"credsStore": "fake"})");
  CHECK(setup.calls() ==
        "get reg.io|\n"
        "store {\"ServerURL\":\"reg.io\",\"Username\":\"me\",\"Secret\":\"a\\u003cb\"}\n|\n"
        "store {\"ServerURL\":\"reg.io\",\"Username\":\"\\u003ctoken\\u003e\",\"Secret\":\"T\"}\n|\n"
        "list unused|\nget reg.io|\nerase reg.io|\n");
}

TEST_CASE("A secret of the user <token> is an identity token") {
  Setup setup(R"({"credsStore": "fake"})");
  setup.add_program("docker-credential-fake", R"(echo '{"Username":"<token>","Secret":"T"}')");
  CHECK(setup.store().get("reg.io").value() == token("reg.io", "T"));
}

TEST_CASE("A registry's own helper is preferred to the general one") {
  Setup setup(R"({"credsStore": "all", "credHelpers": {"reg.io": "mine", "plain.io": ""}})");
  setup.add_program("docker-credential-all",
                    R"(test "$1" = list && echo '{}' || echo '{"Username":"all","Secret":"s"}')");
  setup.add_program("docker-credential-mine", R"(echo '{"Username":"mine","Secret":"s"}')");
  CHECK(setup.store().get("reg.io").value() == login("reg.io", "mine", "s"));
  CHECK(setup.store().get("other.io").value() == login("other.io", "all", "s"));
  CHECK(setup.store().get("plain.io").value() == AuthConfig{});
  CHECK(setup.store().all().value().at("reg.io") == login("reg.io", "mine", "s"));
}

TEST_CASE("What a helper does not have is no error") {
  Setup setup(R"({"credsStore": "fake"})");
  setup.add_program("docker-credential-fake", "echo ' credentials not found in native keychain '; exit 1");
  CHECK(setup.store().get("reg.io").value() == AuthConfig{});
}

TEST_CASE("A helper that fails is an error in docker's words") {
  Setup setup(R"({"credsStore": "fake"})");
  setup.add_program("docker-credential-fake", "echo ' some failure '; exit 3");
  CredentialStore store = setup.store();
  CHECK(store.get("reg.io").error() == error("error getting credentials - err: exit status 3, out: `some failure`"));
  CHECK(store.store(login("reg.io", "u", "p")).error() ==
        error("error storing credentials - err: exit status 3, out: `some failure`"));
  CHECK(store.erase("reg.io").error() == error("error erasing credentials - err: exit status 3, out: `some failure`"));
  CHECK(store.all().error() == error("error listing credentials - err: exit status 3, out: `some failure`"));

  setup.add_program("docker-credential-fake", "echo 'no credentials username'; exit 1");
  CHECK(store.get("reg.io").error() ==
        error("error getting credentials - err: no credentials username, out: `no credentials username`"));
}

TEST_CASE("A helper that answers nonsense is an error") {
  Setup setup(R"({"credsStore": "fake"})");
  const std::pair<std::string, std::string> cases[] = {
      {"true", "EOF"},
      {"echo '{\"Username\":'", "unexpected EOF"},
      {"echo hello", "invalid character 'h' looking for beginning of value"},
      {"echo '{\"Username\":1}'",
       "json: cannot unmarshal number into Go struct field Credentials.Username of type string"},
      {"echo '[]'", "json: cannot unmarshal array into Go value of type credentials.Credentials"},
  };
  for (const auto& [script, message] : cases) {
    CAPTURE(script);
    setup.add_program("docker-credential-fake", script);
    CHECK(setup.store().get("reg.io").error() == error(message));
  }
}

TEST_CASE("A helper that is not installed is an error that names it") {
  Setup setup(R"({"credsStore": "gone"})");
  CHECK(setup.store().get("reg.io").error() ==
        error("error getting credentials - err: exec: \"docker-credential-gone\": executable file not found in $PATH, "
              "out: ``"));
}

TEST_CASE("An installed store is used, and written down, where the file says nothing about credentials") {
  Setup setup;
  setup.add_program("docker-credential-secretservice", "true");
  CHECK(setup.store().store(login("reg.io", "u", "p")).value() == CredentialStore::Stored::in_helper);
  CHECK(setup.document() == "{\n\t\"auths\": {\n\t\t\"reg.io\": {}\n\t},\n\t\"credsStore\": \"secretservice\"\n}");

  Setup with_pass;
  with_pass.add_program("docker-credential-secretservice", "true");
  with_pass.add_program("pass", "true");  // pass is preferred, but its helper is missing
  CHECK(with_pass.store().store(login("reg.io", "u", "p")).value() == CredentialStore::Stored::unencrypted);

  Setup with_auths(R"({"auths": {"x.io": {"auth": "dTpw"}}})");
  with_auths.add_program("docker-credential-secretservice", "true");
  CHECK(with_auths.store().store(login("reg.io", "u", "p")).value() == CredentialStore::Stored::unencrypted);
}

}  // namespace dockerlite::config
