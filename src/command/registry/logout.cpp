#include <algorithm>

#include "../no_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/config/credentials.hpp"

namespace dockerlite::command {
namespace {

/// The names that credentials for `server` may be stored under. Docker Hub's own goes, too, when it is called by its
/// host name, where docker would leave the credentials in place.
std::vector<std::string> keys_to_erase(const std::string& server) {
  const std::string host = config::registry_host(server);
  std::vector<std::string> keys;
  for (std::string key : {server, host, "http://" + host, "https://" + host, config::registry_key(host)})
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
  return keys;
}

/// Removes the tokens of a login by web browser. They stay valid at Docker Hub: only docker's own client revokes them.
Result<void> erase_web_login(config::CredentialStore& store) {
  const std::string prefix(config::kDockerHubKey);
  DL_TRY(const auto refresh, store.get(prefix + "refresh-token"));
  const auto token_and_client = util::cut(refresh.password, "..");
  if (!token_and_client.found || util::contains(token_and_client.after, "..")) return {};  // not made by docker
  for (const char* token : {"access-token", "refresh-token"})
    if (auto erased = store.erase(prefix + token); !erased)
      return error("failed to erase tokens: " + erased.error().message);
  return error(
      "credentials erased successfully, but there was a failure to revoke the OAuth refresh token with the tenant: not "
      "supported "
      "by this client");
}

Result<void> run(Context& context, NoOptions& options) {
  const std::string server = options.arguments.empty() ? "" : options.arguments[0];
  config::CredentialStore store(context.config(), context.env);
  const bool docker_hub = server.empty();
  const std::vector<std::string> keys =
      docker_hub ? std::vector{std::string(config::kDockerHubKey)} : keys_to_erase(server);
  if (std::find(keys.begin(), keys.end(), config::kDockerHubKey) != keys.end())
    if (auto erased = erase_web_login(store); !erased)
      context.io.err.write("WARNING: " + erased.error().message + "\n");

  context.io.out.write("Removing login credentials for " + (docker_hub ? keys[0] : config::registry_host(server)) +
                       "\n");
  std::string failures;
  std::size_t failed = 0;
  for (const std::string& key : keys)
    if (auto erased = store.erase(key); !erased) {
      ++failed;
      failures += key + ": " + erased.error().message + "\n";
    }
  // One name that worked was the one that mattered.
  if (failed == keys.size()) context.io.err.write("WARNING: could not erase credentials:\n" + failures);
  return {};
}

constexpr std::string_view kNames[] = {"logout"};

}  // namespace

constinit const cli::CommandSpec registry_logout = cli::make_command<NoOptions, run>({
    .names = kNames,
    .usage = "[SERVER]",
    .summary = "Log out from a registry",
    .description = "Forget the credentials for a registry, those for Docker Hub if no SERVER is named.",
    .arguments = cli::Arguments::at_most(1),
    .completion = cli::Completion::files,
});

}  // namespace dockerlite::command
