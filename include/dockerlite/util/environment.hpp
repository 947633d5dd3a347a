#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dockerlite::util {

/// The process environment, as a value that tests can make up.
class Environment {
 public:
  static Environment of_process();
  explicit Environment(std::map<std::string, std::string, std::less<>> variables = {})
      : variables_(std::move(variables)) {}

  /// The value, or nothing if the variable is not set at all.
  std::optional<std::string> get(std::string_view name) const;
  /// The value, or "" if it is not set.
  std::string value(std::string_view name) const { return get(name).value_or(""); }
  const std::map<std::string, std::string, std::less<>>& all() const { return variables_; }

 private:
  std::map<std::string, std::string, std::less<>> variables_;
};

}  // namespace dockerlite::util
