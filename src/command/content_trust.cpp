#include "content_trust.hpp"

#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {

Result<void> check_content_trust(const util::Environment& environment, std::optional<bool> disabled,
                                 const reference::Reference& image) {
  const auto variable = environment.value("DOCKER_CONTENT_TRUST");
  const auto by_default = util::parse_bool(variable);
  const bool trusted = disabled ? !*disabled : !variable.empty() && (!by_default || *by_default);
  if (!trusted || !image.digest.empty()) return {};
  return error("content trust is not supported: unset DOCKER_CONTENT_TRUST, or use --disable-content-trust");
}

}  // namespace dockerlite::command
