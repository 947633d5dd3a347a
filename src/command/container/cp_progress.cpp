#include "cp_progress.hpp"

#include <string>

#include "dockerlite/format/units.hpp"

namespace dockerlite::command {

void CopyProgress::add(std::size_t bytes) {
  total_ += static_cast<std::int64_t>(bytes);
  if (!shown_) return;
  const auto now = clock_.now();
  if (now < next_) return;
  next_ = now + kInterval;
  drawn_ = true;
  out_.write("\r" + std::string(title_) + format::human_size(static_cast<double>(total_), 3) + "\x1b[K");
}

void CopyProgress::clear() {
  if (drawn_) out_.write("\r\x1b[K");
  drawn_ = false;
}

}  // namespace dockerlite::command
