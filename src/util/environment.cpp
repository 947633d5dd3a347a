#include "dockerlite/util/environment.hpp"

#include <unistd.h>

#include <cstdlib>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::util {

Environment Environment::of_process() {
  Environment environment;
  environment.variables_.reset();
  return environment;
}

std::optional<std::string> Environment::get(std::string_view name) const {
  if (!variables_) {
    const char* const value = std::getenv(std::string(name).c_str());
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
  }
  const auto found = variables_->find(name);
  if (found == variables_->end()) return std::nullopt;
  return found->second;
}

Environment::Variables Environment::all() const {
  if (variables_) return *variables_;
  Variables variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const auto [name, value, is_variable] = cut(*entry, "=");
    if (is_variable) variables.emplace(name, value);
  }
  return variables;
}

}  // namespace dockerlite::util
