#include "ask.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/config/credentials.hpp"
#include "dockerlite/engine/registry.hpp"

namespace dockerlite::command {
namespace {

struct LoginOptions {
  std::optional<std::string> username, password;
  std::optional<bool> password_stdin;
  std::vector<std::string> arguments;
  bool operator==(const LoginOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&LoginOptions::password>(
        "password", 'p', "Password or personal access token; others can see it, better use --password-stdin"),
    cli::option<&LoginOptions::password_stdin>("password-stdin", 0,
                                               "Read the password or personal access token from stdin"),
    cli::option<&LoginOptions::username>("username", 'u', "Account name"),
};
static_assert(cli::valid_options(kOptions));

constexpr const char* kNoTerminal = "Error: Cannot perform an interactive login from a non TTY device";

Result<void> check(const LoginOptions& options) {
  if (options.password_stdin) {
    if (options.password) return error("conflicting options: cannot specify both --password and --password-stdin");
    if (!options.username) return error("the --password-stdin option requires --username to be set");
  }
  if (options.username && options.username->empty()) return error("username is empty");
  if (options.password && options.password->empty()) return error("password is empty");
  return {};
}

/// All of stdin, without white space around it: docker 28 strips that from passwords wherever they come from.
Result<std::string> read_password(term::InputStream& in) {
  std::string text;
  std::array<char, 4096> buffer{};
  while (true) {
    DL_TRY(const std::size_t size, in.read(buffer.data(), buffer.size()));
    if (size == 0) return text;
    text.append(buffer.data(), size);
  }
}

/// What the credentials are stored under. "index.docker.io" is taken for Docker Hub as well: docker would store it
/// under a name of its own, which no pull from Docker Hub looks at.
std::string server_key(const LoginOptions& options) {
  const std::string server = options.arguments.empty() ? "" : options.arguments[0];
  if (server.empty() || server == config::kDockerHubKey) return std::string(config::kDockerHubKey);
  return config::registry_key(config::registry_host(server));
}

bool enabled(const util::Environment& env, std::string_view variable, bool otherwise) {
  const auto value = util::parse_bool(env.value(variable));
  return value ? *value : otherwise;
}

class Login {
 public:
  Login(Context& context, const LoginOptions& options)
      : context_(context),
        server_(server_key(options)),
        username_(options.username.value_or("")),
        password_(options.password.value_or("")),
        store_(context.config(), context.env) {}

  Result<void> run(bool password_from_stdin) {
    if (!password_.empty())
      context_.io.err.write("WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n");
    if (password_from_stdin) {
      DL_TRY(password_, read_password(context_.io.in));
    }
    DL_TRY(const std::string status, log_in());
    if (!status.empty()) context_.io.out.write(status + "\n");
    return {};
  }

 private:
  Result<std::string> log_in() {
    std::string known_user;
    if (username_.empty() && password_.empty()) {
      if (auto stored = store_.get(server_)) {
        stored->server_address = server_;
        stored->identity_token.clear();
        known_user = stored->username;
        if (!stored->username.empty() && !stored->password.empty())
          if (auto status = log_in_with_stored(*std::move(stored))) return status;
      }
    }
    DL_TRY(auto auth, ask_for_credentials(known_user));
    auto answer = try_at_engine(auth);
    if (!answer && answer.error().kind == ErrorKind::connection) {
      auto direct = engine::login_without_engine(auth);
      if (direct || direct.error().kind != ErrorKind::connection) answer = std::move(direct);
    }
    if (!answer) return std::move(answer).error();
    DL_CHECK(store(std::move(auth), *answer));
    return answer->status;
  }

  Result<std::string> log_in_with_stored(config::AuthConfig auth) {
    context_.io.err.write("Authenticating with existing credentials... [Username: " + auth.username + "]\n");
    print_note(context_, "To login with a different account, run 'docker logout' followed by 'docker login'");
    context_.io.err.write("\n\n");
    auto answer = try_at_engine(auth);
    if (!answer) {
      context_.io.err.write(answer.error().http_status == 401
                                ? "Stored credentials invalid or expired\n"
                                : "Login did not succeed, error: " + answer.error().message + "\n");
      return std::move(answer).error();
    }
    DL_CHECK(store(std::move(auth), *answer));
    return answer->status;
  }

  Result<engine::LoginAnswer> try_at_engine(const config::AuthConfig& auth) {
    DL_TRY(engine::Client* const engine, context_.engine());
    DL_TRY(const std::string body, engine->call(engine::login_request(auth)));
    return engine::decode_login(body);
  }

  /// Completes what the options gave.
  Result<config::AuthConfig> ask_for_credentials(const std::string& known_user) {
    const bool docker_hub = server_ == config::kDockerHubKey;
    const bool terminal = context_.io.in.is_terminal();
    if ((username_.empty() || password_.empty()) && !terminal) return error(kNoTerminal);
    // Docker would now try a login by a web browser, and says this where that cannot start.
    if (docker_hub && username_.empty() && password_.empty() &&
        !enabled(context_.env, "DOCKER_CLI_DISABLE_OAUTH_LOGIN", false))
      context_.io.err.write("Failed to start web-based login - falling back to command line login...\n\n");

    config::AuthConfig auth;
    auth.server_address = server_;
    auth.username = util::trim_space(username_);
    auth.password = util::trim_space(password_);
    if ((auth.username.empty() || auth.password.empty()) && !terminal) return error(kNoTerminal);
    if (auth.username.empty()) {
      DL_TRY(auth.username, ask_for_user(docker_hub, std::string(util::trim_space(known_user))));
    }
    if (auth.password.empty()) {
      DL_TRY(auth.password, ask_for_password(docker_hub));
    }
    return auth;
  }

  Result<std::string> ask_for_user(bool docker_hub, const std::string& known_user) {
    if (docker_hub) {
      context_.io.out.write(
          "Log in with your Docker ID or email address to push and pull images from Docker Hub. If you don't have a "
          "Docker ID, "
          "head over to https://hub.docker.com/ to create one.\n");
      if (enabled(context_.env, "DOCKER_CLI_HINTS", true))
        context_.io.out.write(
            "You can log in with your password or a Personal Access Token (PAT). Using a limited-scope PAT grants "
            "better "
            "security and is required for organizations using SSO. Learn more at "
            "https://docs.docker.com/go/access-tokens/\n\n");
    }
    DL_TRY(std::string user,
           ask(context_, known_user.empty() ? "Username: " : "Username (" + known_user + "): ", false));
    if (user.empty()) user = known_user;
    if (user.empty()) return error("Error: Non-null Username Required");
    return user;
  }

  Result<std::string> ask_for_password(bool docker_hub) {
    if (docker_hub)
      print_note(context_,
                 "A Personal Access Token (PAT) can be used instead.\n"
                 "To create a PAT, visit \x1b[4mhttps://app.docker.com/settings\x1b[0m\n\n");
    DL_TRY(std::string password, ask(context_, "Password: ", true));
    if (password.empty()) return error("Error: Password Required");
    return password;
  }

  Result<void> store(config::AuthConfig auth, const engine::LoginAnswer& answer) {
    if (!answer.identity_token.empty()) {
      auth.password.clear();
      auth.identity_token = answer.identity_token;
    }
    auto stored = store_.store(auth);
    if (!stored) return error("Error saving credentials: " + stored.error().message);
    if (*stored == config::CredentialStore::Stored::unencrypted && !auth.password.empty())
      context_.io.err.write("\nWARNING! Your credentials are stored unencrypted in '" + context_.config().path() +
                            "'.\nConfigure a credential helper to remove this warning. See\n"
                            "https://docs.docker.com/go/credential-store/\n\n");
    return {};
  }

  Context& context_;
  std::string server_, username_, password_;
  config::CredentialStore store_;
};

Result<void> run(Context& context, LoginOptions& options) {
  DL_CHECK(check(options));
  return Login(context, options).run(options.password_stdin.value_or(false));
}

constexpr std::string_view kNames[] = {"login"};

}  // namespace

constinit const cli::CommandSpec registry_login = cli::make_command<LoginOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] [SERVER]",
    .summary = "Log in to a registry",
    .description = "Log in to a registry, Docker Hub if no SERVER is named. The credentials go to the credential store "
                   "or helper that "
                   "config.json names, else, unencrypted, into config.json itself.",
    .options = kOptions,
    .arguments = cli::Arguments::at_most(1),
});

}  // namespace dockerlite::command
