#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dockerlite::engine {

/// Writes JSON with the members in the order of the calls, byte for byte as Go's encoder does: "<", ">" and "&" are
/// escaped and invalid UTF-8 becomes U+FFFD. What is nested has to be closed by the caller.
class JsonWriter {
 public:
  /// In front of a member's value.
  JsonWriter& key(std::string_view name);

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  void null() { raw("null"); }
  void value(bool flag) { raw(flag ? "true" : "false"); }
  void value(std::string_view text);
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  void value(std::integral auto number) { raw(std::to_string(number)); }
  void value(const std::vector<std::string>& list);
  void value(const std::map<std::string, std::string>& map);

  /// A member; `member_or_null` writes null in place of an empty list, `optional_member` leaves out what is empty or
  /// zero.
  void member(std::string_view name, const auto& content) { key(name).value(content); }
  void member_or_null(std::string_view name, const auto& list) {
    if (list.empty())
      key(name).null();
    else
      key(name).value(list);
  }
  template <class T>
  void optional_member(std::string_view name, const T& content) {
    if (content != T{}) key(name).value(content);
  }

  std::string take() { return std::move(text_); }

 private:
  void separate();
  void open(char bracket);
  void close(char bracket);
  void raw(std::string_view token);

  std::string text_;
  bool first_ = true;  ///< nothing stands in the innermost brackets yet, or a key waits for its value
};

}  // namespace dockerlite::engine
