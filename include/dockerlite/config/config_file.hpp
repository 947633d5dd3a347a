#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::config {

/// Credentials for one registry, as stored and as sent.
struct AuthConfig {
  std::string username, password, email, server_address, identity_token, registry_token;
  bool operator==(const AuthConfig&) const = default;
  bool empty() const { return *this == AuthConfig{}; }
};

/// config.json. The text is kept: what docker does not know, and the layout, survive a save.
class ConfigFile {
 public:
  ConfigFile();
  ~ConfigFile();
  ConfigFile(ConfigFile&&) noexcept;
  ConfigFile& operator=(ConfigFile&&) noexcept;

  /// Reads `<directory>/config.json`. A missing file is an empty one. A malformed or unreadable one gives as much as
  /// docker uses of it, a `warning` with docker's text, and is never overwritten: every change fails and says why.
  static ConfigFile load(const std::string& directory);
  static ConfigFile parse(std::string_view text, const std::string& path);

  const std::string& path() const;
  /// The directory that it is in, as given to load().
  const std::string& directory() const;
  const std::optional<std::string>& warning() const;

  /// A string at top level: "psFormat", "detachKeys", "currentContext", "credsStore"; "" if absent.
  std::string text(std::string_view key) const;
  /// `HttpHeaders`, sorted by name, without User-Agent, which cannot be set.
  std::vector<std::pair<std::string, std::string>> http_headers() const;
  std::vector<std::string> prune_filters() const;
  /// `proxies.<host>` or else `proxies.default`, as NAME=value pairs: HTTP, HTTPS, NO, FTP, ALL, each in upper and
  /// lower case.
  std::vector<std::pair<std::string, std::string>> proxy_environment(std::string_view host) const;
  /// The helper for a registry: credHelpers[server], else credsStore, else "".
  std::string credential_helper(std::string_view server) const;
  bool has_auth_settings() const;
  std::vector<std::string> strings(std::string_view key) const;  ///< a list of strings at top level
  std::map<std::string, std::string> string_map(std::string_view key) const;
  /// `plugins.<plugin>.<option>`.
  std::optional<std::string> plugin_option(std::string_view plugin, std::string_view option) const;
  /// `auths`, by key; `server_address` is the key.
  std::map<std::string, AuthConfig> auths() const;

  // Changes. Each reads the file again under a lock (flock on the file itself), so that programs that change it at the
  // same time lose nothing, and replaces it atomically; mode and owner stay, a symlink is followed. The value says
  // whether there was anything to change. Errors: a broken file, what the file system refuses.

  /// Sets a string at top level; an empty one removes it.
  Result<bool> set_text(std::string_view key, std::string_view value);
  /// Stores under `auths[auth.server_address]`. `credential_store`: written as `credsStore` along with it, unless
  /// empty.
  Result<bool> set_auth(const AuthConfig& auth, std::string_view credential_store = {});
  Result<bool> erase_auth(const std::string& server);

  struct Impl;

 private:
  Result<bool> update(const std::function<std::string(const ConfigFile& current)>& edit);
  std::unique_ptr<Impl> impl_;
};

/// The headers for every request: those of DOCKER_CUSTOM_HEADERS (its value) if it is set, else `HttpHeaders`. Errors:
/// docker's `failed to set custom headers from DOCKER_CUSTOM_HEADERS environment variable: ...`.
Result<std::vector<std::pair<std::string, std::string>>> request_headers(const ConfigFile& file,
                                                                         std::string_view custom_headers);

/// The directory of the configuration: `--config`, else DOCKER_CONFIG, else $HOME/.docker.
std::string config_directory(std::string_view flag, std::string_view docker_config, std::string_view home);

}  // namespace dockerlite::config
