#pragma once

#include <string>
#include <string_view>

namespace dockerlite::util {

/// The SHA-256 digest (FIPS 180-4) in lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace dockerlite::util
