#include "dockerlite/cli/man.hpp"

#include <algorithm>

#include "help.hpp"

namespace dockerlite::cli {
namespace {

constexpr std::string_view kProgram = "dockerlite";

/// A page as it grows.
class Roff {
 public:
  /// Requests and escapes, as they are.
  void raw(std::string_view source) { out_ += source; }

  /// What is to be read as it stands: no line of it is taken for a request.
  void text(std::string_view words) {
    for (const char c : words) {
      if ((c == '.' || c == '\'') && out_.back() == '\n') out_ += "\\&";
      if (c == '-') out_ += '\\';
      out_ += c;
      if (c == '\\') out_ += 'e';
    }
  }

  void bold(std::string_view words, std::string_view more = {}) {
    raw("\\fB");
    text(words);
    text(more);
    raw("\\fR");
  }

  void name(std::string_view command) {
    for (const char c : command) text({c == ' ' ? "-" : &c, 1});
  }

  /// Another page, by the name of its command; "" for the program's.
  void page(std::string_view command) {
    raw("\\fB");
    text(kProgram);
    if (!command.empty()) text("-");
    name(command);
    raw("\\fR(1)");
  }

  /// The page, its text in lines that editors can show.
  std::string wrapped() const {
    constexpr std::size_t kWidth = 78;
    std::string out;
    for (std::string_view rest = out_; !rest.empty();) {
      std::string_view line = util::cut(rest, "\n").before;
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      while (line.size() > kWidth && line[0] != '.') {
        auto at = line.rfind(' ', kWidth);
        if (at == std::string_view::npos) at = line.find(' ');
        if (at == std::string_view::npos) break;
        out += line.substr(0, at);
        out += '\n';
        line.remove_prefix(at + 1);
        if (line.starts_with('.') || line.starts_with('\'')) out += "\\&";
      }
      out += line;
      out += '\n';
    }
    return out;
  }

 private:
  std::string out_;
};

void add_heading(Roff& roff, const Program& program, std::string_view command, std::string_view summary) {
  std::string title = util::to_upper(kProgram);
  if (!command.empty()) title += "-" + util::to_upper(command);
  roff.raw(".TH ");
  roff.name(title);
  roff.raw(" 1 ");
  roff.raw(program.release_date);
  roff.raw(" \"dockerlite ");
  roff.raw(program.version);
  roff.raw("\" \"User Commands\"\n.nh\n.ad l\n.SH NAME\n");
  roff.text(kProgram);
  if (!command.empty()) roff.text("-");
  roff.name(command);
  roff.raw(" \\- ");
  roff.text(summary);
  roff.raw("\n.SH SYNOPSIS\n");
}

/// What is said of an option beside its help.
void add_remarks(Roff& roff, const Option& option) {
  if (!option.deprecated.empty()) {
    roff.raw(" Deprecated: ");
    roff.text(option.deprecated);
    roff.raw(".");
  }
  std::string_view lead = " (";
  const auto note = [&](bool applies, std::string_view words, std::string_view more = {}) {
    if (!applies) return;
    roff.raw(lead);
    roff.text(words);
    roff.text(more);
    lead = "; ";
  };
  note(!option.default_text.empty(), "default ", option.default_text);
  note(!option.since.empty(), "engines from API ", option.since);
  note(!option.os.empty() && option.os != "linux", "engines on ", option.os);
  note(option.experimental, "engines with experimental features");
  note(option.extra, "not in docker");
  if (lead == "; ") roff.raw(")");
}

void add_options(Roff& roff, std::span<const Option> options) {
  bool first = true;
  for (const Option* option : sorted_options(options)) {
    if (option->hidden) continue;
    roff.raw(first ? ".SH OPTIONS\n.TP\n" : ".TP\n");
    first = false;
    if (option->letter != 0) {
      roff.bold("-", {&option->letter, 1});
      roff.raw(", ");
    }
    roff.bold("--", option->name);
    const Described described = describe(*option);
    if (!described.type.empty()) {
      roff.raw(" \\fI");
      roff.text(described.type);
      roff.raw("\\fR");
    }
    roff.raw("\n");
    roff.text(described.help);
    if (!described.help.ends_with('.')) roff.raw(".");
    add_remarks(roff, *option);
    roff.raw("\n");
  }
}

void add_paragraphs(Roff& roff, std::string_view text) {
  std::string_view request;
  for (const std::string& line : util::split(text, '\n')) {
    if (line.empty()) {
      request = ".PP\n";
      continue;
    }
    roff.raw(request);
    roff.text(line);
    roff.raw("\n");
    request = ".br\n";
  }
}

void add_synopsis(Roff& roff, std::string_view name, std::string_view usage) {
  std::string_view request;
  for (const std::string& line : util::split(usage, '\n')) {
    // A second form repeats the command's name.
    const std::string_view words = util::trim(line, "\t");
    roff.raw(request);
    roff.bold("dockerlite ", name);
    if (!words.empty()) roff.raw(" ");
    roff.text(request.empty() ? words : words.substr(std::min(words.size(), words.find('['))));
    roff.raw("\n");
    request = ".br\n";
  }
}

/// The program, and the other commands of a command's group.
void add_see_also(Roff& roff, const Program& program, std::string_view name) {
  roff.raw(".SH SEE ALSO\n");
  roff.page("");
  const auto [group_name, verb, in_group] = util::cut(name, " ");
  const Group* group = in_group ? find_group(program, group_name) : nullptr;
  if (group != nullptr) {
    for (const NamedCommand& other : group_commands(program, *group)) {
      if (other.name == verb) continue;
      roff.raw(",\n");
      roff.page(std::string(group_name) + " " + std::string(other.name));
    }
  }
  roff.raw("\n");
}

}  // namespace

std::string command_page(const Program& program, const CommandSpec& spec, std::string_view name) {
  Roff roff;
  add_heading(roff, program, name, spec.summary);
  add_synopsis(roff, name, spec.usage);
  roff.raw(".SH DESCRIPTION\n");
  add_paragraphs(roff, spec.description.empty() ? std::string(spec.summary) + "." : std::string(spec.description));
  if (!spec.since.empty()) {
    roff.raw(".PP\nNeeds an engine of API ");
    roff.raw(spec.since);
    roff.raw(" or newer.\n");
  }
  add_options(roff, spec.options);
  std::string_view request = ".SH ALIASES\n";
  for (const std::string_view other : spec.names) {
    if (other == name) continue;
    roff.raw(request);
    roff.bold("dockerlite ", other);
    roff.raw("\n");
    request = ".br\n";
  }
  add_see_also(roff, program, spec.names[0]);
  return roff.wrapped();
}

std::string program_page(const Program& program) {
  Roff roff;
  add_heading(roff, program, "", program.root.summary);
  roff.bold(kProgram);
  roff.raw(" ");
  roff.text(program.root.usage);
  roff.raw(
      "\n.SH DESCRIPTION\nA small, fast client of the Docker Engine.\n"
      "Its commands and options are those of docker.\n.SH COMMANDS\n");
  for (const CommandSpec* spec : program.commands) {
    if (spec->hidden) continue;
    std::string_view lead = ".TP\n";
    for (const std::string_view name : spec->names) {
      roff.raw(lead);
      roff.bold(name);
      lead = ", ";
    }
    roff.raw("\n");
    roff.text(spec->summary);
    roff.raw(". See ");
    roff.page(spec->names[0]);
    roff.raw(".\n");
  }
  add_options(roff, program.root.options);
  return roff.wrapped();
}

std::vector<ManPage> man_pages(const Program& program) {
  std::vector<ManPage> pages;
  pages.push_back({std::string(kProgram), program_page(program)});
  for (const CommandSpec* spec : program.commands) {
    if (spec->hidden) continue;
    for (const std::string_view name : spec->names)
      pages.push_back(
          {util::replace_all("dockerlite " + std::string(name), " ", "-"), command_page(program, *spec, name)});
  }
  return pages;
}

}  // namespace dockerlite::cli
