#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::util {

/// Splits at every `separator`; n separators give n+1 parts, so "" gives one empty part (as Go's strings.Split).
std::vector<std::string> split(std::string_view text, char separator);
/// Splits at most into `limit` parts (as Go's strings.SplitN).
std::vector<std::string> split_n(std::string_view text, char separator, std::size_t limit);
/// The parts before and after the first `separator`; the second is empty and `found` false if there is none.
struct Cut {
  std::string_view before, after;
  bool found = false;
};
Cut cut(std::string_view text, std::string_view separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// Without white space (Unicode's, as Go's strings.TrimSpace) at both ends.
std::string_view trim_space(std::string_view text);
std::string_view trim(std::string_view text, std::string_view characters);
std::string_view trim_left(std::string_view text, std::string_view characters);
std::string_view trim_right(std::string_view text, std::string_view characters);
std::string to_lower(std::string_view text);  ///< ASCII and, as Go does, the Unicode letters with a simple mapping in
                                              ///< Latin-1, Greek and Cyrillic
std::string to_upper(std::string_view text);
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
bool contains(std::string_view text, std::string_view part);
bool equal_fold(std::string_view a, std::string_view b);  ///< ASCII case folding

/// A Go double-quoted string literal (strconv.Quote).
std::string go_quote(std::string_view text);
/// Like Go's %+q / strconv.QuoteToASCII.
std::string go_quote_ascii(std::string_view text);

/// Go's strconv parsers; an error's message is Go's: `strconv.ParseInt: parsing "x": invalid syntax`.
/// `base` 0 accepts 0x, 0o, 0b prefixes and underscores as Go does.
Result<std::int64_t> parse_int(std::string_view text, int base = 10, int bits = 64);
Result<std::uint64_t> parse_uint(std::string_view text, int base = 10, int bits = 64);
Result<int> atoi(std::string_view text);         ///< strconv.Atoi: `strconv.Atoi: parsing "x": invalid syntax`
Result<bool> parse_bool(std::string_view text);  ///< strconv.ParseBool
Result<double> parse_float(std::string_view text);

std::string base64_encode(std::string_view bytes);         ///< standard alphabet, padded
std::string base64url_encode(std::string_view bytes);      ///< URL alphabet, padded
Result<std::string> base64_decode(std::string_view text);  ///< standard alphabet, padded

/// application/x-www-form-urlencoded, as Go's url.QueryEscape.
std::string query_escape(std::string_view text);
/// A URL path as Go writes it (URL.EscapedPath): slashes and `$&+,:;=@` stay.
std::string path_escape(std::string_view text);

/// What Go's strconv.IsPrint leaves unescaped, without its tables: controls, separators, surrogates and private use are
/// not.
bool is_printable(char32_t code_point);
bool valid_utf8(std::string_view text);
/// One code point at `position`, which moves past it; invalid bytes give U+FFFD and move by one.
char32_t decode_utf8(std::string_view text, std::size_t& position);
void append_utf8(std::string& out, char32_t code_point);
/// Terminal columns of a string: East Asian wide characters count two, combining marks none.
std::size_t display_width(std::string_view text);

/// Less-than that compares runs of digits by their numeric value ("a2" < "a10"), as docker sorts names and ports.
bool natural_less(std::string_view a, std::string_view b);

}  // namespace dockerlite::util
