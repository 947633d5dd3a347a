#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {

/// A table to draw over the one that the screen shows, in one piece so that nothing flickers: each line replaces the
/// old one, and what is left of the old table is cleared.
inline std::string over_the_old(std::string_view table) {
  std::string screen = "\x1b[H";
  while (!table.empty()) {
    const auto [line, rest, found] = util::cut(table, "\n");
    screen.append(line).append("\x1b[K\n");
    table = rest;
  }
  return screen.append("\x1b[J");
}

}  // namespace dockerlite::command
