#include <algorithm>
#include <optional>

#include "cli11.hpp"
#include "dockerlite/cli/command.hpp"
#include "normalise.hpp"

namespace dockerlite::cli {
namespace {

/// pflag's name of an option in an error: "-n, --last" or "--filter"; a deprecated letter is left out.
std::string flag_name(const Option& option) {
  return option.letter == 0 ? "--" + std::string(option.name)
                            : "-" + std::string(1, option.letter) + ", --" + std::string(option.name);
}

/// The lines that follow a command's usage error.
std::string usage_tail(std::string_view path, std::string_view usage) {
  const std::string line = usage.empty() ? std::string(path) : std::string(path) + " " + std::string(usage);
  return "\n\nUsage:  " + line + "\n\nRun '" + std::string(path) + " --help' for more information";
}

/// Hands the occurrences to CLI11, which calls each option's setter as it meets it, so that the first bad value is the
/// one that is reported. Only the options that were used are registered: registering all of `run`'s costs half a
/// millisecond. A value travels behind a guard character, because CLI11 gives empty and [bracketed] values meanings of
/// its own.
Result<void> apply_occurrences(const std::vector<Occurrence>& occurrences, void* options) {
  if (occurrences.empty()) return {};
  constexpr char kGuard = ':';
  std::optional<Error> failure;
  CLI::App app;
  app.set_help_flag();
  std::vector<const Option*> registered;
  std::vector<std::string> words;
  for (const Occurrence& occurrence : occurrences) {
    const Option* const option = occurrence.option;
    const std::string name = "--" + std::string(option->name);
    words.push_back(name + "=" + kGuard + occurrence.value);
    if (std::find(registered.begin(), registered.end(), option) != registered.end()) continue;
    registered.push_back(option);
    app.add_option_function<std::string>(
           name,
           [&failure, option, options](const std::string& guarded) {
             if (failure) return;
             const std::string text = guarded.substr(1);
             if (auto set = option->set(options, text); !set)
               failure = error(ErrorKind::usage, "invalid argument " + util::go_quote(text) + " for \"" +
                                                     flag_name(*option) + "\" flag: " + set.error().message);
           })
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
        ->trigger_on_parse();
  }
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& problem) {
    if (!failure) failure = error(ErrorKind::usage, problem.what());
  }
  if (failure) return *std::move(failure);
  return {};
}

std::string plural(unsigned count) { return std::to_string(count) + (count == 1 ? " argument" : " arguments"); }

Result<void> check_arguments(const CommandSpec& spec, std::string_view path, std::size_t given) {
  const Arguments& rule = spec.arguments;
  if (given >= rule.minimum && given <= rule.maximum) return {};
  std::string text = "docker: '" + std::string(path) + "' ";
  std::string tail = usage_tail(path, spec.usage);
  switch (rule.rule) {
    case Arguments::Rule::none:
      text += "accepts no arguments";
      break;
    case Arguments::Rule::exactly:
      text += "requires " + plural(rule.minimum);
      break;
    case Arguments::Rule::at_least:
      text += "requires at least " + plural(rule.minimum);
      tail.replace(tail.rfind("Run '"), 3, "See");  // docker words this one differently
      break;
    case Arguments::Rule::at_most:
      text += "requires at most " + plural(rule.maximum);
      tail.insert(tail.rfind("Run '"), "S");  // a slip of docker 28 that scripts may have learnt
      break;
    case Arguments::Rule::between:
      text += "requires at least " + std::to_string(rule.minimum) + " and at most " + plural(rule.maximum);
      break;
  }
  return error(ErrorKind::arguments, text + tail);
}

}  // namespace

Result<Parsed> parse(const CommandSpec& spec, std::string_view path, std::span<const std::string> words) {
  if (spec.raw) {
    Parsed parsed{.options = spec.make_options()};
    spec.set_arguments(parsed.options.get(), {words.begin(), words.end()});
    return parsed;
  }
  Normalised line = normalise(spec.options, words, spec.interspersed);
  Parsed parsed;
  parsed.options = spec.make_options();
  for (const auto& [option, value] : line.occurrences) {
    if (std::find(parsed.used.begin(), parsed.used.end(), option) != parsed.used.end()) continue;
    parsed.used.push_back(option);
    if (!option->deprecated.empty())
      parsed.notices.push_back("Flag --" + std::string(option->name) + " has been deprecated, " +
                               std::string(option->deprecated));
  }
  auto applied = apply_occurrences(line.occurrences, parsed.options.get());
  if (applied && line.error) applied = std::move(*line.error);
  if (!applied) {
    Error problem = std::move(applied).error();
    problem.message += usage_tail(path, spec.usage);
    return problem;
  }
  if (line.help_by_letter) parsed.notices.emplace_back("Flag shorthand -h has been deprecated, use --help");
  parsed.help = line.help;
  if (parsed.help) return parsed;
  const bool selected = line.positionals.empty() && spec.selects != nullptr && spec.selects(parsed.options.get());
  if (!selected) DL_CHECK(check_arguments(spec, path, line.positionals.size()));
  spec.set_arguments(parsed.options.get(), std::move(line.positionals));
  return parsed;
}

}  // namespace dockerlite::cli
