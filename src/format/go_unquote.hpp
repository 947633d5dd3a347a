#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::format {

/// A Go string literal, "interpreted" or `raw`, without its quotes (strconv.Unquote). Error: `invalid syntax`.
Result<std::string> unquote(std::string_view literal);
/// A Go character literal, quotes included. Errors: `invalid syntax`, `malformed character constant: 'ab'`.
Result<char32_t> unquote_character(std::string_view literal);

}  // namespace dockerlite::format
