#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dockerlite::format {

/// A token of a template. Keywords come last (see `is_keyword`).
struct Token {
  enum class Kind : std::uint8_t {
    error,  ///< `text` is the message; nothing follows
    boolean,
    character,           ///< a single ASCII character that is nothing else
    character_constant,  ///< 'x', quotes included
    assign,
    declare,
    end_of_file,
    field,  ///< ".Name"
    identifier,
    left_delimiter,
    left_paren,
    number,
    complex_number,
    pipe,
    raw_string,
    right_delimiter,
    right_paren,
    space,
    string,
    text,
    variable,  ///< "$" or "$name"
    keyword_block,
    keyword_break,
    keyword_continue,
    keyword_dot,
    keyword_define,
    keyword_else,
    keyword_end,
    keyword_if,
    keyword_nil,
    keyword_range,
    keyword_template,
    keyword_with,
  };
  Kind kind = Kind::end_of_file;
  std::size_t position = 0;
  std::size_t line = 1;
  std::string text;

  bool is_keyword() const { return kind >= Kind::keyword_block; }
  /// How parse errors show it: `"}}"`, `<end>`, `EOF`.
  std::string describe() const;
};

/// Cuts a template into tokens, one at a time. An error token ends the input.
class Lexer {
 public:
  explicit Lexer(std::string_view input) : input_(input) {}
  Token next();

 private:
  static constexpr char32_t kEnd = 0xFFFFFFFF;

  Token text();
  Token left_delimiter();
  Token right_delimiter();
  Token inside_action();
  Token space();
  Token identifier();
  Token field_or_variable(Token::Kind kind);
  Token number();
  Token quote(char32_t end, Token::Kind kind, std::string_view what);
  Token raw_quote();
  bool comment(Token& failure);

  Token make(Token::Kind kind);
  Token fail(std::string message);
  char32_t advance();
  char32_t peek() const;
  bool accept(std::string_view valid);
  void accept_run(std::string_view valid);
  bool scan_number();
  bool at_terminator() const;
  bool at_right_delimiter(bool& trim) const;
  void skip_to(std::size_t position);

  std::string_view input_;
  std::size_t position_ = 0;
  std::size_t start_ = 0;
  std::size_t line_ = 1;
  std::size_t start_line_ = 1;
  int parens_ = 0;
  bool in_action_ = false;
  bool failed_ = false;
};

bool is_template_letter(char32_t c);  ///< may be part of a name

}  // namespace dockerlite::format
