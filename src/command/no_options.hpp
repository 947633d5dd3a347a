#pragma once

#include <string>
#include <vector>

namespace dockerlite::command {

/// Options of a command that has none.
struct NoOptions {
  std::vector<std::string> arguments;
  bool operator==(const NoOptions&) const = default;
};

}  // namespace dockerlite::command
