#include "../archive_output.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/archive.hpp"

namespace dockerlite::command {
namespace {

struct ExportOptions {
  std::string output;
  std::vector<std::string> arguments;
  bool operator==(const ExportOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&ExportOptions::output>("output", 'o', "Write to this file instead of stdout")
        .with_completion(cli::Completion::files),
};
static_assert(cli::valid_options(kOptions));

Result<void> run(Context& context, ExportOptions& options) {
  return write_archive(context, options.output, "export container",
                       [&] { return engine::export_container(options.arguments[0]); });
}

constexpr std::string_view kNames[] = {"container export", "export"};

}  // namespace

constinit const cli::CommandSpec container_export = cli::make_command<ExportOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER",
    .summary = "Write a container's file system as a tar archive",
    .options = kOptions,
    .arguments = cli::Arguments::exactly(1),
    .completion = cli::Completion::containers,
});

}  // namespace dockerlite::command
