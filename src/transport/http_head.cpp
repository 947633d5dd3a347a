#include "transport/http_head.hpp"

#include <algorithm>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::transport {

namespace {

Error malformed(std::string_view what, std::string_view text) {
  return error(ErrorKind::connection, "malformed " + std::string(what) + " " + util::go_quote(text));
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Result<void> parse_status_line(std::string_view line, ResponseHead& head) {
  line = without_line_end(line);
  const util::Cut version = util::cut(line, " ");
  if (!version.found) return malformed("HTTP response", line);
  const std::string_view status = util::trim_left(version.after, " ");
  const std::string_view code = util::cut(status, " ").before;
  if (code.size() != 3 || !std::ranges::all_of(code, is_digit)) return malformed("HTTP status code", code);
  const std::string_view v = version.before;
  if (v.size() != 8 || !v.starts_with("HTTP/") || !is_digit(v[5]) || v[6] != '.' || !is_digit(v[7]))
    return malformed("HTTP version", v);
  head.status = (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
  head.reason = std::string(util::trim_space(status.substr(3)));
  head.headers.clear();
  return {};
}

Result<void> parse_header_line(std::string_view line, ResponseHead& head) {
  line = without_line_end(line);
  if ((line.starts_with(' ') || line.starts_with('\t')) && !head.headers.empty()) {
    std::string& value = head.headers.back().second;
    value += ' ';
    value += util::trim(line, " \t");
    return {};
  }
  const util::Cut cut = util::cut(line, ":");
  if (!cut.found) return error(ErrorKind::connection, "malformed MIME header: missing colon: " + util::go_quote(line));
  head.headers.emplace_back(cut.before, util::trim(cut.after, " \t"));
  return {};
}

std::optional<std::size_t> head_length(std::string_view bytes) {
  std::size_t start = 0;
  while (true) {
    const std::size_t end = bytes.find('\n', start);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = bytes.substr(start, end - start);
    start = end + 1;
    if (line.empty() || line == "\r") return start;
  }
}

Result<ResponseHead> parse_head(std::string_view bytes) {
  ResponseHead head;
  bool first = true;
  while (!bytes.empty()) {
    const util::Cut line = util::cut(bytes, "\n");
    bytes = line.after;
    if (first) {
      DL_CHECK(parse_status_line(line.before, head));
      first = false;
    } else if (without_line_end(line.before).empty()) {
      return head;
    } else {
      DL_CHECK(parse_header_line(line.before, head));
    }
  }
  return error(ErrorKind::connection, "unexpected EOF");
}

}  // namespace dockerlite::transport
