#include "app_context.hpp"

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

Result<std::unique_ptr<engine::Client>> AppContext::make_engine() {
  transport::TransportOptions options;
  std::string host = globals_.hosts.empty() ? env.value("DOCKER_HOST") : globals_.hosts[0];
  if (host.empty()) host = "unix:///var/run/docker.sock";
  DL_TRY(options.endpoint, transport::parse_endpoint(host));
  options.headers = config().http_headers();
  options.user_agent = "Docker-Client/" + std::string(engine::kClientVersion) + " (linux)";
  if (util::log::debug_enabled()) options.trace = [](std::string_view line) { util::log::debug(line); };
  DL_TRY(auto wire, transport::make_curl_transport(std::move(options)));
  return std::make_unique<engine::Client>(std::move(wire),
                                          std::string(util::trim_left(env.value("DOCKER_API_VERSION"), "v")));
}

}  // namespace dockerlite::app
