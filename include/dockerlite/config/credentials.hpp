#pragma once

#include <map>
#include <string>
#include <string_view>

#include "dockerlite/config/config_file.hpp"
#include "dockerlite/util/environment.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::config {

/// What Docker Hub's credentials are stored under.
inline constexpr std::string_view kDockerHubKey = "https://index.docker.io/v1/";

/// The key of a registry by its domain as in image references: "docker.io" and "index.docker.io" give kDockerHubKey,
/// others themselves.
std::string registry_key(std::string_view domain);

/// Host and port of a registry's URL or address: "https://reg.io:5000/v1/" and "reg.io:5000/x" give "reg.io:5000".
std::string registry_host(std::string_view url);

/// Credentials as the Engine API takes them (types.registry.AuthConfig): a JSON object without its empty fields.
std::string auth_json(const AuthConfig& auth);

/// The value of X-Registry-Auth: base64url of auth_json, "e30=" without credentials.
std::string encode_auth_header(const AuthConfig& auth);

/// Credentials by registry, kept in config.json or by a `docker-credential-<name>` program (credHelpers, credsStore,
/// or, if the file says nothing about credentials, `pass` or `secretservice` where they are installed). Errors of a
/// program: `error getting credentials - err: exit status 1, out: `...``, also `storing`, `erasing` and `listing`.
class CredentialStore {
 public:
  CredentialStore(ConfigFile& file, const util::Environment& env);

  /// Nothing stored is no error: all fields are empty then, but `server_address` may be set.
  Result<AuthConfig> get(const std::string& server) const;

  enum class Stored {
    unchanged,  ///< the same credentials were there already
    in_helper,
    unencrypted,  ///< in config.json
  };
  /// Stores under `auth.server_address`.
  Result<Stored> store(const AuthConfig& auth);
  Result<void> erase(const std::string& server);

  /// All stored credentials, by key. A registry whose own helper fails is left out with a warning on stderr, as docker
  /// does.
  Result<std::map<std::string, AuthConfig>> all() const;

 private:
  /// The name of the program for a registry ("": config.json itself).
  std::string helper_for(const std::string& server) const;
  Result<std::string> run_helper(const std::string& helper, const char* verb, const std::string& input) const;
  Result<AuthConfig> get_from_helper(const std::string& helper, const std::string& server) const;
  AuthConfig get_from_file(const std::string& server) const;

  ConfigFile& file_;
  const util::Environment& env_;
  std::string detected_;  ///< found installed, where the file says nothing
};

}  // namespace dockerlite::config
