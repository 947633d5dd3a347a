#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dockerlite::util {

/// Walks the tokens of one JSON value (RFC 8259) without decoding them, so that text can be checked, laid out anew and
/// edited with everything in it kept. What is wrong is said in the words of Go's encoding/json. Nesting costs no call
/// frames, and is limited to Go's 10000 levels.
class JsonScanner {
 public:
  enum class Token : unsigned char {
    open,   ///< { or [
    close,  ///< } or ]
    key,    ///< a member's name, with its quotes
    colon,
    comma,
    scalar,  ///< a string, number, true, false or null
    end,     ///< after the value; what follows it has not been looked at
    cut,     ///< the text ended within the value, or before it
    bad,     ///< see problem()
  };

  explicit JsonScanner(std::string_view text) : text_(text) {}

  /// The next token. After end, cut and bad there is no other.
  Token next();
  std::string_view token() const { return text_.substr(begin_, at_ - begin_); }
  std::size_t begin() const { return begin_; }  ///< where the token stands
  std::size_t position() const { return at_; }  ///< past it
  std::size_t depth() const { return open_.size(); }
  /// Whether anything but white space follows. If so, problem() tells of it.
  bool more();
  /// "invalid character 'x' looking for beginning of value", "exceeded max depth"
  const std::string& problem() const { return problem_; }

 private:
  enum class Expected : unsigned char { value, value_or_close, key, key_or_close, colon, after };

  Token value();
  Token close();
  Token after_value();
  Token fail(std::string_view where);
  void skip_space();
  bool at_end() const { return at_ == text_.size(); }
  // Each of these leaves `at_` past what it took, or where it went wrong, and `where_` with what it was at.
  bool string();
  bool escape();
  bool number();
  bool digits(std::string_view where);
  bool literal(std::string_view word);
  bool wrong(std::string_view where);

  std::string_view text_;
  std::size_t at_ = 0, begin_ = 0;
  Expected expected_ = Expected::value;
  std::string open_;  ///< the brackets that are open
  std::string where_, problem_;
};

/// Appends a JSON string literal as Go's encoder writes it: what is no UTF-8 becomes \ufffd; <, > and & are escaped if
/// `escape_html`.
void append_json_string(std::string& out, std::string_view text, bool escape_html);

}  // namespace dockerlite::util
