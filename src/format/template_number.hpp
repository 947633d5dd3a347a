#pragma once

#include <memory>
#include <string_view>

#include "dockerlite/util/result.hpp"
#include "format/template_lex.hpp"
#include "format/template_node.hpp"

namespace dockerlite::format {

/// Go's conversion of a constant's text. Errors: `illegal number syntax: "1x"`, `integer overflow: "..."`, `invalid
/// syntax`.
Result<std::unique_ptr<NumberNode>> parse_number(const Token& token);
/// The value of a constant whose type nothing asks for; invalid if it fits no int.
Value ideal_constant(const NumberNode& number, std::string_view text);

}  // namespace dockerlite::format
