#include "../inspector.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"

namespace dockerlite::command {
namespace {

struct ContainerInspectOptions {
  std::string format;
  bool size{}, as_run{};
  std::vector<std::string> arguments;
  bool operator==(const ContainerInspectOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&ContainerInspectOptions::as_run>("as-run", 0,
                                                  "Print the run command that would make the container again")
        .as_extra(),
    cli::option<&ContainerInspectOptions::format>(
        "format", 'f', "Print through a template, or compactly with \"json\", instead of indented JSON"),
    cli::option<&ContainerInspectOptions::size>("size", 's', "Let the engine measure the container's files"),
};
static_assert(cli::valid_options(kOptions));

Result<void> run(Context& context, ContainerInspectOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  if (options.as_run && !options.format.empty())
    return error("conflicting options: --as-run and --format cannot be used together");
  if (options.as_run) return print_run_lines(context, options.arguments);
  return inspect_objects(context, options.arguments, options.format, [&](const std::string& name) {
    return get_object(*engine, format::Schema::Root::container, name, options.size);
  });
}

constexpr std::string_view kNames[] = {"container inspect"};

}  // namespace

constinit const cli::CommandSpec container_inspect = cli::make_command<ContainerInspectOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Show all that the engine knows about containers",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::containers,
});

}  // namespace dockerlite::command
