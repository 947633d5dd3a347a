#pragma once

#include <string>
#include <vector>

#include "dockerlite/cli/command.hpp"

namespace dockerlite::app {

/// The options that stand before the command's name.
struct GlobalOptions {
  std::string config, context, log_level, tls_ca, tls_certificate, tls_key;
  bool debug{}, tls{}, version{};
  std::optional<bool> tls_verify;
  std::vector<std::string> hosts;
  std::vector<std::string> arguments;  ///< the command and all that follows
  bool operator==(const GlobalOptions&) const = default;
};

/// The table of the global options as a command named "docker", for cli::parse and the help.
const cli::CommandSpec& root_spec();

}  // namespace dockerlite::app
