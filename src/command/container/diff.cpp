#include "../no_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/query.hpp"

namespace dockerlite::command {
namespace {

Result<void> run(Context& context, NoOptions& options) {
  if (options.arguments[0].empty()) return error("Container name cannot be empty");
  DL_TRY(std::string path, engine::container_path(options.arguments[0], "changes"));
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(const std::string answer, engine->call({.path = std::move(path)}));
  DL_TRY(const auto changes, engine::decode_changes(answer));
  std::string out;
  for (const auto& change : changes) {
    if (change.kind != 0) out += change.kind;
    out.append(" ").append(change.path).append("\n");
  }
  context.io.out.write(out);
  return {};
}

constexpr std::string_view kNames[] = {"container diff", "diff"};

}  // namespace

constinit const cli::CommandSpec container_diff = cli::make_command<NoOptions, run>({
    .names = kNames,
    .usage = "CONTAINER",
    .summary = "List the files that a container changed, added or deleted",
    .arguments = cli::Arguments::exactly(1),
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
