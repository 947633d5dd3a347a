#include "transport/chunked.hpp"

#include <charconv>

#include "dockerlite/util/strings.hpp"
#include "transport/http_head.hpp"

namespace dockerlite::transport {

namespace {

/// What Go's reader holds: a line with a chunk's size and its extensions, or a whole trailer, must fit.
constexpr std::size_t kLongest = 4096;
constexpr std::string_view kLineEnd = "\r\n";

Error malformed(std::string message) { return error(ErrorKind::connection, std::move(message)); }

/// The size that a chunk's first line tells; `line` is without its line end.
Result<std::uint64_t> parse_size(std::string_view line) {
  constexpr std::size_t kMaximumDigits = 16;
  std::uint64_t size = 0;
  const std::from_chars_result parsed = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  const auto digits = static_cast<std::size_t>(parsed.ptr - line.data());
  if (digits > kMaximumDigits) return malformed("http chunk length too large");
  const std::string_view rest = util::trim_right(line.substr(digits), " \t");
  if (!rest.empty() && rest.front() != ';') return malformed("invalid byte in chunk length");
  if (digits == 0) return malformed("empty hex number for chunk length");
  return size;
}

}  // namespace

Result<std::string_view> ChunkedDecoder::next(std::string_view& bytes) {
  while (!bytes.empty() && state_ != State::ended) {
    switch (state_) {
      case State::size:
        DL_CHECK(take_size(bytes));
        break;
      case State::data: {
        const std::string_view payload = bytes.substr(0, left_);
        bytes.remove_prefix(payload.size());
        left_ -= payload.size();
        if (left_ == 0) state_ = State::after_data;
        return payload;
      }
      case State::after_data:
        DL_CHECK(take_data_end(bytes));
        break;
      default:
        DL_CHECK(take_trailer(bytes));
    }
  }
  return std::string_view{};
}

Result<void> ChunkedDecoder::take_size(std::string_view& bytes) {
  const std::size_t line_end = bytes.find('\n');
  std::string_view line = bytes.substr(0, line_end == std::string_view::npos ? line_end : line_end + 1);
  bytes.remove_prefix(line.size());
  if (held_.size() + line.size() > kLongest) return malformed("header line too long");
  if (!held_.empty() || line_end == std::string_view::npos) {
    held_.append(line);
    line = held_;
  }
  if (line_end == std::string_view::npos) return {};
  if (!line.ends_with(kLineEnd)) return malformed("chunked line ends with bare LF");
  DL_TRY(left_, parse_size(line.substr(0, line.size() - kLineEnd.size())));
  ++chunks_;
  state_ = left_ == 0 ? State::trailer : State::data;
  held_.clear();
  return {};
}

Result<void> ChunkedDecoder::take_data_end(std::string_view& bytes) {
  if (held_.empty() && bytes.starts_with(kLineEnd)) {  // as nearly always
    bytes.remove_prefix(kLineEnd.size());
    state_ = State::size;
    return {};
  }
  const std::string_view part = bytes.substr(0, kLineEnd.size() - held_.size());
  bytes.remove_prefix(part.size());
  held_.append(part);
  if (held_.size() < kLineEnd.size()) return {};
  if (held_ != kLineEnd) return malformed("malformed chunked encoding");
  state_ = State::size;
  held_.clear();
  return {};
}

Result<void> ChunkedDecoder::take_trailer(std::string_view& bytes) {
  // Byte by byte, so that nothing behind the end is taken: a trailer is nearly always two bytes.
  while (!bytes.empty()) {
    held_ += bytes.front();
    bytes.remove_prefix(1);
    if (held_ == kLineEnd) {
      state_ = State::ended;
      return {};
    }
    if (held_.size() > kLongest) return cut_off();
    if (!held_.ends_with("\r\n\r\n")) continue;
    state_ = State::ended;
    ResponseHead fields;
    for (std::string_view rest(held_); rest != kLineEnd;) {
      const util::Cut line = util::cut(rest, "\n");
      DL_CHECK(parse_header_line(line.before, fields));
      rest = line.after;
    }
    return {};
  }
  return {};
}

Error ChunkedDecoder::cut_off() const {
  if (state_ != State::trailer) return malformed("unexpected EOF");
  // Go looks for the trailer's end in what it has, however little that is.
  return malformed(held_.size() < kLineEnd.size() ? "http: unexpected EOF reading trailer"
                                                  : "http: suspiciously long trailer after chunked body");
}

}  // namespace dockerlite::transport
