#include "help.hpp"

#include <algorithm>

#include "dockerlite/cli/command.hpp"

namespace dockerlite::cli {
namespace {

/// Appends `text` broken at blanks so that no line passes `width`; lines after the first begin at `indent`.
void append_wrapped(std::string& out, std::string_view text, std::size_t indent, std::size_t width) {
  const std::size_t room = width > indent + 24 ? width - indent : 24;
  bool first = true;
  for (const auto& paragraph : util::split(text, '\n')) {
    std::string_view rest = paragraph;
    do {
      std::string_view line = rest;
      if (util::display_width(line) > room) {
        const auto at = rest.substr(0, room + 1).rfind(' ');
        line = rest.substr(0, at == std::string_view::npos || at == 0 ? rest.find(' ') : at);
      }
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (!first) out.append(indent, ' ');
      out += line;
      out += '\n';
      first = false;
    } while (!rest.empty());
  }
}

bool shown(const Option& option) {
  return !option.hidden && option.deprecated.empty() && (option.os.empty() || option.os == "linux");
}

}  // namespace

Described describe(const Option& option) {
  Described described{std::string(option.type), std::string(option.help)};
  const auto open = described.help.find('`');
  const auto close = open == std::string::npos ? open : described.help.find('`', open + 1);
  if (close != std::string::npos) {
    described.type = described.help.substr(open + 1, close - open - 1);
    described.help.erase(close, 1);
    described.help.erase(open, 1);
  }
  return described;
}

std::vector<const Option*> sorted_options(std::span<const Option> options) {
  std::vector<const Option*> rows;
  for (const Option& option : options) rows.push_back(&option);
  std::sort(rows.begin(), rows.end(), [](const Option* a, const Option* b) { return a->name < b->name; });
  return rows;
}

std::string options_help(std::span<const Option> options, unsigned width) {
  std::vector<std::pair<std::string, std::string>> lines;
  std::size_t column = 0;
  for (const Option* option : sorted_options(options)) {
    if (!shown(*option)) continue;
    auto [type, text] = describe(*option);
    if (!option->default_text.empty()) text += " (default " + std::string(option->default_text) + ")";
    std::string head = option->letter != 0 ? "  -" + std::string(1, option->letter) + ", --" : "      --";
    head += option->name;
    if (!type.empty()) head += " " + type;
    column = std::max(column, head.size() + 3);
    lines.emplace_back(std::move(head), text);
  }
  std::string out;
  for (auto& [head, text] : lines) {
    head.resize(column, ' ');
    out += head;
    append_wrapped(out, text, column, width);
  }
  return out;
}

std::string help_text(const CommandSpec& spec, std::string_view path, unsigned width) {
  std::string out = "Usage:  " + std::string(path);
  if (!spec.usage.empty()) out += " " + std::string(spec.usage);
  out += "\n\n";
  append_wrapped(out, spec.description.empty() ? spec.summary : spec.description, 0, width);
  if (spec.names.size() > 1) {
    out += "\nAliases:\n  ";
    for (std::size_t i = 0; i < spec.names.size(); ++i)
      out += (i == 0 ? "docker " : ", docker ") + std::string(spec.names[i]);
    out += "\n";
  }
  if (const auto options = options_help(spec.options, width); !options.empty()) out += "\nOptions:\n" + options;
  return out;
}

}  // namespace dockerlite::cli
