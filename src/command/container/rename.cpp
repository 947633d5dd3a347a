#include "../no_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/query.hpp"

namespace dockerlite::command {
namespace {

transport::Request rename_request(std::string_view old_name, std::string_view new_name) {
  return {.method = transport::Method::post,
          .path = engine::object_path("containers", old_name, "rename"),
          .query = {{"name", std::string(new_name)}}};
}

Result<void> run(Context& context, NoOptions& options) {
  const std::string_view old_name = util::trim_space(options.arguments[0]);
  const std::string_view new_name = util::trim_space(options.arguments[1]);
  if (old_name.empty() || new_name.empty()) return error("Error: Neither old nor new names may be empty");
  DL_TRY(engine::Client* const engine, context.engine());
  if (auto result = engine->call(rename_request(old_name, new_name)); !result) {
    Error failure = std::move(result).error();
    failure.message += "\nError: failed to rename container named " + std::string(old_name);
    return failure;
  }
  return {};
}

constexpr std::string_view kNames[] = {"container rename", "rename"};

}  // namespace

constinit const cli::CommandSpec container_rename = cli::make_command<NoOptions, run>({
    .names = kNames,
    .usage = "CONTAINER NEW_NAME",
    .summary = "Rename a container",
    .arguments = cli::Arguments::exactly(2),
    .completion = cli::Completion::containers,
});

}  // namespace dockerlite::command
