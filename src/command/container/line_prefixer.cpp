#include "line_prefixer.hpp"

namespace dockerlite::command {

Result<void> LinePrefixer::take(term::OutputStream& stream, std::string& pending, std::string_view bytes) {
  constexpr std::size_t kLongestLine = std::size_t{1} << 20;
  std::string lines;
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    pending += bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (end == std::string_view::npos && pending.size() < kLongestLine) break;
    lines += prefix_ + pending + "\n";
    pending.clear();
  }
  return lines.empty() ? Result<void>{} : write(stream, lines);
}

Result<void> LinePrefixer::write(term::OutputStream& stream, std::string_view lines) {
  const std::lock_guard lock(mutex_);
  stream.write(lines);
  return stream.flush();
}

Result<void> LinePrefixer::finish() {
  if (!out_.empty()) DL_CHECK(write(io_.out, prefix_ + out_ + "\n"));
  if (!err_.empty()) DL_CHECK(write(io_.err, prefix_ + err_ + "\n"));
  return {};
}

}  // namespace dockerlite::command
