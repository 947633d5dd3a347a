#include "dockerlite/cli/completion.hpp"

#include <algorithm>

#include "completion_values.hpp"
#include "help.hpp"
#include "normalise.hpp"

namespace dockerlite::cli {
namespace {

using namespace directive;
using Words = std::span<const std::string>;

/// The command that the words before the last one lead to. Without `spec` it is a group, or the program itself.
struct Level {
  const CommandSpec* spec = nullptr;
  const Group* group = nullptr;
  std::span<const Option> options{};
  bool interspersed = true;
  Words words{};  ///< those that follow its name
};

std::string unexpected(std::string_view text, Words words, std::string_view cause) {
  return std::string(text) + " [" + util::join({words.begin(), words.end()}, " ") + "]" +
         (cause.empty() ? "" : ": " + std::string(cause));
}

/// pflag's text for the first thing that is wrong with the options; "" if nothing is.
std::string problem_of(const CommandSpec& spec, Words words) {
  const auto parsed = parse(spec, "docker", words);
  if (parsed || parsed.error().kind != ErrorKind::usage) return "";
  return std::string(util::cut(parsed.error().message, "\n\n").before);
}

class Planner {
 public:
  explicit Planner(const Program& program) : program_(program) {}

  CompletionPlan run(Words before, std::string_view typed) {
    typed_ = typed;
    if (!descend(before)) return std::move(plan_);
    const bool unknown_option = find_option_to_complete();
    const Normalised line = normalise(level_.options, words_, level_.interspersed);
    if (options_have_ended(line)) {
      option_ = nullptr;
    } else {
      if (!check(line, unknown_option)) return std::move(plan_);
      if (option_ == nullptr && typed_.starts_with('-') && !util::contains(typed_, "=")) {
        plan_option_names(line);
        return std::move(plan_);
      }
    }
    if (option_ != nullptr) {
      const Completion other = level_.spec != nullptr ? level_.spec->other_values : Completion::files;
      plan_values(plan_, option_->completion == Completion::unsaid ? other : option_->completion, option_->choices,
                  typed_, line);
    } else {
      plan_argument(line);
    }
    return std::move(plan_);
  }

 private:
  /// Goes from the program down to the command that is meant. False if the global options make no sense.
  bool descend(Words before) {
    const Normalised globals = normalise(program_.root.options, before, false);
    level_ = {.options = program_.root.options, .words = before};
    if (globals.error || globals.positionals.empty()) return true;
    const Words rest = before.last(globals.positionals.size());
    const Found found = find_command(program_, rest);
    if (found.spec != nullptr && !found.spec->raw) {
      level_ = {.spec = found.spec,
                .options = found.spec->options,
                .interspersed = found.spec->interspersed,
                .words = rest.subspan(found.words)};
    } else if (const Group* group = find_group(program_, rest[0])) {
      level_ = {.group = group, .words = rest.subspan(1)};
    } else {
      return true;
    }
    if (problem_of(program_.root, before).empty()) return true;
    plan_.problem = unexpected("unable to find a command for arguments:", before, "");
    return false;
  }

  /// An option as it is named in a word: "--pull", "-it" (the last letter counts). Sets `found`; false if the command
  /// has no such option.
  bool look_up(std::string_view name, const Option*& found) const {
    const bool letter = name.size() == 1;
    for (const Option& option : level_.options)
      if (letter ? option.letter == name[0] : option.name == name) found = &option;
    return found != nullptr || name == "help" || name == "h";
  }

  /// Whether the last word is an option's value, and of which option; that option then no longer is among `words_`.
  /// True if it is one of an option that is not known, whose name is left in `unknown_`.
  bool find_option_to_complete() {
    words_ = level_.words;
    if (typed_.starts_with('-')) {
      const auto [name, value, has_value] = util::cut(typed_, "=");
      if (!has_value) return false;
      unknown_ = name.starts_with("--") ? name.substr(2) : name.substr(name.size() - 1);
      if (unknown_.empty()) return false;
      if (!look_up(unknown_, option_)) return true;
      typed_ = value;
      return false;
    }
    if (words_.empty()) return false;
    const std::string_view last = words_.back();
    const bool is_option = last.starts_with("--") ? last.size() > 2 : last.starts_with('-') && last.size() > 1;
    if (!is_option || util::contains(last, "=")) return false;
    unknown_ = last.starts_with("--") ? last.substr(2) : last.substr(last.size() - 1);
    const Option* option = nullptr;
    if (!look_up(unknown_, option)) return true;
    if (option == nullptr || option->is_switch()) return false;
    option_ = option;
    words_ = words_.first(words_.size() - 1);
    return false;
  }

  /// After `--`, or after the first argument of a command that stops there, nothing is an option any more: one more
  /// `--` would be an argument.
  bool options_have_ended(const Normalised& line) const {
    std::vector<std::string> longer(words_.begin(), words_.end());
    longer.emplace_back("--");
    return !line.error &&
           normalise(level_.options, longer, level_.interspersed).positionals.size() > line.positionals.size();
  }

  bool check(const Normalised& line, bool unknown_option) {
    const std::string problem = level_.group != nullptr
                                    ? line.error ? line.error->message : ""
                                    : problem_of(level_.spec != nullptr ? *level_.spec : program_.root, words_);
    if (!problem.empty()) {
      plan_.problem = unexpected("Error while parsing flags from args", words_, problem);
    } else if (unknown_option) {
      const std::string_view name = level_.spec != nullptr ? level_.spec->names[0]
                                    : level_.group         ? level_.group->name
                                                           : "docker";
      plan_.problem = "Subcommand '" + std::string(name.substr(name.rfind(' ') + 1)) + "' does not support flag '" +
                      std::string(unknown_) + "'";
    }
    return plan_.problem.empty();
  }

  void plan_option_names(const Normalised& line) {
    plan_.directive = kNoFiles;
    auto rows = sorted_options(level_.options);
    // docker offers --help only where -h is something else.
    static constexpr Option kHelp{.name = "help", .help = "Show this help"};
    const auto has_h = [](const Option& option) { return option.letter == 'h'; };
    if (!line.help && std::any_of(level_.options.begin(), level_.options.end(), has_h))
      rows.insert(std::find_if(rows.begin(), rows.end(), [](const Option* row) { return row->name > kHelp.name; }),
                  &kHelp);
    for (const Option* row : rows) {
      const bool used = std::any_of(line.occurrences.begin(), line.occurrences.end(),
                                    [&](const Occurrence& occurrence) { return occurrence.option == row; });
      const bool repeats = row->type == type_word<std::vector<std::string>>();
      if (!row->hidden && row->deprecated.empty() && (repeats || !used)) {
        const std::string help = describe(*row).help;
        offer("--" + std::string(row->name), help);
        if (row->letter != 0) offer("-" + std::string(1, row->letter), help);
      }
    }
  }

  void offer(std::string text, std::string_view help) {
    if (text.starts_with(typed_)) plan_.candidates.push_back({std::move(text), std::string(help)});
  }

  void plan_argument(const Normalised& line) {
    if (level_.spec != nullptr) {
      const unsigned limit = level_.spec->completed_arguments;
      const bool enough = limit > 0 && line.positionals.size() >= limit;
      plan_values(plan_, enough ? Completion::none : level_.spec->completion, level_.spec->choices, typed_, line);
    } else if (line.positionals.empty()) {
      plan_.directive = kNoFiles;
      for (const NamedCommand& row :
           level_.group != nullptr ? group_commands(program_, *level_.group) : first_words(program_))
        offer(std::string(row.name), row.summary);
    }
  }

  const Program& program_;
  std::string_view typed_;
  Level level_;
  Words words_;  ///< of the level, without the option that is being completed
  const Option* option_ = nullptr;
  std::string_view unknown_;
  CompletionPlan plan_;
};

}  // namespace

std::string directive_names(unsigned directive) {
  if (directive == kShellDefault) return "ShellCompDirectiveDefault";
  std::vector<std::string> names;
  if (directive & kError) names.emplace_back("ShellCompDirectiveError");
  if (directive & kNoSpace) names.emplace_back("ShellCompDirectiveNoSpace");
  if (directive & kNoFiles) names.emplace_back("ShellCompDirectiveNoFileComp");
  return util::join(names, ", ");
}

CompletionPlan plan_completion(const Program& program, std::span<const std::string> words) {
  return Planner(program).run(words.first(words.size() - 1), words.back());
}

}  // namespace dockerlite::cli
