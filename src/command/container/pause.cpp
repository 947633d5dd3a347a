#include "../batch.hpp"
#include "../no_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/query.hpp"

namespace dockerlite::command {
namespace {

Result<void> run(Context& context, NoOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  return run_batch(context, options.arguments, [&](const std::string& name) -> Result<void> {
    DL_TRY(std::string path, engine::container_path(name, "pause"));
    DL_CHECK(engine->call({.method = transport::Method::post, .path = std::move(path)}));
    return {};
  });
}

constexpr std::string_view kNames[] = {"container pause", "pause"};

}  // namespace

constinit const cli::CommandSpec container_pause = cli::make_command<NoOptions, run>({
    .names = kNames,
    .usage = "CONTAINER [CONTAINER...]",
    .summary = "Pause every process in one or more containers",
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::unpaused_containers,
});

}  // namespace dockerlite::command
