#include "../batch.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/query.hpp"
#include "selection.hpp"

namespace dockerlite::command {
namespace {

struct RmOptions {
  bool force{}, link{}, volumes{}, all{};
  opts::FilterOption filter;
  std::vector<std::string> arguments;
  bool selects() const { return all || !filter.empty(); }
  bool operator==(const RmOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&RmOptions::all>("all", 0, "Remove every container").as_extra(),
    cli::option<&RmOptions::filter>("filter", 0, "Remove the containers that match, as in \"status=exited\"")
        .as_extra(),
    cli::option<&RmOptions::force>("force", 'f', "Kill the container first if it is running"),
    cli::option<&RmOptions::link>("link", 'l', "Remove only the link of this name, not the container"),
    cli::option<&RmOptions::volumes>("volumes", 'v', "Remove the container's anonymous volumes too"),
};
static_assert(cli::valid_options(kOptions));

Result<transport::Request> rm_request(const RmOptions& options, std::string_view name) {
  DL_TRY(std::string path, engine::container_path(name));
  transport::Request request{.method = transport::Method::del, .path = std::move(path)};
  if (options.force) request.query.add("force", "1");
  if (options.link) request.query.add("link", "1");
  if (options.volumes) request.query.add("v", "1");
  return request;
}

Result<void> run(Context& context, RmOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(const auto names, select_containers(context, options.arguments, options.all, options.filter, "remove", false));
  std::vector<Error> errors;
  for_each_name(
      names,
      [&](const std::string& name) -> Result<void> {
        const std::string_view trimmed = util::trim(name, "/");
        if (trimmed.empty()) return error("container name cannot be empty");
        DL_TRY(transport::Request request, rm_request(options, trimmed));
        DL_CHECK(engine->call(std::move(request)));
        return {};
      },
      [&](const std::string& name, Result<void> result) {
        if (result) {
          context.io.out.write(name + "\n");
        } else if (options.force && result.error().http_status == 404) {
          context.io.err.write(result.error().message + "\n");  // with --force, what is already gone is as wanted
        } else {
          errors.push_back(std::move(result).error());
        }
      });
  return join_errors(std::move(errors));
}

constexpr std::string_view kNames[] = {"container rm", "container remove", "rm"};

}  // namespace

constinit const cli::CommandSpec container_rm = cli::make_command<RmOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Remove one or more containers",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::removable_containers,
});

}  // namespace dockerlite::command
