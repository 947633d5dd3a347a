#include "api_socket.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dockerlite/config/credentials.hpp"
#include "dockerlite/engine/archive.hpp"
#include "dockerlite/engine/credentials_document.hpp"
#include "dockerlite/stream/tar.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

constexpr std::string_view kConfigDirectory = "/run/secrets/docker";

/// Those of DOCKER_AUTH_CONFIG, a whole config.json, before those of ours.
Result<std::map<std::string, config::AuthConfig>> read_credentials(Context& context) {
  if (const auto text = context.env.value("DOCKER_AUTH_CONFIG"); !text.empty()) {
    const auto file = config::ConfigFile::parse(text, "DOCKER_AUTH_CONFIG");
    if (const auto& warning = file.warning())  // "WARNING: Error parsing config file (...): <cause>"
      return error(
          fmt::format("failed to read credentials from DOCKER_AUTH_CONFIG: {}", util::cut(*warning, "): ").after));
    if (auto credentials = file.auths(); !credentials.empty()) return credentials;
  }
  return config::CredentialStore(context.config(), context.env).all();
}

}  // namespace

Result<std::string> add_api_socket(Context& context, engine::Client& engine, engine::CreateRequest& request) {
  constexpr std::string_view kScheme = "unix://";
  const std::string& host = engine.host();
  if (!host.starts_with(kScheme))
    return error(
        fmt::format("flag --use-api-socket can only be used with unix sockets: docker endpoint {} incompatible", host));
  opts::Mount mount;
  mount.type = "bind";
  mount.source = host.substr(kScheme.size());
  mount.target = "/var/run/docker.sock";
  mount.bind.emplace();
  request.host.mounts.push_back(std::move(mount));

  auto& env = request.config.env;
  if (std::any_of(env.begin(), env.end(), [](const auto& text) { return text.starts_with("DOCKER_CONFIG="); }))
    return std::string();
  const auto credentials = read_credentials(context);
  if (!credentials) return error("resolving credentials failed: " + credentials.error().message);
  if (credentials->empty()) return std::string();
  env.push_back(fmt::format("DOCKER_CONFIG={}", kConfigDirectory));
  return engine::credentials_document(*credentials);
}

Result<void> inject_credentials(engine::Client& engine, const std::string& container, const std::string& document) {
  DL_TRY(auto request, engine::put_archive(container, "/", false));
  stream::TarWriter tar([&request](std::string_view bytes) { request.body += bytes; });
  DL_CHECK(tar.add({.name = fmt::format("{}/config.json", kConfigDirectory),
                    .mode = 0600,
                    .size = static_cast<std::int64_t>(document.size())}));
  DL_CHECK(tar.write(document));
  DL_CHECK(tar.finish());
  if (const auto answer = engine.call(std::move(request)); !answer) {
    auto failure = answer.error();
    failure.message =
        "injecting docker config.json into container failed: copying config.json into container failed: " +
        failure.message;
    return failure;
  }
  return {};
}

}  // namespace dockerlite::command
