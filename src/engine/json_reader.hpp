#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dockerlite::engine {

/// Reads JSON front to back without building anything: for lists of a thousand containers, where most of the text is of
/// no interest and is only skipped. The caller asks for what it expects; a value of another kind reads as empty or
/// zero. After the first mistake in the text every call returns "no more" and `failed` tells. Inside what is skipped
/// only the structure is looked at.
///
///   for (reader.begin_array(); reader.next_element();)
///     for (reader.begin_object(); reader.next_member();)
///       if (reader.key() == "Id") id = reader.string(); else reader.skip();
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : next_(text.data()), end_(text.data() + text.size()) {}

  /// The first character of the next value, which tells its kind; 0 at the end.
  char peek();
  /// Enters an array or object. Another value is skipped, and there are no elements then.
  void begin_array() { begin('['); }
  void begin_object() { begin('{'); }
  /// Whether there is one more; what was entered is left if not. Each element and each member's value has to be read or
  /// skipped.
  bool next_element();
  bool next_member();
  std::string_view key() const { return key_; }  ///< of the member, until the next call

  std::string string();
  std::int64_t integer();  ///< without fraction and exponent
  void skip();
  /// Only white space is left.
  bool at_end();
  bool failed() const { return failed_; }

 private:
  void begin(char bracket);
  bool next(char closing);
  /// What stands between the quotes at the cursor, escapes as they are; whether there are any.
  std::string_view raw_string(bool& escaped);
  void skip_scalar();
  void skip_nested();
  void skip_space();
  bool fail();

  const char* next_;
  const char* end_;
  std::string_view key_;
  std::string key_text_;  ///< holds a key that has escapes
  bool first_ = false;    ///< just inside a bracket
  bool empty_ = false;    ///< what was to be entered is not there
  bool failed_ = false;
};

}  // namespace dockerlite::engine
