#include "dockerlite/cli/man.hpp"

#include <algorithm>

namespace dockerlite::cli {
namespace {

constexpr std::string_view kProgram = "dockerlite";

std::string page_name(std::string_view command) {
  return std::string(kProgram) + "-" + util::replace_all(command, " ", "-");
}

/// Text as roff shows it unchanged: backslashes and hyphens escaped, no line taken for a request.
std::string escaped(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    line_start = c == '\n';
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + escaped(text) + "\\fR"; }

std::string heading(std::string_view page, const Program& program) {
  return ".TH " + escaped(util::to_upper(page)) + " 1 \"\" \"" + std::string(kProgram) + " " +
         std::string(program.version) + "\" \"User Commands\"\n";
}

/// What is said of an option beside its help.
std::string remarks(const Option& option) {
  std::vector<std::string> notes;
  if (!option.default_text.empty()) notes.push_back("default " + std::string(option.default_text));
  if (option.completion == Completion::fixed && !option.choices.empty())
    notes.push_back("one of " + util::replace_all(option.choices, " ", ", "));
  if (!option.since.empty()) notes.push_back("engines from API " + std::string(option.since));
  if (!option.os.empty() && option.os != "linux") notes.push_back("engines on " + std::string(option.os));
  if (option.experimental) notes.emplace_back("engines with experimental features");
  if (option.extra) notes.emplace_back("not in docker");
  std::string out;
  if (!option.deprecated.empty()) out += " Deprecated: " + std::string(option.deprecated) + ".";
  if (!notes.empty()) out += " (" + util::join(notes, "; ") + ")";
  return escaped(out);
}

std::string option_row(const Option& option) {
  std::string type(option.type), help(option.help);
  const auto first = util::cut(option.help, "`");
  if (const auto second = util::cut(first.after, "`"); first.found && second.found) {
    type = second.before;
    help = std::string(first.before) + std::string(second.before) + std::string(second.after);
  }
  std::string out = ".TP\n";
  if (option.letter != 0) out += bold("-" + std::string(1, option.letter)) + ", ";
  out += bold("--" + std::string(option.name));
  if (!type.empty()) out += " " + italic(type);
  return out + "\n" + escaped(help + (help.ends_with('.') ? "" : ".")) + remarks(option) + "\n";
}

std::string option_rows(std::span<const Option> options) {
  std::vector<const Option*> rows;
  for (const Option& option : options)
    if (!option.hidden) rows.push_back(&option);
  std::sort(rows.begin(), rows.end(), [](const Option* a, const Option* b) { return a->name < b->name; });
  std::string out;
  for (const Option* option : rows) out += option_row(*option);
  return out;
}

std::string paragraphs(std::string_view text) {
  std::string out;
  bool fresh = true;
  for (const std::string& line : util::split(text, '\n')) {
    if (line.empty()) {
      fresh = true;
      continue;
    }
    if (!out.empty()) out += fresh ? ".PP\n" : ".br\n";
    out += escaped(line) + "\n";
    fresh = false;
  }
  return out;
}

std::string synopsis(std::string_view name, std::string_view usage) {
  std::string out;
  for (const std::string& line : util::split(usage, '\n')) {
    if (!out.empty()) out += ".br\n";
    // The second form of a command repeats its name.
    std::string_view rest = util::trim(line, " \t");
    if (rest.starts_with("docker "))
      rest.remove_prefix(std::min(rest.size(), std::string_view("docker ").size() + name.size() + 1));
    out += bold(std::string(kProgram) + " " + std::string(name));
    if (!rest.empty()) out += " " + escaped(rest);
    out += "\n";
  }
  return out;
}

/// The commands of the same group, and the program.
std::string see_also(const Program& program, std::string_view name) {
  std::string out = bold(kProgram) + "(1)";
  const auto [group_name, verb, in_group] = util::cut(name, " ");
  const Group* group = in_group ? find_group(program, group_name) : nullptr;
  if (group == nullptr) return out + "\n";
  for (const NamedCommand& other : group_commands(program, *group)) {
    if (other.name == verb) continue;
    out += ",\n" + bold(page_name(std::string(group_name) + " " + std::string(other.name))) + "(1)";
  }
  return out + "\n";
}

}  // namespace

ManPage command_page(const Program& program, const CommandSpec& spec) {
  const std::string_view name = spec.names[0];
  ManPage page{page_name(name), ""};
  page.text = heading(page.name, program) + ".SH NAME\n" + escaped(page.name) + " \\- " + escaped(spec.summary) +
              "\n.SH SYNOPSIS\n" + synopsis(name, spec.usage) + ".SH DESCRIPTION\n" +
              paragraphs(spec.description.empty() ? std::string(spec.summary) + "." : std::string(spec.description));
  if (!spec.since.empty()) page.text += ".PP\nNeeds an engine of API " + escaped(spec.since) + " or newer.\n";
  if (const std::string rows = option_rows(spec.options); !rows.empty()) page.text += ".SH OPTIONS\n" + rows;
  if (spec.names.size() > 1) {
    page.text += ".SH ALIASES\n";
    for (std::size_t i = 1; i < spec.names.size(); ++i)
      page.text += (i > 1 ? ".br\n" : "") + bold(std::string(kProgram) + " " + std::string(spec.names[i])) + "\n";
  }
  page.text += ".SH SEE ALSO\n" + see_also(program, name);
  return page;
}

ManPage program_page(const Program& program) {
  ManPage page{std::string(kProgram), ""};
  page.text =
      heading(page.name, program) + ".SH NAME\n" + page.name + " \\- " + escaped(program.root.summary) +
      "\n.SH SYNOPSIS\n" + bold(kProgram) + " " + escaped(program.root.usage) +
      "\n.SH DESCRIPTION\nA small, fast client of the Docker Engine. Its commands and options are those of docker.\n"
      ".SH COMMANDS\n";
  std::vector<const CommandSpec*> commands;
  for (const CommandSpec* spec : program.commands)
    if (!spec->hidden) commands.push_back(spec);
  std::sort(commands.begin(), commands.end(),
            [](const CommandSpec* a, const CommandSpec* b) { return a->names[0] < b->names[0]; });
  for (const CommandSpec* spec : commands) {
    page.text += ".TP\n";
    for (std::size_t i = 0; i < spec->names.size(); ++i) page.text += (i > 0 ? ", " : "") + bold(spec->names[i]);
    page.text += "\n" + escaped(spec->summary) + ". See " + bold(page_name(spec->names[0])) + "(1).\n";
  }
  page.text += ".SH OPTIONS\n" + option_rows(program.root.options);
  return page;
}

std::vector<ManPage> man_pages(const Program& program) {
  std::vector<ManPage> pages{program_page(program)};
  for (const CommandSpec* spec : program.commands) {
    if (spec->hidden) continue;
    pages.push_back(command_page(program, *spec));
    const std::string lead = ".so man1/" + pages.back().name + ".1\n";
    for (std::size_t i = 1; i < spec->names.size(); ++i) pages.push_back({page_name(spec->names[i]), lead});
  }
  return pages;
}

}  // namespace dockerlite::cli
