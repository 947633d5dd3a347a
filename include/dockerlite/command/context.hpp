#pragma once

#include <memory>
#include <string>

#include "dockerlite/cli/program.hpp"
#include "dockerlite/config/config_file.hpp"
#include "dockerlite/engine/client.hpp"
#include "dockerlite/term/streams.hpp"
#include "dockerlite/util/clock.hpp"
#include "dockerlite/util/environment.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite {

/// What a command runs with. Config and engine are made when first asked for: a command that needs neither pays for
/// neither.
struct Context {
  term::Streams io;
  const util::Environment& env;
  const util::Clock& clock;
  std::string program = "docker";        ///< the name in texts
  std::string command{};                 ///< the command as it was typed, aliases kept: "images"
  std::string called_as = "dockerlite";  ///< the file name under which the program was called
  const cli::Program* tables = nullptr;  ///< of the whole program, for completion and man pages

  virtual ~Context() = default;
  Context(term::Streams streams, const util::Environment& environment, const util::Clock& the_clock)
      : io(streams), env(environment), clock(the_clock) {}

  /// config.json, read once. A broken file has already been warned about (docker goes on with defaults) and refuses to
  /// be saved.
  virtual config::ConfigFile& config() = 0;
  /// The engine of the chosen endpoint. Errors: `Failed to initialize: unable to resolve docker endpoint: ...`.
  virtual Result<engine::Client*> engine() = 0;
  /// The name of the context in use.
  virtual std::string context_name() { return "default"; }
};

}  // namespace dockerlite
