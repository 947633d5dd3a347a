#include "dockerlite/config/endpoint.hpp"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/log.hpp"
#include "dockerlite/util/sha256.hpp"
#include "dockerlite/util/strings.hpp"
#include "json_schema.hpp"
#include "json_text.hpp"

namespace dockerlite::config {
namespace {

constexpr std::string_view kEndpointName = "docker";
constexpr std::string_view kCaFile = "ca.pem", kCertificateFile = "cert.pem", kKeyFile = "key.pem";

/// As docker's option type for paths: quotes around the whole value go.
std::string unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\''))
    text = text.substr(1, text.size() - 2);
  return std::string(text);
}

Result<void> check_readable(const std::string& path) {
  if (path.empty()) return {};
  auto text = util::read_file(path);
  if (!text) return error(text.error().message);
  return {};
}

Result<std::optional<TlsSettings>> tls_of_options(const EndpointOptions& options, const util::Environment& env) {
  const bool verify = options.tls_verify.value_or(!env.value("DOCKER_TLS_VERIFY").empty());
  const bool wanted = options.tls || !env.value("DOCKER_TLS").empty() || options.tls_verify || verify;
  if (!wanted) return std::optional<TlsSettings>();

  // Docker looks in the directory that the environment says, whatever --config is.
  std::string directory = env.value("DOCKER_CERT_PATH");
  if (directory.empty()) directory = config_directory("", env.value("DOCKER_CONFIG"), env.value("HOME"));
  const auto path = [&](const std::string& given, std::string_view name, bool required) {
    if (!given.empty()) return unquoted(given);
    std::string standard = util::clean_path(directory + "/" + std::string(name));
    return required || util::file_exists(standard) ? standard : std::string();
  };
  TlsSettings tls{verify, path(options.tls_ca, kCaFile, true), path(options.tls_certificate, kCertificateFile, false),
                  path(options.tls_key, kKeyFile, false)};
  for (const std::string* file : {&tls.ca, &tls.certificate, &tls.key}) DL_CHECK(check_readable(*file));
  return std::optional(std::move(tls));
}

Result<ResolvedEndpoint> endpoint_of_options(const EndpointOptions& options, const util::Environment& env) {
  if (options.hosts.size() > 1) return error("Specify only one -H");
  ResolvedEndpoint endpoint;
  endpoint.context = kDefaultContext;
  endpoint.host = options.hosts.empty() ? env.value("DOCKER_HOST") : options.hosts[0];
  DL_TRY(endpoint.tls, tls_of_options(options, env));
  return endpoint;
}

/// What json.Unmarshal takes: one value and nothing else.
Result<std::string_view> whole_value(std::string_view text) {
  auto value = json::first_value(text);
  if (!value) {
    const std::string& message = value.error().message;
    if (message == "EOF" || message == "unexpected EOF") return error("unexpected end of JSON input");
    return value;
  }
  const auto end = static_cast<std::size_t>(value->data() - text.data()) + value->size();
  const auto rest = util::trim_left(text.substr(end), " \t\r\n");
  if (rest.empty()) return value;
  std::string shown = util::go_quote(rest.substr(0, 1));
  return error("invalid character '" + shown.substr(1, shown.size() - 2) + "' after top-level value");
}

struct ContextEndpoint {
  bool found = false;
  std::optional<std::string> host;  ///< nothing: the endpoint is null
  bool skip_tls_verify = false;
};

/// Reads meta.json. Errors in the words of Go's encoding/json.
Result<ContextEndpoint> read_metadata(std::string_view text) {
  using json::Kind;
  constexpr std::string_view kStruct = "struct field untypedContextMetadata.";
  DL_TRY(const auto document, whole_value(text));
  DL_CHECK(check_kind(document, Kind::object, "value", "store.untypedContextMetadata"));
  const auto endpoints = json::find(document, "endpoints");
  if (endpoints)
    DL_CHECK(check_kind(*endpoints, Kind::object, std::string(kStruct) + "endpoints", "map[string]json.RawMessage"));
  if (const auto name = json::find(document, "name"))
    DL_CHECK(check_kind(*name, Kind::string, std::string(kStruct) + "name", "string"));
  if (const auto metadata = json::find(document, "metadata"))
    DL_CHECK(check_kind(*metadata, Kind::object, "value", "map[string]interface {}"));

  ContextEndpoint result;
  if (!endpoints) return result;
  for (const json::Member& endpoint : json::members(*endpoints)) {
    if (endpoint.key != kEndpointName) continue;
    result = {};
    result.found = true;
    if (json::kind(endpoint.value) == Kind::null) continue;
    DL_CHECK(check_kind(endpoint.value, Kind::object, "value", "context.EndpointMetaBase"));
    result.host = "";
    if (const auto host = json::find(endpoint.value, "Host")) {
      DL_CHECK(check_kind(*host, Kind::string, "struct field EndpointMetaBase.Host", "string"));
      if (json::kind(*host) == Kind::string) result.host = json::decode_string(*host);
    }
    if (const auto skip = json::find(endpoint.value, "SkipTLSVerify")) {
      DL_CHECK(check_kind(*skip, Kind::boolean, "struct field EndpointMetaBase.SkipTLSVerify", "bool"));
      result.skip_tls_verify = *skip == "true";
    }
  }
  return result;
}

Result<std::optional<TlsSettings>> tls_of_context(const std::string& directory, const std::string& name,
                                                  bool skip_verify) {
  const auto close = [](DIR* handle) { ::closedir(handle); };
  const std::unique_ptr<DIR, decltype(close)> folder(::opendir(directory.c_str()), close);
  TlsSettings tls;
  tls.verify = !skip_verify;
  if (!folder) {
    if (errno != ENOENT)
      return error("failed to retrieve TLS files for context " + util::go_quote(name) +
                   ": failed to list TLS files for endpoint " + std::string(kEndpointName) + ": " +
                   util::path_error("open", directory, errno));
    return skip_verify ? std::optional(tls) : std::nullopt;
  }
  std::vector<std::string> unknown;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view file = entry->d_name;
    if (file == "." || file == ".." || entry->d_type == DT_DIR) continue;
    const std::string path = directory + "/" + std::string(file);
    if (auto readable = check_readable(path); !readable)
      return error("failed to retrieve TLS data (" + std::string(file) + ") for context " + util::go_quote(name) +
                   ": failed to read TLS data for endpoint " + std::string(kEndpointName) + ": " +
                   readable.error().message);
    if (file == kCaFile)
      tls.ca = path;
    else if (file == kCertificateFile)
      tls.certificate = path;
    else if (file == kKeyFile)
      tls.key = path;
    else
      unknown.emplace_back(file);
  }
  std::sort(unknown.begin(), unknown.end());
  const std::string warning = "unknown file in context " + name + " TLS bundle: ";
  for (const std::string& file : unknown)
    util::log::write(util::log::Level::warning, std::string(warning).append(file));
  // Docker uses a certificate only together with its key.
  if (tls.certificate.empty() || tls.key.empty()) tls.certificate = tls.key = "";
  return std::optional(std::move(tls));
}

Result<ResolvedEndpoint> endpoint_of_context(const std::string& name, const std::string& directory) {
  const std::string path = context_metadata_path(directory, name) + "/meta.json";
  const auto fail = [&](const std::string& cause) { return error("context " + util::go_quote(name) + ": " + cause); };
  auto text = util::read_file(path);
  if (!text)
    return fail((text.error().kind == ErrorKind::not_found ? "context not found: " : "") + text.error().message);
  const auto metadata = read_metadata(*text);
  if (!metadata) return fail("parsing " + path + ": " + metadata.error().message);
  if (!metadata->found) return error("cannot find docker endpoint in context");
  if (!metadata->host) return error("endpoint \"docker\" is not of type EndpointMeta");
  ResolvedEndpoint endpoint{name, *metadata->host, std::nullopt};
  const std::string tls_directory = context_tls_path(directory, name) + "/" + std::string(kEndpointName);
  DL_TRY(endpoint.tls, tls_of_context(tls_directory, name, metadata->skip_tls_verify));
  return endpoint;
}

std::string context_path(const std::string& directory, std::string_view kind, std::string_view name) {
  return util::clean_path(directory + "/contexts/" + std::string(kind) + "/" + util::sha256_hex(name));
}

}  // namespace

Result<void> check_endpoint_options(const EndpointOptions& options) {
  if (!options.context.empty() && !options.hosts.empty())
    return error("conflicting options: cannot specify both --host and --context");
  return {};
}

std::string current_context(const EndpointOptions& options, const util::Environment& env, const ConfigFile& file) {
  if (!options.context.empty()) return options.context;
  std::string fallback(kDefaultContext);
  if (!options.hosts.empty() || !env.value("DOCKER_HOST").empty()) return fallback;
  if (std::string name = env.value("DOCKER_CONTEXT"); !name.empty()) return name;
  std::string name = file.text("currentContext");
  return name.empty() ? fallback : name;
}

Result<ResolvedEndpoint> resolve_endpoint(const EndpointOptions& options, const util::Environment& env,
                                          const ConfigFile& file) {
  const std::string context = current_context(options, env, file);
  auto endpoint =
      context == kDefaultContext ? endpoint_of_options(options, env) : endpoint_of_context(context, file.directory());
  if (!endpoint) endpoint.error().message.insert(0, "unable to resolve docker endpoint: ");
  return endpoint;
}

std::string context_metadata_path(const std::string& config_directory, std::string_view name) {
  return context_path(config_directory, "meta", name);
}

std::string context_tls_path(const std::string& config_directory, std::string_view name) {
  return context_path(config_directory, "tls", name);
}

}  // namespace dockerlite::config
