#include "dockerlite/command/specs.hpp"
#include "support/catch.hpp"
#include "support/command_runner.hpp"
#include "support/temporary_folder.hpp"

using namespace dockerlite;
using test::CommandOutcome;
using test::CommandRunner;

namespace {

const std::string kSucceeded = R"({"IdentityToken":"","Status":"Login Succeeded"})";
const std::string kUnauthorized = R"({"message":"unauthorized: incorrect username or password"})";
const std::string kExisting =
    "Authenticating with existing credentials... [Username: me]\n\n"
    " Info -> To login with a different account, run 'docker logout' followed by 'docker login'\n\n\n";

std::string unencrypted_warning(const test::TemporaryFolder& folder) {
  return "\nWARNING! Your credentials are stored unencrypted in '" + (folder / "config.json") +
         "'.\nConfigure a credential helper to remove this warning. "
         "See\nhttps://docs.docker.com/go/credential-store/\n\n";
}

std::string stored(const std::string& server, const std::string& entry) {
  return "{\n\t\"auths\": {\n\t\t\"" + server + "\": {\n\t\t\t" + entry + "\n\t\t}\n\t}\n}";
}

/// A login with an empty configuration, or with the one given.
struct Fixture {
  test::TemporaryFolder folder;
  CommandRunner runner;
  explicit Fixture(const std::string& config = "") {
    runner.config_directory = folder.path();
    if (!config.empty()) folder.file("config.json", config, 0600);
  }
  void expect_login(const std::string& user, const std::string& password, const std::string& server, int status,
                    const std::string& answer) {
    runner.script.expect_ping("1.41");
    runner.script.expect("POST /v1.41/auth")
        .with_body(R"({"username":")" + user + R"(","password":")" + password + R"(","serveraddress":")" + server +
                   "\"}\n")
        .reply_json(status, answer);
  }
  CommandOutcome login(const std::vector<std::string>& words) { return runner.run(command::registry_login, words); }
  CommandOutcome logout(const std::vector<std::string>& words) { return runner.run(command::registry_logout, words); }
  std::string config() const { return folder.content("config.json"); }
};

CommandOutcome failure(std::string message, std::string err = {}) {
  return {"", std::move(err), error(std::move(message))};
}

}  // namespace

TEST_CASE("login refuses contradicting options before it asks anybody") {
  const std::pair<std::vector<std::string>, std::string> cases[] = {
      {{"-u", "me", "-p", "x", "--password-stdin"},
       "conflicting options: cannot specify both --password and --password-stdin"},
      {{"--password-stdin"}, "the --password-stdin option requires --username to be set"},
      {{"-u", ""}, "username is empty"},
      {{"-u", "me", "-p", ""}, "password is empty"},
  };
  for (const auto& [words, message] : cases) CHECK(Fixture().login(words) == failure(message));
}

TEST_CASE("login with a password on the command line warns about it, and about storing it unencrypted") {
  Fixture f;
  f.expect_login("me", "secret", "reg.io:5000", 200, kSucceeded);
  CHECK(f.login({"-u", "me", "-p", "secret", "https://reg.io:5000/v2/"}) ==
        CommandOutcome{"Login Succeeded\n",
                       "WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n" +
                           unencrypted_warning(f.folder),
                       {}});
  CHECK(f.config() == stored("reg.io:5000", R"("auth": "bWU6c2VjcmV0")"));
}

TEST_CASE("login reads the password from stdin, without the line end and white space around it") {
  for (const char* input : {"secret", "secret\n", "secret\r\n", " secret \n\n"}) {
    Fixture f;
    f.runner.stdin_text = input;
    f.expect_login("me", "secret", "reg.io", 200, kSucceeded);
    CHECK(f.login({"-u", "me", "--password-stdin", "reg.io"}) ==
          CommandOutcome{"Login Succeeded\n", unencrypted_warning(f.folder), {}});
  }
}

TEST_CASE("login needs a terminal to ask for what is missing") {
  const CommandOutcome expected = failure("Error: Cannot perform an interactive login from a non TTY device");
  CHECK(Fixture().login({}) == expected);
  CHECK(Fixture().login({"-u", "me", "reg.io"}) == expected);
  CHECK(Fixture().login({"-u", " ", "--password-stdin", "reg.io"}) == expected);
  CHECK(Fixture().login({"-u", "me", "--password-stdin", "reg.io"}) == expected);
}

TEST_CASE("login asks on a terminal for user and password") {
  Fixture f;
  f.runner.stdin_terminal = true;
  f.runner.stdin_text = " me \nsecret\n";
  f.expect_login("me", "secret", "reg.io", 200, kSucceeded);
  CHECK(f.login({"reg.io"}) ==
        CommandOutcome{"Username: Password: \nLogin Succeeded\n", unencrypted_warning(f.folder), {}});
}

TEST_CASE("login takes an empty answer and the end of the input for a refusal") {
  const std::pair<std::string, CommandOutcome> cases[] = {
      {"\n", {"Username: ", "", error("Error: Non-null Username Required")}},
      {"", {"Username: \n", "", error("Error: Non-null Username Required")}},
      {"me\n\n", {"Username: Password: \n", "", error("Error: Password Required")}},
      {"me\n", {"Username: Password: \n", "", error("Error: Password Required")}},
  };
  for (const auto& [input, expected] : cases) {
    CAPTURE(input);
    Fixture f;
    f.runner.stdin_terminal = true;
    f.runner.stdin_text = input;
    CHECK(f.login({"reg.io"}) == expected);
  }
}

TEST_CASE("login to Docker Hub explains itself, whatever of its names is used") {
  const std::string web = "Failed to start web-based login - falling back to command line login...\n\n";
  const std::string explanation =
      "Log in with your Docker ID or email address to push and pull images from Docker Hub. If you don't have a Docker "
      "ID, head "
      "over to https://hub.docker.com/ to create one.\n";
  const std::string token =
      "You can log in with your password or a Personal Access Token (PAT). Using a limited-scope PAT grants better "
      "security and is "
      "required for organizations using SSO. Learn more at https://docs.docker.com/go/access-tokens/\n\n";
  const std::string note =
      "\n Info -> A Personal Access Token (PAT) can be used instead.\n         To create a PAT, visit "
      "\x1b[4mhttps://app.docker.com/settings\x1b[0m\n         \n         \n";
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{}, {"docker.io"}, {"index.docker.io"}, {"https://index.docker.io/v1/"}}) {
    Fixture f;
    f.runner.stdin_terminal = true;
    f.runner.stdin_text = "me\nsecret\n";
    f.expect_login("me", "secret", "https://index.docker.io/v1/", 200, kSucceeded);
    CHECK(f.login(words) == CommandOutcome{explanation + token + "Username: Password: \nLogin Succeeded\n",
                                           web + note + unencrypted_warning(f.folder),
                                           {}});
    CHECK(f.config() == stored("https://index.docker.io/v1/", R"("auth": "bWU6c2VjcmV0")"));
  }
  Fixture quiet;
  quiet.runner.stdin_terminal = true;
  quiet.runner.stdin_text = "me\nsecret\n";
  quiet.runner.environment = {{"DOCKER_CLI_HINTS", "false"}, {"DOCKER_CLI_DISABLE_OAUTH_LOGIN", "1"}};
  quiet.expect_login("me", "secret", "https://index.docker.io/v1/", 200, kSucceeded);
  CHECK(quiet.login({}) == CommandOutcome{explanation + "Username: Password: \nLogin Succeeded\n",
                                          note + unencrypted_warning(quiet.folder),
                                          {}});
}

TEST_CASE("login says what the engine says to wrong credentials, and stores nothing") {
  Fixture f;
  f.runner.stdin_text = "bad";
  f.expect_login("me", "bad", "reg.io", 401, kUnauthorized);
  const auto outcome = f.login({"-u", "me", "--password-stdin", "reg.io"});
  CHECK(outcome.error.message == "Error response from daemon: unauthorized: incorrect username or password");
  CHECK(outcome.out.empty());
  CHECK(f.folder.listing().empty());
}

TEST_CASE("login tries stored credentials first") {
  const std::string config = stored("reg.io", R"("auth": "bWU6c2VjcmV0")");
  Fixture f(config);
  f.expect_login("me", "secret", "reg.io", 200, kSucceeded);
  CHECK(f.login({"reg.io"}) == CommandOutcome{"Login Succeeded\n", kExisting, {}});
  CHECK(f.config() == config);
}

TEST_CASE("login asks when stored credentials do not work, and offers the user name") {
  const std::pair<int, std::string> cases[] = {
      {401, "Stored credentials invalid or expired\n"},
      {500, "Login did not succeed, error: Error response from daemon: unauthorized: incorrect username or password\n"},
  };
  for (const auto& [status, text] : cases) {
    Fixture f(stored("reg.io", R"("auth": "bWU6b2xk")"));
    f.runner.stdin_terminal = true;
    f.runner.stdin_text = "\nsecret\n";
    f.expect_login("me", "old", "reg.io", status, kUnauthorized);
    f.runner.script.expect("POST /v1.41/auth")
        .with_body("{\"username\":\"me\",\"password\":\"secret\",\"serveraddress\":\"reg.io\"}\n")
        .reply_json(200, kSucceeded);
    CHECK(f.login({"reg.io"}) == CommandOutcome{"Username (me): Password: \nLogin Succeeded\n",
                                                kExisting + text + unencrypted_warning(f.folder),
                                                {}});
    CHECK(f.config() == stored("reg.io", R"("auth": "bWU6c2VjcmV0")"));
  }
}

TEST_CASE("login keeps an identity token instead of the password, and does not warn about it") {
  Fixture f;
  f.runner.stdin_text = "secret";
  f.expect_login("me", "secret", "reg.io", 200, R"({"IdentityToken":"T0","Status":"Login Succeeded"})");
  CHECK(f.login({"-u", "me", "--password-stdin", "reg.io"}) == CommandOutcome{"Login Succeeded\n", "", {}});
  CHECK(f.config() == stored("reg.io", "\"auth\": \"bWU6\",\n\t\t\t\"identitytoken\": \"T0\""));
}

TEST_CASE("login gives the credentials to the configured helper") {
  Fixture f(R"({"credsStore": "fake"})");
  f.folder.file("docker-credential-fake", "#!/bin/sh\n{ echo \"$1\"; cat; } >> " + (f.folder / "calls") + "\n", 0755);
  f.runner.environment = {{"PATH", f.folder.path()}};
  f.runner.stdin_text = "secret";
  f.expect_login("me", "secret", "reg.io", 200, kSucceeded);
  CHECK(f.login({"-u", "me", "--password-stdin", "reg.io"}) == CommandOutcome{"Login Succeeded\n", "", {}});
  CHECK(f.folder.content("calls") == "store\n{\"ServerURL\":\"reg.io\",\"Username\":\"me\",\"Secret\":\"secret\"}\n");
}

TEST_CASE("login says that a helper is missing") {
  Fixture f(R"({"credsStore": "gone"})");
  f.runner.stdin_text = "secret";
  f.expect_login("me", "secret", "reg.io", 200, kSucceeded);
  CHECK(f.login({"-u", "me", "--password-stdin", "reg.io"}) ==
        failure("Error saving credentials: error storing credentials - err: exec: \"docker-credential-gone\": "
                "executable file "
                "not found in $PATH, out: ``"));
}

TEST_CASE("login never overwrites a broken config.json") {
  Fixture f("{\"auths\":");
  f.runner.stdin_text = "secret";
  f.expect_login("me", "secret", "reg.io", 200, kSucceeded);
  CHECK(f.login({"-u", "me", "--password-stdin", "reg.io"}) ==
        failure("Error saving credentials: " + (f.folder / "config.json") +
                " is left as it is, because it could not be read whole: repair or remove it first"));
  CHECK(f.config() == "{\"auths\":");
}

TEST_CASE("login shows the engine's own problem if it cannot be reached and the registry is not on this machine") {
  Fixture f;
  f.runner.stdin_text = "secret";
  const Error down =
      error(ErrorKind::connection, "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?");
  f.runner.script.expect_ping("1.41");
  f.runner.script.expect("POST /v1.41/auth").with_any_body().fail(down);
  CHECK(f.login({"-u", "me", "--password-stdin", "reg.io"}) == CommandOutcome{"", "", down});
}

TEST_CASE("logout forgets a registry under each name that it may be stored under") {
  Fixture f(
      R"({"auths": {"https://reg.io/v1/": {}, "reg.io": {}, "http://reg.io": {}, "https://reg.io": {}, "other.io": {}}})");
  CHECK(f.logout({"https://reg.io/v1/"}) == CommandOutcome{"Removing login credentials for reg.io\n", "", {}});
  CHECK(f.config() == R"({"auths": {"other.io": {}}})");
  CHECK(f.logout({"reg.io"}) == CommandOutcome{"Removing login credentials for reg.io\n", "", {}});
}

TEST_CASE("logout forgets Docker Hub, also by its host name") {
  const std::pair<std::vector<std::string>, std::string> cases[] = {
      {{}, "https://index.docker.io/v1/"}, {{"docker.io"}, "docker.io"}, {{"index.docker.io"}, "index.docker.io"}};
  for (const auto& [words, name] : cases) {
    Fixture f(R"({"auths": {"https://index.docker.io/v1/": {"auth": "bWU6c2VjcmV0"}}})");
    CHECK(f.logout(words) == CommandOutcome{"Removing login credentials for " + name + "\n", "", {}});
    CHECK(f.config() == R"({"auths": {}})");
  }
}

TEST_CASE("logout removes the tokens of a login by web browser, and says that they are still valid") {
  Fixture f(R"({"auths": {"https://index.docker.io/v1/": {"auth": "bWU6c2VjcmV0"},
    "https://index.docker.io/v1/access-token": {"auth": "bWU6dG9rZW4="},
    "https://index.docker.io/v1/refresh-token": {"auth": "bWU6dG9rZW4uLmNsaWVudA=="}}})");
  CHECK(f.logout({}) ==
        CommandOutcome{"Removing login credentials for https://index.docker.io/v1/\n",
                       "WARNING: credentials erased successfully, but there was a failure to revoke the OAuth "
                       "refresh token with the tenant: not supported by this client\n",
                       {}});
  CHECK(f.config() == R"({"auths": {}})");
}

TEST_CASE("logout succeeds where nothing was stored, and makes no file") {
  Fixture f;
  CHECK(f.logout({"reg.io"}) == CommandOutcome{"Removing login credentials for reg.io\n", "", {}});
  CHECK(f.folder.listing().empty());
}

TEST_CASE("logout says so if a helper fails for every name") {
  Fixture f(R"({"credsStore": "fake"})");
  f.folder.file("docker-credential-fake", "#!/bin/sh\necho broken; exit 1\n", 0755);
  f.runner.environment = {{"PATH", f.folder.path()}};
  const std::string cause = ": error erasing credentials - err: exit status 1, out: `broken`\n";
  CHECK(f.logout({"reg.io"}) == CommandOutcome{"Removing login credentials for reg.io\n",
                                               "WARNING: could not erase credentials:\nreg.io" + cause +
                                                   "http://reg.io" + cause + "https://reg.io" + cause,
                                               {}});
}
