// Go's text/tabwriter as docker sets it up: blanks only, no flags.
#include <algorithm>
#include <vector>

#include "dockerlite/format/list_format.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::format {
namespace {

/// The text up to a tab, a line's end or the end of all.
struct Cell {
  std::string_view text;
  std::size_t width = 0;   ///< of the text, in terminal columns
  std::size_t column = 0;  ///< of the cell's column; 0 for a line's last cell, which no tab ends
};

struct Line {
  std::size_t first = 0, end = 0;  ///< its cells
  bool ends_block = false;         ///< a form feed: columns do not go on below it
};

}  // namespace

void append_aligned(std::string& out, std::string_view text, std::size_t minimum_width, std::size_t padding) {
  std::vector<Cell> cells;
  std::vector<Line> lines;
  std::size_t columns = 0;
  for (std::size_t start = 0; start < text.size();) {
    Line line{cells.size(), 0, false};
    while (true) {
      const std::size_t end = std::min(text.find_first_of("\t\v\n\f", start), text.size());
      const std::string_view cell = text.substr(start, end - start);
      cells.push_back({cell, util::display_width(cell), 0});
      start = end + 1;
      if (end < text.size() && (text[end] == '\t' || text[end] == '\v')) continue;
      line.ends_block = end < text.size() && text[end] == '\f';
      break;
    }
    line.end = cells.size();
    columns = std::max(columns, line.end - line.first - 1);
    lines.push_back(line);
  }
  // A column's block is a run of lines that have it; its width is that of its widest cell.
  for (std::size_t column = 0; column < columns; ++column) {
    for (std::size_t i = 0; i < lines.size();) {
      std::size_t width = minimum_width;
      std::size_t last = i;
      while (last < lines.size() && lines[last].first + column + 1 < lines[last].end) {
        width = std::max(width, cells[lines[last].first + column].width + padding);
        if (lines[last++].ends_block) break;
      }
      for (std::size_t j = i; j < last; ++j) cells[lines[j].first + column].column = width;
      i = std::max(last, i + 1);
    }
  }
  for (const Line& line : lines) {
    for (std::size_t i = line.first; i < line.end; ++i) {
      out += cells[i].text;
      if (i + 1 < line.end) out.append(cells[i].column - cells[i].width, ' ');
    }
    out += '\n';
  }
  if (!text.empty() && text.back() != '\n' && text.back() != '\f') out.pop_back();
}

}  // namespace dockerlite::format
