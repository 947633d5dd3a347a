#include "transport/request_headers.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::transport {

namespace {

/// Names that Go's net/http writes itself and does not take from a header map.
bool reserved_header(std::string_view name) {
  constexpr std::array<std::string_view, 5> kReserved{"Host", "User-Agent", "Content-Length", "Transfer-Encoding",
                                                      "Trailer"};
  return std::ranges::any_of(kReserved, [&](std::string_view reserved) { return util::equal_fold(reserved, name); });
}

bool token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool value_character(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

}  // namespace

Result<Headers> request_headers(const Headers& user_headers, const Request& request, Upgrade upgrade) {
  Headers headers;
  const auto put = [&](std::string_view name, std::string_view value) {
    for (Header& header : headers) {
      if (!util::equal_fold(header.first, name)) continue;
      header.second = value;
      return;
    }
    headers.emplace_back(name, value);
  };
  for (const auto& [name, value] : user_headers) put(name, value);
  for (const auto& [name, value] : request.headers) put(name, value);
  const bool typed = !header_value(headers, "Content-Type").empty();
  if (!request.content_type.empty())
    put("Content-Type", request.content_type);
  else if (!typed && (upgrade == Upgrade::yes || has_body(request) || request.method == Method::put))
    put("Content-Type", "text/plain");
  if (upgrade == Upgrade::yes) {
    put("Connection", "Upgrade");
    put("Upgrade", "tcp");
  }
  std::erase_if(headers, [](const Header& header) { return reserved_header(header.first); });
  for (const auto& [name, value] : headers) {
    // The value is not shown: it may be a secret.
    if (name.empty() || !std::ranges::all_of(name, token_character))
      return error("net/http: invalid header field name " + util::go_quote(name));
    if (!std::ranges::all_of(value, value_character))
      return error("net/http: invalid header field value for " + util::go_quote(name));
  }
  return headers;
}

}  // namespace dockerlite::transport
