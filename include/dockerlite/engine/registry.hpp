#pragma once

#include <string>
#include <string_view>

#include "dockerlite/config/config_file.hpp"
#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// What a registry said to a login.
struct LoginAnswer {
  std::string status;          ///< "Login Succeeded"
  std::string identity_token;  ///< to be kept instead of the password, unless empty
  bool operator==(const LoginAnswer&) const = default;
};

/// `POST /auth`: the engine tries the credentials at the registry.
transport::Request login_request(const config::AuthConfig& auth);
/// Errors: Go's texts for an answer that is no JSON.
Result<LoginAnswer> decode_login(std::string_view body);

/// Tries the credentials at the registry itself, as docker does when the engine is not there. Only registries on this
/// machine's loopback, over plain HTTP with basic authentication, can be asked so; for others the error is of kind
/// connection. Errors: `login attempt to http://HOST/v2/ failed with status: 401 Unauthorized`, the transport's.
Result<LoginAnswer> login_without_engine(const config::AuthConfig& auth);

}  // namespace dockerlite::engine
