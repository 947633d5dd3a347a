#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dockerlite/config/config_file.hpp"
#include "dockerlite/util/environment.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::config {

inline constexpr std::string_view kDefaultContext = "default";

/// The global options that say which engine to talk to; an empty string is an option that was not given.
struct EndpointOptions {
  std::string context;
  std::vector<std::string> hosts;
  bool tls = false;
  std::optional<bool> tls_verify;
  std::string tls_ca, tls_certificate, tls_key;
};

/// TLS for a tcp endpoint. Files that are not to be used are "".
struct TlsSettings {
  bool verify = true;  ///< check the engine's certificate
  std::string ca, certificate, key;
  bool operator==(const TlsSettings&) const = default;
};

struct ResolvedEndpoint {
  std::string context;             ///< the name of the context in use, "default" if none is
  std::string host;                ///< as written: "tcp://h:2376", "ssh://h"; "": the default
  std::optional<TlsSettings> tls;  ///< sockets ignore it
  bool operator==(const ResolvedEndpoint&) const = default;
};

/// Refuses --host together with --context: `conflicting options: cannot specify both --host and --context`.
Result<void> check_endpoint_options(const EndpointOptions& options);

/// The context in use: --context, else "default" with --host or DOCKER_HOST, else DOCKER_CONTEXT, else config.json's
/// currentContext, else "default". Whether it exists is not looked at.
std::string current_context(const EndpointOptions& options, const util::Environment& env, const ConfigFile& file);

/// Where the engine is, by docker's order. TLS files are opened to see whether they can be read, as docker does.
/// Errors, complete but for a leading "Failed to initialize: ": `unable to resolve docker endpoint: context "x":
/// context not found: open ...`.
Result<ResolvedEndpoint> resolve_endpoint(const EndpointOptions& options, const util::Environment& env,
                                          const ConfigFile& file);

/// Where a context's metadata and TLS files are kept: `<directory>/contexts/{meta,tls}/<sha256 of the name>`.
std::string context_metadata_path(const std::string& config_directory, std::string_view name);
std::string context_tls_path(const std::string& config_directory, std::string_view name);

}  // namespace dockerlite::config
