#include "dockerlite/opts/key_value_file.hpp"

#include <fmt/format.h>

#include <iterator>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kLongestLine = 64 * 1024 - 1;  // the line buffer of docker's reader

/// Bytes as Go prints a slice of them: "[255 254]".
std::string byte_list(std::string_view bytes) {
  std::string out = "[";
  for (const unsigned char byte : bytes) {
    if (out.size() > 1) out += ' ';
    out += std::to_string(byte);
  }
  return out + "]";
}

std::string_view trim_space_left(std::string_view line) {
  const auto trimmed = util::trim_space(line);
  return trimmed.empty() ? trimmed : line.substr(static_cast<std::size_t>(trimmed.data() - line.data()));
}

}  // namespace

Result<std::vector<std::string>> parse_key_values(std::string_view text, const util::Environment* environment) {
  std::vector<std::string> result;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.size() > kLongestLine) return error("bufio.Scanner: token too long");
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!util::valid_utf8(line))
      return error(fmt::format("invalid utf8 bytes at line {}: {}", number, byte_list(line)));
    if (number == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());

    line = trim_space_left(line);
    if (line.empty() || line.front() == '#') continue;
    const auto [key, value, has_value] = util::cut(line, "=");
    if (key.empty()) return error(fmt::format("no variable name on line '{}'", line));
    if (key.find_first_of(" \t") != std::string_view::npos)
      return error(fmt::format("variable '{}' contains whitespaces", key));
    if (has_value) {
      result.emplace_back(line);
    } else if (environment != nullptr) {
      if (const auto found = environment->get(key)) result.push_back(fmt::format("{}={}", key, *found));
    }
  }
  return result;
}

Result<std::vector<std::string>> read_key_value_files(const std::vector<std::string>& files,
                                                      const util::Environment* environment) {
  std::vector<std::string> result;
  for (const auto& file : files) {
    auto text = util::read_file(file);
    // A file that cannot be opened is reported as it is, everything after that with the file's name.
    if (!text && text.error().message.starts_with("open ")) return text.error();
    auto lines = text ? parse_key_values(*text, environment) : Result<std::vector<std::string>>(text.error());
    if (!lines) return error(fmt::format("invalid env file ({}): {}", file, lines.error().message));
    result.insert(result.end(), std::make_move_iterator(lines->begin()), std::make_move_iterator(lines->end()));
  }
  return result;
}

}  // namespace dockerlite::opts
