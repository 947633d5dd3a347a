#include "dockerlite/stream/json_sequence.hpp"

namespace dockerlite::stream {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool begins_scalar(char c) { return c == '-' || (c >= '0' && c <= '9') || c == 't' || c == 'f' || c == 'n'; }

bool continues_scalar(char c) {
  return !is_space(c) && c != '{' && c != '[' && c != '"' && c != ',' && c != '}' && c != ']';
}

}  // namespace

Result<void> JsonSequenceSplitter::take(std::string_view tail, const OnValue& on_value) {
  state_ = State::between;
  if (pending_.empty()) return on_value(tail);
  pending_ += tail;
  auto result = on_value(pending_);
  pending_.clear();
  return result;
}

Result<void> JsonSequenceSplitter::feed(std::string_view bytes, const OnValue& on_value) {
  std::size_t begin = 0;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const char c = bytes[at];
    switch (state_) {
      case State::between:
        if (is_space(c)) {
          ++at;
          break;
        }
        begin = at;
        depth_ = 0;
        in_string_ = escaped_ = false;
        if (c == '{' || c == '[')
          state_ = State::nested;
        else if (c == '"')
          state_ = State::string;
        else if (begins_scalar(c))
          state_ = State::scalar;
        else
          return error("invalid character '" + std::string(1, c) + "' looking for beginning of value");
        if (state_ != State::nested) {
          in_string_ = state_ == State::string;
          ++at;
        }
        break;
      case State::scalar:
        if (continues_scalar(c)) {
          ++at;
        } else {
          DL_CHECK(take(bytes.substr(begin, at - begin), on_value));
        }
        break;
      case State::string:
      case State::nested: {
        ++at;
        if (escaped_) {
          escaped_ = false;
          break;
        }
        if (in_string_) {
          if (c == '\\')
            escaped_ = true;
          else if (c == '"')
            in_string_ = false;
        } else if (c == '"') {
          in_string_ = true;
        } else if (c == '{' || c == '[') {
          ++depth_;
        } else if (c == '}' || c == ']') {
          --depth_;
        }
        if (!in_string_ && depth_ == 0) DL_CHECK(take(bytes.substr(begin, at - begin), on_value));
        break;
      }
    }
  }
  if (state_ == State::between) return {};
  if (pending_.size() + bytes.size() - begin > kMaximumValue)
    return error("the engine sent a message of more than 64 MiB");
  pending_ += bytes.substr(begin);
  return {};
}

Result<void> JsonSequenceSplitter::finish(const OnValue& on_value) {
  if (state_ == State::between) return {};
  if (state_ == State::scalar) return take({}, on_value);
  return error("unexpected EOF");
}

}  // namespace dockerlite::stream
