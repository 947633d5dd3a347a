#include "dockerlite/cli/man.hpp"

#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/util/file.hpp"

namespace dockerlite::command {
namespace {

struct ManOptions {
  std::vector<std::string> arguments;
  bool operator==(const ManOptions&) const = default;
};

Result<void> run(Context& context, ManOptions& options) {
  const std::string& folder = options.arguments[0];
  DL_CHECK(util::make_directories(folder, 0755));
  for (const cli::ManPage& page : cli::man_pages(*context.tables))
    DL_CHECK(util::write_file_atomically(folder + "/" + page.name + ".1", page.text, 0644));
  return {};
}

constexpr std::string_view kNames[] = {"__man"};

}  // namespace

constinit const cli::CommandSpec system_man = cli::make_command<ManOptions, run>({
    .names = kNames,
    .usage = "FOLDER",
    .summary = "Write the manual pages into a folder",
    .arguments = cli::Arguments::exactly(1),
    .completion = cli::Completion::files,
    .hidden = true,
});

}  // namespace dockerlite::command
