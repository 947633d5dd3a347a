#pragma once

#include <memory>
#include <optional>

#include "dockerlite/command/context.hpp"
#include "dockerlite/config/endpoint.hpp"
#include "globals.hpp"

namespace dockerlite::app {

/// The Context of the real program: config.json and the engine from the global options and the environment.
class AppContext final : public Context {
 public:
  AppContext(term::Streams streams, const util::Environment& environment, const util::Clock& the_clock,
             const GlobalOptions& globals);

  config::ConfigFile& config() override;
  Result<engine::Client*> engine() override;
  std::string context_name() override;
  /// Whether a command has asked for the engine, or config.json for its gates.
  bool engine_made() const { return engine_ != nullptr; }

 private:
  config::EndpointOptions endpoint_options() const;
  Result<std::unique_ptr<engine::Client>> make_engine();

  const GlobalOptions& globals_;
  std::optional<config::ConfigFile> config_;
  std::unique_ptr<engine::Client> engine_;
};

}  // namespace dockerlite::app
