#include "app_context.hpp"

#include "dockerlite/config/endpoint.hpp"
#include "dockerlite/util/log.hpp"

namespace dockerlite::app {

AppContext::AppContext(term::Streams streams, const util::Environment& environment, const util::Clock& the_clock,
                       const GlobalOptions& globals)
    : Context(streams, environment, the_clock), globals_(globals) {}

config::ConfigFile& AppContext::config() {
  if (!config_) {
    config_ = config::ConfigFile::load(
        config::config_directory(globals_.config, env.value("DOCKER_CONFIG"), env.value("HOME")));
    if (config_->warning()) io.err.write(*config_->warning() + "\n");
  }
  return *config_;
}

Result<engine::Client*> AppContext::engine() {
  if (!engine_) {
    auto made = make_engine();
    if (!made) {
      Error problem = std::move(made).error();
      problem.message = "Failed to initialize: " + problem.message;
      return problem;
    }
    engine_ = std::move(made).value();
  }
  return engine_.get();
}

config::EndpointOptions AppContext::endpoint_options() const {
  return {.context = globals_.context,
          .hosts = globals_.hosts,
          .tls = globals_.tls,
          .tls_verify = globals_.tls_verify,
          .tls_ca = globals_.tls_ca,
          .tls_certificate = globals_.tls_certificate,
          .tls_key = globals_.tls_key};
}

std::string AppContext::context_name() { return config::current_context(endpoint_options(), env, config()); }

Result<std::unique_ptr<engine::Client>> AppContext::make_engine() {
  DL_TRY(const config::ResolvedEndpoint resolved, config::resolve_endpoint(endpoint_options(), env, config()));
  transport::TransportOptions options;
  DL_TRY(options.endpoint, transport::parse_endpoint(resolved.host, resolved.tls.has_value()));
  DL_TRY(options.headers, config::request_headers(config(), env.value("DOCKER_CUSTOM_HEADERS")));
  options.user_agent = "Docker-Client/" + std::string(engine::kClientVersion) + " (linux)";
  if (util::log::debug_enabled()) options.trace = [](std::string_view line) { util::log::debug(line); };
  DL_TRY(auto wire, transport::make_curl_transport(std::move(options)));
  return std::make_unique<engine::Client>(std::move(wire),
                                          std::string(util::trim_left(env.value("DOCKER_API_VERSION"), "v")));
}

}  // namespace dockerlite::app
