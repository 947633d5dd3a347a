#include "dockerlite/format/json_indent.hpp"

#include "dockerlite/util/json.hpp"

namespace dockerlite::format {
namespace {

using util::JsonScanner;

/// Copies the tokens of one JSON value, with line breaks between them if `lines`.
Result<void> copy_tokens(std::string& out, std::string_view json, std::string_view indent, bool lines) {
  using Token = JsonScanner::Token;
  JsonScanner scanner(json);
  const auto new_line = [&](std::size_t depth) {
    if (!lines) return;
    out += '\n';
    for (std::size_t i = 0; i < depth; ++i) out += indent;
  };
  bool opened = false;  // an empty object or array stays on its line
  while (true) {
    const std::size_t depth = scanner.depth();
    const Token token = scanner.next();
    switch (token) {
      case Token::cut:
        return error("unexpected end of JSON input");
      case Token::bad:
        return error(scanner.problem());
      case Token::end:
        // Only white space may follow; Go's Indent keeps it and its Compact drops it.
        if (scanner.more()) return error(scanner.problem());
        if (lines) out.append(json.substr(scanner.begin()));
        return {};
      case Token::open:
      case Token::key:
      case Token::scalar:
        if (opened) new_line(depth);
        break;
      case Token::close:
        if (!opened) new_line(scanner.depth());
        break;
      case Token::colon:
      case Token::comma:
        break;
    }
    out += scanner.token();
    if (token == Token::comma) new_line(depth);
    if (token == Token::colon && lines) out += ' ';
    opened = token == Token::open;
  }
}

Result<void> reformat(std::string& out, std::string_view json, std::string_view indent, bool lines) {
  const std::size_t start = out.size();
  auto copied = copy_tokens(out, json, indent, lines);
  if (!copied) out.resize(start);
  return copied;
}

}  // namespace

Result<void> indent_json(std::string& out, std::string_view json, std::string_view indent) {
  return reformat(out, json, indent, true);
}

Result<void> compact_json(std::string& out, std::string_view json) { return reformat(out, json, {}, false); }

}  // namespace dockerlite::format
