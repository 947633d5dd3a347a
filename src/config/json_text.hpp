#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

/// JSON as text with positions: what is not asked about is neither decoded nor changed, so that a file can be edited
/// without losing anything of it. Views point into the text that was given. Syntax errors have the words of Go's
/// encoding/json.
namespace dockerlite::config::json {

/// Where a member that was not there goes: before the first one with a greater key (as Go sorts maps), before or after
/// all.
enum class Position { sorted, first, last };

enum class Kind { null, boolean, number, string, array, object };

struct Member {
  std::string key;          ///< decoded
  std::size_t begin = 0;    ///< where the key's opening quote stands in the object's text
  std::size_t key_end = 0;  ///< past its closing quote
  std::string_view value;   ///< from its first to its last byte
};

/// The first JSON value of `text`, as Go's Decoder reads it: what follows is not looked at. Errors: "EOF" if there is
/// only white space, "unexpected EOF" if the value is cut off, "invalid character 'x' looking for beginning of value",
/// ...
Result<std::string_view> first_value(std::string_view text);

/// The following take values that first_value has accepted, or parts of them.
Kind kind(std::string_view value);
std::string_view kind_word(Kind kind);  ///< in Go's errors: "array", "bool", ...
std::vector<Member> members(std::string_view object);
std::vector<std::string_view> elements(std::string_view array);
/// Without quotes and escapes; what is no UTF-8 becomes U+FFFD, as in Go.
std::string decode_string(std::string_view literal);
/// The value of the last member of this name; an exact match is not needed, only one without regard to case, as in Go.
std::optional<std::string_view> find(std::string_view object, std::string_view key);

/// A string literal as Go's encoder writes it (`<`, `>` and `&` escaped).
std::string quote(std::string_view text);

/// `document` with the member at `path` set to `value` (JSON text on one level of indentation by tab, as "{\n\t\"a\":
/// 1\n}"). Objects on the way are made where they are missing. A new member is laid out as its neighbours are. An empty
/// document becomes docker's form, indented by tabs.
std::string set_member(std::string_view document, const std::vector<std::string>& path, std::string_view value,
                       Position position = Position::sorted);
/// `document` without the member at `path`; unchanged if there is none.
std::string remove_member(std::string_view document, const std::vector<std::string>& path);

}  // namespace dockerlite::config::json
