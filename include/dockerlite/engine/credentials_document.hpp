#pragma once

#include <map>
#include <string>

#include "dockerlite/config/config_file.hpp"

namespace dockerlite::engine {

/// A config.json that holds nothing but credentials, for a client inside a container: user name and password as `auth`,
/// tokens as they are.
std::string credentials_document(const std::map<std::string, config::AuthConfig>& credentials);

}  // namespace dockerlite::engine
