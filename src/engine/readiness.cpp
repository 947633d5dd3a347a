#include "dockerlite/engine/readiness.hpp"

#include <nlohmann/json.hpp>

namespace dockerlite::engine {

Result<Readiness> decode_readiness(std::string_view body) {
  const auto document = nlohmann::json::parse(body, nullptr, false);
  try {
    const auto& state = document.at("State");
    Readiness readiness{.status = state.at("Status").get<std::string>(),
                        .health = {},
                        .exit_code = state.value("ExitCode", std::int64_t{0})};
    // The engine says "none" for a check that the container was made without.
    if (const auto health = state.find("Health"); health != state.end() && health->is_object())
      readiness.health = health->value("Status", "");
    if (readiness.health == "none") readiness.health.clear();
    return readiness;
  } catch (const nlohmann::json::exception&) {
    return error("the engine's answer does not tell the container's state");
  }
}

}  // namespace dockerlite::engine
