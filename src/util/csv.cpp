#include "dockerlite/util/csv.hpp"

namespace dockerlite::util {
namespace {

/// Reads lines with their "\n"; "\r\n" becomes "\n", and a "\r" before the end of the text is dropped.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  std::size_t number() const { return number_; }

  std::string next() {
    const auto end = rest_.find('\n');
    const bool last = end == std::string_view::npos;
    std::string line(rest_.substr(0, end));
    rest_.remove_prefix(last ? rest_.size() : end + 1);
    ++number_;
    if (line.ends_with('\r')) line.pop_back();
    if (!last) line.push_back('\n');
    return line;
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

bool only_newline(std::string_view line) { return line.empty() || line == "\n"; }

struct Position {
  std::size_t start_line, line, column;
};

Error parse_error(const Position& at, std::string_view cause) {
  std::string message;
  if (at.start_line != at.line) message = "record on line " + std::to_string(at.start_line) + "; ";
  message += "parse error on line " + std::to_string(at.line) + ", column " + std::to_string(at.column) + ": ";
  return error(message.append(cause));
}

constexpr std::string_view kBareQuote = "bare \" in non-quoted-field";
constexpr std::string_view kBadQuote = "extraneous or missing \" in quoted-field";

}  // namespace

Result<std::vector<std::string>> read_csv_record(std::string_view text) {
  Lines lines(text);
  std::string line;
  while (only_newline(line)) {
    if (lines.at_end()) return error("EOF");
    line = lines.next();
  }

  std::vector<std::string> fields;
  Position at{lines.number(), lines.number(), 1};
  std::size_t i = 0;  // in `line`; at.column is i + 1 until a quoted field runs off the end of the last line
  while (true) {
    if (i == line.size() || line[i] != '"') {
      const auto comma = line.find(',', i);
      const bool last = comma == std::string::npos;
      std::size_t end = last ? line.size() : comma;
      if (last && end > i && line[end - 1] == '\n') --end;
      const auto field = std::string_view(line).substr(i, end - i);
      if (const auto quote = field.find('"'); quote != std::string_view::npos) {
        at.column = i + quote + 1;
        return parse_error(at, kBareQuote);
      }
      fields.emplace_back(field);
      if (last) return fields;
      i = comma + 1;
      continue;
    }

    std::string field;
    ++i;
    for (bool open = true; open;) {
      const auto quote = line.find('"', i);
      if (quote == std::string::npos) {
        field.append(line, i);
        at.column = line.size() + 1;
        line = lines.at_end() ? std::string() : lines.next();
        if (line.empty()) return parse_error(at, kBadQuote);
        at.line = lines.number();
        i = 0;
        continue;
      }
      field.append(line, i, quote - i);
      i = quote + 1;
      if (i < line.size() && line[i] == '"') {
        field.push_back('"');
        ++i;
      } else if (i < line.size() && line[i] == ',') {
        ++i;
        open = false;
      } else if (only_newline(std::string_view(line).substr(i))) {
        fields.push_back(std::move(field));
        return fields;
      } else {
        at.column = quote + 1;
        return parse_error(at, kBadQuote);
      }
    }
    fields.push_back(std::move(field));
  }
}

}  // namespace dockerlite::util
