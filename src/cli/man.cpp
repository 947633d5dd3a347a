#include "dockerlite/cli/man.hpp"

#include <algorithm>

namespace dockerlite::cli {
namespace {

constexpr std::string_view kProgram = "dockerlite";

std::string page_name(std::string_view command) {
  return std::string(kProgram) + "-" + util::replace_all(command, " ", "-");
}

/// Text as roff shows it unchanged.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
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

/// Escaped text in lines that editors can show, none of which is taken for a request.
std::string lines(std::string_view text) {
  constexpr std::size_t kWidth = 78;
  std::string out, line;
  const auto end_line = [&] {
    out += (line.starts_with('.') || line.starts_with('\'') ? "\\&" : "") + line + "\n";
    line.clear();
  };
  for (const std::string& word : util::split(text, ' ')) {
    if (!line.empty() && line.size() + 1 + word.size() > kWidth) end_line();
    line += (line.empty() ? "" : " ") + word;
  }
  end_line();
  return out;
}

std::string heading(std::string_view page, const Program& program) {
  return ".TH " + escaped(util::to_upper(page)) + " 1 " + std::string(program.release_date) + " \"" +
         std::string(kProgram) + " " + std::string(program.version) + "\" \"User Commands\"\n.nh\n.ad l\n";
}

/// What is said of an option beside its help.
std::string remarks(const Option& option) {
  std::vector<std::string> notes;
  if (!option.default_text.empty()) notes.push_back("default " + std::string(option.default_text));
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
  return out + "\n" + lines(escaped(help + (help.ends_with('.') ? "" : ".")) + remarks(option));
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
    out += lines(escaped(line));
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
    out += lines(bold(std::string(kProgram) + " " + std::string(name)) + (rest.empty() ? "" : " " + escaped(rest)));
  }
  return out;
}

/// The program, and the other commands of a command's group.
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

ManPage command_page(const Program& program, const CommandSpec& spec, std::string_view name) {
  ManPage page{page_name(name), ""};
  page.text = heading(page.name, program) + ".SH NAME\n" + lines(escaped(page.name) + " \\- " + escaped(spec.summary)) +
              ".SH SYNOPSIS\n" + synopsis(name, spec.usage) + ".SH DESCRIPTION\n" +
              paragraphs(spec.description.empty() ? std::string(spec.summary) + "." : std::string(spec.description));
  if (!spec.since.empty()) page.text += ".PP\nNeeds an engine of API " + escaped(spec.since) + " or newer.\n";
  if (const std::string rows = option_rows(spec.options); !rows.empty()) page.text += ".SH OPTIONS\n" + rows;
  std::string aliases;
  for (const std::string_view other : spec.names) {
    if (other == name) continue;
    aliases += (aliases.empty() ? "" : ".br\n") + bold(std::string(kProgram) + " " + std::string(other)) + "\n";
  }
  if (!aliases.empty()) page.text += ".SH ALIASES\n" + aliases;
  page.text += ".SH SEE ALSO\n" + see_also(program, spec.names[0]);
  return page;
}

ManPage program_page(const Program& program) {
  ManPage page{std::string(kProgram), ""};
  page.text =
      heading(page.name, program) + ".SH NAME\n" + page.name + " \\- " + escaped(program.root.summary) +
      "\n.SH SYNOPSIS\n" + bold(kProgram) + " " + escaped(program.root.usage) +
      "\n.SH DESCRIPTION\nA small, fast client of the Docker Engine.\nIts commands and options are those of docker.\n"
      ".SH COMMANDS\n";
  std::vector<const CommandSpec*> commands;
  for (const CommandSpec* spec : program.commands)
    if (!spec->hidden) commands.push_back(spec);
  std::sort(commands.begin(), commands.end(),
            [](const CommandSpec* a, const CommandSpec* b) { return a->names[0] < b->names[0]; });
  for (const CommandSpec* spec : commands) {
    page.text += ".TP\n";
    for (std::size_t i = 0; i < spec->names.size(); ++i) page.text += (i > 0 ? ", " : "") + bold(spec->names[i]);
    page.text += "\n" + lines(escaped(spec->summary) + ". See " + bold(page_name(spec->names[0])) + "(1).");
  }
  page.text += ".SH OPTIONS\n" + option_rows(program.root.options);
  return page;
}

std::vector<ManPage> man_pages(const Program& program) {
  std::vector<ManPage> pages{program_page(program)};
  for (const CommandSpec* spec : program.commands) {
    if (spec->hidden) continue;
    for (const std::string_view name : spec->names) pages.push_back(command_page(program, *spec, name));
  }
  return pages;
}

}  // namespace dockerlite::cli
