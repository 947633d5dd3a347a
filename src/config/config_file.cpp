#include "dockerlite/config/config_file.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "dockerlite/util/csv.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"
#include "json_schema.hpp"
#include "json_text.hpp"

namespace dockerlite::config {

struct ConfigFile::Impl {
  std::string path, directory, text;
  std::optional<std::string> warning;
  std::vector<json::Member> members;  ///< of the outermost object; they view `text`

  /// The last member of this name that is of this kind.
  std::optional<std::string_view> find(std::string_view key, json::Kind kind) const {
    std::optional<std::string_view> found;
    for (const json::Member& member : members)
      if (json::kind(member.value) == kind && util::equal_fold(member.key, key)) found = member.value;
    return found;
  }
};

namespace {

std::string string_value(std::string_view value) {
  return json::kind(value) == json::Kind::string ? json::decode_string(value) : "";
}

/// A field of a record (a Go struct, where case does not matter).
std::string field(std::string_view object, std::string_view name) {
  const auto value = json::find(object, name);
  return value ? string_value(*value) : "";
}

/// An entry of a map, where it does.
std::optional<std::string_view> entry(std::string_view object, std::string_view key) {
  std::optional<std::string_view> found;
  for (const json::Member& member : json::members(object))
    if (member.key == key) found = member.value;
  return found;
}

std::map<std::string, std::string> entries(std::string_view object) {
  std::map<std::string, std::string> map;
  for (const json::Member& member : json::members(object))
    if (json::kind(member.value) == json::Kind::string) map[member.key] = json::decode_string(member.value);
  return map;
}

/// Fills in user name and password from `auth`, base64 of "user:password".
Result<void> decode_auth(std::string_view encoded, AuthConfig& auth) {
  if (encoded.empty()) return {};
  DL_TRY(const std::string decoded, util::base64_decode(encoded));
  const auto cut = util::cut(decoded, ":");
  if (!cut.found || cut.before.empty()) return error("Invalid auth configuration file");
  auth.username = cut.before;
  auth.password = util::trim(cut.after, std::string_view("\0", 1));
  return {};
}

Result<AuthConfig> read_auth(const std::string& server, std::string_view object) {
  AuthConfig auth;
  auth.username = field(object, "username");
  auth.password = field(object, "password");
  auth.email = field(object, "email");
  auth.identity_token = field(object, "identitytoken");
  auth.registry_token = field(object, "registrytoken");
  DL_CHECK(decode_auth(field(object, "auth"), auth));
  auth.server_address = server;
  return auth;
}

std::string write_auth(const AuthConfig& auth) {
  std::string out;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    out += out.empty() ? "{\n\t" : ",\n\t";
    out += json::quote(name) + ": " + json::quote(value);
  };
  if (!auth.username.empty() || !auth.password.empty())
    add("auth", util::base64_encode(auth.username + ":" + auth.password));
  add("email", auth.email);
  add("identitytoken", auth.identity_token);
  add("registrytoken", auth.registry_token);
  return out.empty() ? "{}" : out + "\n}";
}

Result<void> check_auths(const ConfigFile::Impl& impl) {
  for (const json::Member& member : impl.members) {
    if (!util::equal_fold(member.key, "auths")) continue;
    for (const json::Member& server : json::members(member.value))
      if (json::kind(server.value) == json::Kind::object) DL_CHECK(read_auth(server.key, server.value));
  }
  return {};
}

constexpr const char* kFileName = "config.json";
constexpr unsigned kFileMode = 0600, kDirectoryMode = 0700;

/// Holds flock on the file at `path`, which is made if it is not there (an empty config.json means the same as none).
/// Whoever replaces the file leaves the waiting ones with a lock on the old one, so they look again.
Result<util::UniqueFd> lock_file(const std::string& path) {
  constexpr int kAttempts = 1000;
  constexpr timespec kPause{0, 10'000'000};
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    util::UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode));
    if (!fd.valid() && errno == EACCES) fd.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.valid()) return error(util::path_error("open", path, errno));
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) {
      struct stat locked {
      }, current{};
      if (::fstat(fd.get(), &locked) == 0 && ::stat(path.c_str(), &current) == 0 && locked.st_dev == current.st_dev &&
          locked.st_ino == current.st_ino)
        return fd;
      continue;
    }
    if (errno != EWOULDBLOCK && errno != EINTR) return error(util::path_error("flock", path, errno));
    ::nanosleep(&kPause, nullptr);
  }
  return error("flock " + path + ": another program has kept it locked for 10 seconds");
}

}  // namespace

ConfigFile::ConfigFile() : impl_(std::make_unique<Impl>()) {}
ConfigFile::~ConfigFile() = default;
ConfigFile::ConfigFile(ConfigFile&&) noexcept = default;
ConfigFile& ConfigFile::operator=(ConfigFile&&) noexcept = default;

ConfigFile ConfigFile::load(const std::string& directory) {
  const std::string path = util::clean_path(directory.empty() ? kFileName : directory + "/" + kFileName);
  auto text = util::read_file(path);
  ConfigFile file;
  if (text) {
    file = parse(*text, path);
  } else {
    file.impl_->path = path;
    const Error& problem = text.error();
    if (problem.message.starts_with("read "))
      file.impl_->warning = "WARNING: Error parsing config file (" + path + "): " + problem.message;
    else if (problem.kind != ErrorKind::not_found)
      file.impl_->warning = "WARNING: Error loading config file: " + problem.message;
  }
  file.impl_->directory = directory;
  return file;
}

ConfigFile ConfigFile::parse(std::string_view text, const std::string& path) {
  ConfigFile file;
  Impl& impl = *file.impl_;
  impl.path = path;
  const auto slash = path.rfind('/');
  impl.directory = slash == std::string::npos ? "." : path.substr(0, slash);
  impl.text = text;
  const auto check = [&]() -> Result<void> {
    auto value = json::first_value(impl.text);
    if (!value) {
      if (value.error().message == "EOF") return {};
      return std::move(value).error();
    }
    impl.members = json::members(*value);
    DL_CHECK(check_config_types(*value));
    return check_auths(impl);
  };
  if (auto checked = check(); !checked)
    impl.warning = "WARNING: Error parsing config file (" + path + "): " + checked.error().message;
  return file;
}

const std::string& ConfigFile::path() const { return impl_->path; }
const std::string& ConfigFile::directory() const { return impl_->directory; }
const std::optional<std::string>& ConfigFile::warning() const { return impl_->warning; }

std::string ConfigFile::text(std::string_view key) const {
  const auto value = impl_->find(key, json::Kind::string);
  return value ? json::decode_string(*value) : "";
}

std::vector<std::string> ConfigFile::strings(std::string_view key) const {
  std::vector<std::string> list;
  if (const auto value = impl_->find(key, json::Kind::array))
    for (const std::string_view element : json::elements(*value)) list.push_back(string_value(element));
  return list;
}

std::map<std::string, std::string> ConfigFile::string_map(std::string_view key) const {
  const auto value = impl_->find(key, json::Kind::object);
  return value ? entries(*value) : std::map<std::string, std::string>{};
}

std::vector<std::pair<std::string, std::string>> ConfigFile::http_headers() const {
  std::vector<std::pair<std::string, std::string>> headers;
  for (auto& [name, value] : string_map("HttpHeaders"))
    if (!util::equal_fold(name, "User-Agent")) headers.emplace_back(name, value);
  return headers;
}

std::vector<std::string> ConfigFile::prune_filters() const { return strings("pruneFilters"); }

std::vector<std::pair<std::string, std::string>> ConfigFile::proxy_environment(std::string_view host) const {
  std::vector<std::pair<std::string, std::string>> variables;
  const auto proxies = impl_->find("proxies", json::Kind::object);
  if (!proxies) return variables;
  auto proxy = entry(*proxies, host);
  if (!proxy) proxy = entry(*proxies, "default");
  if (!proxy) return variables;
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"HTTP_PROXY", "httpProxy"},
                                                                      {"HTTPS_PROXY", "httpsProxy"},
                                                                      {"NO_PROXY", "noProxy"},
                                                                      {"FTP_PROXY", "ftpProxy"},
                                                                      {"ALL_PROXY", "allProxy"}};
  for (const auto& [variable, name] : kNames) {
    const std::string value = field(*proxy, name);
    if (value.empty()) continue;
    variables.emplace_back(variable, value);
    variables.emplace_back(util::to_lower(variable), value);
  }
  return variables;
}

std::string ConfigFile::credential_helper(std::string_view server) const {
  if (!server.empty()) {
    const auto helpers = string_map("credHelpers");
    if (const auto helper = helpers.find(std::string(server)); helper != helpers.end()) return helper->second;
  }
  return text("credsStore");
}

bool ConfigFile::has_auth_settings() const {
  return !text("credsStore").empty() || !string_map("credHelpers").empty() || !auths().empty();
}

std::optional<std::string> ConfigFile::plugin_option(std::string_view plugin, std::string_view option) const {
  const auto plugins = impl_->find("plugins", json::Kind::object);
  const auto options = plugins ? entry(*plugins, plugin) : std::nullopt;
  const auto value = options ? entry(*options, option) : std::nullopt;
  if (!value || json::kind(*value) != json::Kind::string) return std::nullopt;
  return json::decode_string(*value);
}

std::map<std::string, AuthConfig> ConfigFile::auths() const {
  std::map<std::string, AuthConfig> map;
  for (const json::Member& member : impl_->members) {
    if (!util::equal_fold(member.key, "auths")) continue;
    for (const json::Member& server : json::members(member.value))
      if (auto auth = read_auth(server.key, server.value)) map[server.key] = *std::move(auth);
  }
  return map;
}

Result<bool> ConfigFile::update(const std::function<std::string(const ConfigFile&)>& edit) {
  const std::string path = impl_->path;
  const auto slash = path.rfind('/');
  if (slash != std::string::npos && slash > 0) DL_CHECK(util::make_directories(path.substr(0, slash), kDirectoryMode));
  DL_TRY(const util::UniqueFd lock, lock_file(path));
  ConfigFile current = load(impl_->directory);
  if (current.warning())
    return error(path + " is left as it is, because it could not be read whole: repair or remove it first");
  const std::string changed = edit(current);
  const bool differs = changed != current.impl_->text;
  if (differs) {
    DL_CHECK(util::write_file_atomically(path, changed, kFileMode));
    const std::string directory = impl_->directory;
    current = parse(changed, path);
    current.impl_->directory = directory;
  }
  *this = std::move(current);
  return differs;
}

Result<bool> ConfigFile::set_text(std::string_view key, std::string_view value) {
  return update([&](const ConfigFile& current) {
    const std::string& document = current.impl_->text;
    if (current.text(key) == value) return document;
    if (value.empty()) return json::remove_member(document, {std::string(key)});
    return json::set_member(document, {std::string(key)}, json::quote(value));
  });
}

Result<bool> ConfigFile::set_auth(const AuthConfig& auth, std::string_view credential_store) {
  return update([&](const ConfigFile& current) {
    std::string document = current.impl_->text;
    const auto known = current.auths();
    if (const auto old = known.find(auth.server_address); old != known.end() && old->second == auth) return document;
    // Docker writes `auths` before all else.
    if (!current.impl_->find("auths", json::Kind::object))
      document = json::set_member(document, {"auths"}, "{}", json::Position::first);
    document = json::set_member(document, {"auths", auth.server_address}, write_auth(auth));
    if (!credential_store.empty())
      document = json::set_member(document, {"credsStore"}, json::quote(credential_store), json::Position::last);
    return document;
  });
}

Result<bool> ConfigFile::erase_auth(const std::string& server) {
  // Nothing to do is not worth a lock, nor the creation of the file.
  if (!auths().contains(server)) return false;
  return update([&](const ConfigFile& current) { return json::remove_member(current.impl_->text, {"auths", server}); });
}

namespace {

/// Go's textproto form of a header's name, "X-Some-Name"; a name with other characters stays as it is.
std::string canonical_header(std::string_view name) {
  constexpr std::string_view kTokenCharacters = "!#$%&'*+-.^_`|~";
  std::string out(name);
  bool upper = true;
  for (char& c : out) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && kTokenCharacters.find(c) == std::string_view::npos)
      return std::string(name);
    if (letter) c = static_cast<char>(upper ? c & ~0x20 : c | 0x20);
    upper = c == '-';
  }
  return out;
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> request_headers(const ConfigFile& file,
                                                                         std::string_view custom_headers) {
  if (custom_headers.empty()) return file.http_headers();
  const auto fail = [](std::string_view verb, const std::string& cause) {
    return error("failed to " + std::string(verb) +
                 " custom headers from DOCKER_CUSTOM_HEADERS environment variable: " + cause);
  };
  const auto pairs = util::read_csv_record(custom_headers);
  if (!pairs) return fail("parse", "value must be formatted as comma-separated key=value pairs");
  std::map<std::string, std::string> headers;
  for (const std::string& pair : *pairs) {
    const auto cut = util::cut(pair, "=");
    const std::string_view name = util::trim_space(cut.before);
    if (name.empty()) return fail("set", "value contains a key=value pair with an empty key: '" + pair + "'");
    if (!cut.found) return fail("set", "missing \"=\" in key=value pair: '" + pair + "'");
    headers[canonical_header(name)] = cut.after;
  }
  std::vector<std::pair<std::string, std::string>> list;
  for (auto& [name, value] : headers)
    if (!util::equal_fold(name, "User-Agent")) list.emplace_back(name, value);
  return list;
}

std::string config_directory(std::string_view flag, std::string_view docker_config, std::string_view home) {
  if (!flag.empty()) return util::clean_path(flag);
  if (!docker_config.empty()) return std::string(docker_config);
  std::string base(home);
  if (base.empty())
    if (const passwd* user = ::getpwuid(::getuid()); user != nullptr && user->pw_dir != nullptr) base = user->pw_dir;
  return util::clean_path(base.empty() ? ".docker" : base + "/.docker");
}

}  // namespace dockerlite::config
