#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::config {

/// Credentials for one registry, as stored and as sent (FACTS 4 "Auth headers", 5.1).
struct AuthConfig {
  std::string username, password, email, server_address, identity_token, registry_token;
  bool operator==(const AuthConfig&) const = default;
  bool empty() const { return *this == AuthConfig{}; }
};

/// config.json. The raw document is kept: unknown keys survive a save.
class ConfigFile {
 public:
  ConfigFile();
  ~ConfigFile();
  ConfigFile(ConfigFile&&) noexcept;
  ConfigFile& operator=(ConfigFile&&) noexcept;

  /// Reads `<directory>/config.json`. A missing file is an empty one. A malformed or unreadable one gives an empty
  /// document, a `warning` with docker's text, and is never overwritten: every save() fails and says why.
  static ConfigFile load(const std::string& directory);
  static ConfigFile parse(std::string_view text, const std::string& path);

  const std::string& path() const;
  const std::optional<std::string>& warning() const;

  /// A string at top level: "psFormat", "detachKeys", "currentContext", "credsStore"; "" if absent.
  std::string text(std::string_view key) const;
  /// `HttpHeaders`, sorted by name.
  std::vector<std::pair<std::string, std::string>> http_headers() const;
  std::vector<std::string> prune_filters() const;
  /// `proxies.<host>` or else `proxies.default`, as NAME=value pairs in docker's order, both spellings (FACTS 7.4).
  std::vector<std::pair<std::string, std::string>> proxy_environment(std::string_view host) const;
  /// The helper for a registry: credHelpers[host], else credsStore, else "".
  std::string credential_helper(std::string_view server) const;
  bool has_auth_settings() const;
  std::vector<std::string> strings(std::string_view key) const;  ///< a list of strings at top level
  std::map<std::string, std::string> string_map(std::string_view key) const;

  struct Impl;
  Impl& impl() { return *impl_; }
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// The directory of the configuration: `--config`, else DOCKER_CONFIG, else $HOME/.docker.
std::string config_directory(std::string_view flag, std::string_view docker_config, std::string_view home);

}  // namespace dockerlite::config
