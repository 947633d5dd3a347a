#include "../batch.hpp"
#include "../no_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/query.hpp"

namespace dockerlite::command {
namespace {

Result<std::int64_t> wait_for(engine::Client& engine, const std::string& name) {
  DL_TRY(std::string path, engine::container_path(name, "wait"));
  DL_TRY(const std::string answer, engine.call({.method = transport::Method::post, .path = std::move(path)}));
  return engine::decode_wait(answer);
}

/// One after the other, so that each status is printed when all containers before it have ended.
Result<void> run(Context& context, NoOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  std::vector<Error> errors;
  for (const auto& name : options.arguments) {
    if (auto status = wait_for(*engine, name)) {
      context.io.out.write(std::to_string(*status) + "\n");
      DL_CHECK(context.io.out.flush());  // the next one may take long
    } else {
      errors.push_back(std::move(status).error());
    }
  }
  return join_errors(std::move(errors));
}

constexpr std::string_view kNames[] = {"container wait", "wait"};

}  // namespace

constinit const cli::CommandSpec container_wait = cli::make_command<NoOptions, run>({
    .names = kNames,
    .usage = "CONTAINER [CONTAINER...]",
    .summary = "Wait until one or more containers end and print their exit codes",
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
