#include "dockerlite/engine/credentials_document.hpp"

#include "dockerlite/util/strings.hpp"
#include "json_writer.hpp"

namespace dockerlite::engine {

std::string credentials_document(const std::map<std::string, config::AuthConfig>& credentials) {
  JsonWriter json;
  json.begin_object();
  json.key("auths").begin_object();
  for (const auto& [server, auth] : credentials) {
    json.key(server).begin_object();
    if (!auth.username.empty() || !auth.password.empty())
      json.member("auth", util::base64_encode(auth.username + ":" + auth.password));
    json.optional_member("email", auth.email);
    json.optional_member("identitytoken", auth.identity_token);
    json.optional_member("registrytoken", auth.registry_token);
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return json.take() + "\n";
}

}  // namespace dockerlite::engine
