#include "dockerlite/opts/dotenv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

constexpr std::string_view kBlanks = " \t";

class DotenvParser {
 public:
  DotenvParser(std::string_view text, const util::Environment& environment) : rest_(text), environment_(environment) {}

  Result<std::vector<std::string>> run() {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    while (!rest_.empty()) DL_CHECK(take_line());
    return std::move(result_);
  }

 private:
  Error fail(std::size_t line, std::string_view problem) const {
    return error(fmt::format("line {}: {}", line, problem));
  }

  void skip_blanks() { rest_ = util::trim_left(rest_, kBlanks); }

  bool at_line_end() const { return rest_.empty() || rest_[0] == '\n' || rest_.starts_with("\r\n"); }

  void skip_line_end() {
    if (rest_.starts_with('\r')) rest_.remove_prefix(1);
    if (rest_.starts_with('\n')) rest_.remove_prefix(1);
    ++line_;
  }

  void skip_comment() {
    if (rest_.starts_with('#')) rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
  }

  Result<void> take_line() {
    skip_blanks();
    skip_comment();
    if (!at_line_end()) DL_CHECK(take_assignment());
    if (!at_line_end())
      return fail(line_,
                  fmt::format("unexpected text after the value: {}", rest_.substr(0, rest_.find_first_of("\r\n"))));
    skip_line_end();
    return {};
  }

  Result<void> take_assignment() {
    std::string_view key = take_key();
    if (key == "export" && !rest_.starts_with('=') && !at_line_end()) key = take_key();
    if (key.empty() || key.find('#') != std::string_view::npos)
      return fail(line_, "a line is KEY=VALUE or export KEY=VALUE");
    if (!rest_.starts_with('=')) {
      skip_comment();
      if (const auto value = environment_.get(key); value && at_line_end())
        result_.push_back(fmt::format("{}={}", key, *value));
      return {};
    }
    rest_.remove_prefix(1);
    skip_blanks();
    DL_TRY(const std::string value, take_value());
    result_.push_back(fmt::format("{}={}", key, value));
    return {};
  }

  /// A word up to `=`, white space or the end of the line, and the blanks behind it.
  std::string_view take_key() {
    const auto key = rest_.substr(0, rest_.find_first_of("= \t\r\n"));
    rest_.remove_prefix(key.size());
    skip_blanks();
    return key;
  }

  Result<std::string> take_value() {
    if (!rest_.empty() && (rest_[0] == '\'' || rest_[0] == '"')) return take_quoted(rest_[0]);
    auto value = rest_.substr(0, rest_.find_first_of("\r\n"));
    rest_.remove_prefix(value.size());
    // A # begins a comment only behind white space: colours and URLs have it inside.
    for (std::size_t at = 0; at < value.size(); ++at)
      if (value[at] == '#' && (at == 0 || kBlanks.find(value[at - 1]) != std::string_view::npos))
        value = value.substr(0, at);
    return std::string(util::trim_right(value, kBlanks));
  }

  Result<std::string> take_quoted(char quote) {
    const std::size_t opened = line_;
    std::string value;
    for (rest_.remove_prefix(1); !rest_.empty(); rest_.remove_prefix(1)) {
      char c = rest_[0];
      if (c == quote) {
        rest_.remove_prefix(1);
        skip_blanks();
        skip_comment();
        return value;
      }
      if (c == '\n') ++line_;
      if (c == '\\' && quote == '"' && rest_.size() > 1) {
        constexpr std::string_view kNames = "nrt\"\\$", kMeanings = "\n\r\t\"\\$";
        if (const auto known = kNames.find(rest_[1]); known != std::string_view::npos) {
          rest_.remove_prefix(1);
          c = kMeanings[known];
        }
      }
      value += c;
    }
    return fail(opened, "the quote that opens here is never closed");
  }

  std::string_view rest_;
  const util::Environment& environment_;
  std::size_t line_ = 1;
  std::vector<std::string> result_;
};

}  // namespace

Result<std::vector<std::string>> parse_dotenv(std::string_view text, const util::Environment& environment) {
  return DotenvParser(text, environment).run();
}

Result<std::vector<std::string>> read_dotenv_files(const std::vector<std::string>& files,
                                                   const util::Environment& environment) {
  std::vector<std::string> result;
  for (const auto& file : files) {
    DL_TRY(const std::string text, util::read_file(file));
    auto lines = parse_dotenv(text, environment);
    if (!lines) return error(fmt::format("invalid dotenv file ({}): {}", file, lines.error().message));
    result.insert(result.end(), std::make_move_iterator(lines->begin()), std::make_move_iterator(lines->end()));
  }
  return result;
}

}  // namespace dockerlite::opts
