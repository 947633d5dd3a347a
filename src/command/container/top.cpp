#include "../no_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/format/list_format.hpp"

namespace dockerlite::command {
namespace {

Result<transport::Request> top_request(const std::vector<std::string>& arguments) {
  DL_TRY(std::string path, engine::container_path(arguments[0], "top"));
  transport::Request request{.path = std::move(path)};
  if (arguments.size() > 1) request.query.add("ps_args", util::join({arguments.begin() + 1, arguments.end()}, " "));
  return request;
}

Result<void> run(Context& context, NoOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(transport::Request request, top_request(options.arguments));
  DL_TRY(const std::string answer, engine->call(std::move(request)));
  DL_TRY(const auto processes, engine::decode_processes(answer));
  std::string text = util::join(processes.titles, "\t") + "\n";
  for (const auto& row : processes.rows) text += util::join(row, "\t") + "\n";
  std::string out;
  format::append_aligned(out, text, 20);
  context.io.out.write(out);
  return {};
}

constexpr std::string_view kNames[] = {"container top", "top"};

}  // namespace

constinit const cli::CommandSpec container_top = cli::make_command<NoOptions, run>({
    .names = kNames,
    .usage = "CONTAINER [ps OPTIONS]",
    .summary = "Show the processes of a container",
    .arguments = cli::Arguments::at_least(1),
    .interspersed = false,
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
