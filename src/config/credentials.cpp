#include "dockerlite/config/credentials.hpp"

#include "dockerlite/util/log.hpp"
#include "dockerlite/util/process.hpp"
#include "dockerlite/util/strings.hpp"
#include "json_schema.hpp"
#include "json_text.hpp"

namespace dockerlite::config {
namespace {

constexpr const char* kHelperPrefix = "docker-credential-";
constexpr std::string_view kTokenUser = "<token>";  ///< in a helper's answer: the secret is an identity token
constexpr std::string_view kNotFound = "credentials not found in native keychain";

bool is_installed(const std::string& program, const util::Environment& env) {
  return util::find_program(program, env.value("PATH")).ok();
}

/// Docker's choice for Linux where config.json says nothing.
std::string detect_store(const util::Environment& env) {
  const std::string store = is_installed("pass", env) ? "pass" : "secretservice";
  return is_installed(kHelperPrefix + store, env) ? store : "";
}

Error helper_error(const char* doing, std::string_view problem, std::string_view output) {
  const std::string_view text = util::trim_space(output);
  std::string cause(problem);
  if (text == "no credentials server URL" || text == "no credentials username") cause = text;
  return error("error " + std::string(doing) + " credentials - err: " + cause + ", out: `" + std::string(text) + "`");
}

const char* doing(std::string_view verb) {
  if (verb == "store") return "storing";
  if (verb == "erase") return "erasing";
  if (verb == "list") return "listing";
  return "getting";
}

Result<std::string> string_field(std::string_view object, std::string_view name, std::string_view structure) {
  const auto value = json::find(object, name);
  if (!value) return std::string();
  DL_CHECK(check_kind(*value, json::Kind::string, "struct field " + std::string(structure) + "." + std::string(name),
                      "string"));
  return json::kind(*value) == json::Kind::string ? json::decode_string(*value) : std::string();
}

}  // namespace

std::string registry_key(std::string_view domain) {
  return std::string(domain == "docker.io" || domain == "index.docker.io" ? kDockerHubKey : domain);
}

std::string registry_host(std::string_view url) {
  const auto scheme = util::cut(url, "://");
  if (scheme.found) {
    std::string_view authority = scheme.after.substr(0, scheme.after.find_first_of("/?#"));
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
    authority = util::trim_right(authority, ":");
    if (!authority.empty() && !authority.starts_with(':')) {
      // A bare IPv6 address loses its brackets, as in Go's URL.Hostname.
      if (authority.starts_with('[') && authority.ends_with(']')) authority = authority.substr(1, authority.size() - 2);
      return std::string(authority);
    }
  }
  return std::string(util::cut(url, "/").before);
}

std::string auth_json(const AuthConfig& auth) {
  std::string out = "{";
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    if (out.size() > 1) out += ',';
    out += json::quote(name) + ":" + json::quote(value);
  };
  add("username", auth.username);
  add("password", auth.password);
  add("email", auth.email);
  add("serveraddress", auth.server_address);
  add("identitytoken", auth.identity_token);
  add("registrytoken", auth.registry_token);
  return out + "}";
}

std::string encode_auth_header(const AuthConfig& auth) { return util::base64url_encode(auth_json(auth)); }

CredentialStore::CredentialStore(ConfigFile& file, const util::Environment& env) : file_(file), env_(env) {
  if (!file.has_auth_settings()) detected_ = detect_store(env);
}

std::string CredentialStore::helper_for(const std::string& server) const {
  std::string helper = file_.credential_helper(server);
  return helper.empty() && !file_.string_map("credHelpers").contains(server) ? detected_ : helper;
}

Result<std::string> CredentialStore::run_helper(const std::string& helper, const char* verb,
                                                const std::string& input) const {
  const auto program = util::find_program(kHelperPrefix + helper, env_.value("PATH"));
  if (!program) return helper_error(doing(verb), program.error().message, "");
  auto output = util::run_process({*program, verb}, input);
  if (!output) return helper_error(doing(verb), output.error().message, "");
  if (output->exit_code == 0) return std::move(output->out);
  if (verb == std::string_view("get") && util::trim_space(output->out) == kNotFound)
    return error(ErrorKind::not_found, std::string(kNotFound));
  return helper_error(doing(verb), "exit status " + std::to_string(output->exit_code), output->out);
}

AuthConfig CredentialStore::get_from_file(const std::string& server) const {
  auto auths = file_.auths();
  if (const auto exact = auths.find(server); exact != auths.end()) return exact->second;
  // Files of old versions have URLs where docker now stores host names.
  for (auto& [key, auth] : auths)
    if (registry_host(key) == server) return auth;
  return {};
}

Result<AuthConfig> CredentialStore::get_from_helper(const std::string& helper, const std::string& server) const {
  AuthConfig auth;
  const auto answer = run_helper(helper, "get", server);
  if (!answer) {
    if (answer.error().kind == ErrorKind::not_found) return auth;
    return answer.error();
  }
  DL_TRY(const auto object, json::first_value(*answer));
  DL_CHECK(check_kind(object, json::Kind::object, "value", "credentials.Credentials"));
  DL_TRY(const auto user, string_field(object, "Username", "Credentials"));
  DL_TRY(auto secret, string_field(object, "Secret", "Credentials"));
  if (user == kTokenUser) {
    auth.identity_token = std::move(secret);
  } else {
    auth.username = user;
    auth.password = std::move(secret);
  }
  auth.server_address = server;
  return auth;
}

Result<AuthConfig> CredentialStore::get(const std::string& server) const {
  AuthConfig auth = get_from_file(server);
  const std::string helper = helper_for(server);
  if (helper.empty()) return auth;
  DL_TRY(const AuthConfig stored, get_from_helper(helper, server));
  auth.username = stored.username;
  auth.password = stored.password;
  auth.identity_token = stored.identity_token;
  auth.server_address = stored.server_address;
  return auth;
}

Result<CredentialStore::Stored> CredentialStore::store(const AuthConfig& auth) {
  const std::string helper = helper_for(auth.server_address);
  if (helper.empty()) {
    DL_TRY(const bool changed, file_.set_auth(auth));
    return changed ? Stored::unencrypted : Stored::unchanged;
  }
  const bool token = !auth.identity_token.empty();
  DL_CHECK(run_helper(helper, "store",
                      "{\"ServerURL\":" + json::quote(auth.server_address) +
                          ",\"Username\":" + json::quote(token ? kTokenUser : auth.username) +
                          ",\"Secret\":" + json::quote(token ? auth.identity_token : auth.password) + "}\n"));
  AuthConfig remainder = auth;  // config.json keeps the entry, without what is secret
  remainder.username.clear();
  remainder.password.clear();
  remainder.identity_token.clear();
  DL_CHECK(file_.set_auth(remainder, detected_));
  return Stored::in_helper;
}

Result<void> CredentialStore::erase(const std::string& server) {
  const std::string helper = helper_for(server);
  if (!helper.empty()) DL_CHECK(run_helper(helper, "erase", server));
  DL_CHECK(file_.erase_auth(server));
  return {};
}

Result<std::map<std::string, AuthConfig>> CredentialStore::all() const {
  std::map<std::string, AuthConfig> auths = file_.auths();
  if (const std::string helper = helper_for(""); !helper.empty()) {
    const std::map<std::string, AuthConfig> in_file = std::move(auths);
    auths.clear();
    DL_TRY(const std::string answer, run_helper(helper, "list", "unused"));
    DL_TRY(const auto object, json::first_value(answer));
    DL_CHECK(check_kind(object, json::Kind::object, "value", "map[string]string"));
    for (const json::Member& member : json::members(object)) {
      DL_TRY(AuthConfig auth, get_from_helper(helper, member.key));
      if (const auto known = in_file.find(member.key); known != in_file.end()) {
        auth.email = known->second.email;
        auth.registry_token = known->second.registry_token;
        auth.server_address = known->second.server_address;
      }
      auths[member.key] = std::move(auth);
    }
  }
  for (const auto& [server, helper] : file_.string_map("credHelpers")) {
    auto auth = get(server);
    if (auth)
      auths[server] = *std::move(auth);
    else
      util::log::write(util::log::Level::warning,
                       "Failed to get credentials for registry: " + server + ": " + auth.error().message);
  }
  return auths;
}

}  // namespace dockerlite::config
