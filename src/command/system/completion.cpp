#include "dockerlite/cli/completion.hpp"

#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"

namespace dockerlite::command {
namespace {

struct CompletionOptions {
  bool no_descriptions{};
  std::vector<std::string> arguments;
  bool operator==(const CompletionOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&CompletionOptions::no_descriptions>("no-descriptions", 0, "Show candidates without what they mean"),
};
static_assert(cli::valid_options(kOptions));

Result<void> run(Context& context, CompletionOptions& options) {
  const std::vector<std::string>& words = options.arguments;
  const auto script =
      words.empty() ? std::nullopt : cli::completion_script(words[0], context.called_as, !options.no_descriptions);
  if (!script) {  // docker shows its help, with exit code 0, whatever the word was
    context.io.out.write(cli::help_text(system_completion, "docker completion", 80));
    return {};
  }
  if (words.size() > 1)
    return error(ErrorKind::arguments,
                 "unknown command " + util::go_quote(words[1]) + " for \"docker completion " + words[0] + "\"");
  context.io.out.write(*script);
  return {};
}

constexpr std::string_view kNames[] = {"completion"};

}  // namespace

constinit const cli::CommandSpec system_completion = cli::make_command<CompletionOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] bash|fish|powershell|zsh",
    .summary = "Print the script that makes a shell complete commands, options and names",
    .description =
        "Print the script that makes a shell complete commands, options and names.\n"
        "\n"
        "For the shell that runs: bash: source <(dockerlite completion bash), zsh: source <(dockerlite "
        "completion zsh), fish: dockerlite completion fish | source, PowerShell: dockerlite completion "
        "powershell | Out-String | Invoke-Expression. For all to come, put that line into the shell's start-up file.",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(0),
    .completion = cli::Completion::fixed,
    .completed_arguments = 1,
    .choices = "bash fish powershell zsh",
    .hidden = true,
});

}  // namespace dockerlite::command
