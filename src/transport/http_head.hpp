#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "dockerlite/transport/transport.hpp"

namespace dockerlite::transport {

/// A head above this is refused; no engine sends one near it.
inline constexpr std::size_t kMaximumHead = 256U << 10;

/// The status line of an HTTP/1 answer, without its line end. Errors are Go's: `malformed HTTP response "x"`,
/// `malformed HTTP version "x"`, `malformed HTTP status code "x"`.
Result<void> parse_status_line(std::string_view line, ResponseHead& head);
/// One header line, with or without its line end. Lines that are no header are an error as Go's:
/// `malformed MIME header: missing colon: "x"`.
Result<void> parse_header_line(std::string_view line, ResponseHead& head);

/// The length of the head at the beginning of `bytes`, its empty line included; nothing if it has not all come yet.
std::optional<std::size_t> head_length(std::string_view bytes);
/// A whole head: status line, header lines, empty line.
Result<ResponseHead> parse_head(std::string_view bytes);

}  // namespace dockerlite::transport
