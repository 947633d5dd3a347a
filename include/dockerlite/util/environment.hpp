#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dockerlite::util {

/// The process environment, or one that a test makes up.
class Environment {
 public:
  using Variables = std::map<std::string, std::string, std::less<>>;

  /// The process's own, looked up when asked: a short command asks for a few variables of many.
  static Environment of_process();
  explicit Environment(Variables variables = {}) : variables_(std::move(variables)) {}

  /// The value, or nothing if the variable is not set at all.
  std::optional<std::string> get(std::string_view name) const;
  /// The value, or "" if it is not set.
  std::string value(std::string_view name) const { return get(name).value_or(""); }
  Variables all() const;

 private:
  std::optional<Variables> variables_;  ///< nothing for the process's
};

}  // namespace dockerlite::util
