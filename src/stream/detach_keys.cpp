#include "dockerlite/stream/detach_keys.hpp"

#include "dockerlite/util/strings.hpp"

namespace dockerlite::stream {
namespace {

// The character that Ctrl makes of a key, or -1: ctrl-@ is 0, ctrl-a is 1, ..., ctrl-_ is 31.
int control_character(char key) {
  if (key >= 'a' && key <= 'z') return key - 'a' + 1;
  if (key == '@') return 0;
  if (key >= '[' && key <= '_') return key - '[' + 27;
  return -1;
}

}  // namespace

Result<std::string> parse_detach_keys(std::string_view keys) {
  constexpr std::string_view kControl = "ctrl-";
  std::string bytes;
  for (const std::string& key : util::split(keys, ',')) {
    if (key.size() == 1) {
      bytes += key;
    } else if (key == "DEL") {
      bytes += '\x7f';
    } else if (key.size() == kControl.size() + 1 && key.starts_with(kControl) && control_character(key.back()) >= 0) {
      bytes += static_cast<char>(control_character(key.back()));
    } else {
      return error("Unknown character: '" + key + "'");
    }
  }
  return bytes;
}

bool DetachFilter::filter(std::string_view typed, std::string& out) {
  if (keys_.empty()) {
    out += typed;
    return false;
  }
  for (const char key : typed) {
    // After a mismatch the longest end of what was held that can still begin the sequence stays held, so that the
    // sequence is found wherever it starts.
    while (matched_ > 0 && key != keys_[matched_]) {
      std::size_t keep = matched_ - 1;
      while (keep > 0 && keys_.compare(0, keep, keys_, matched_ - keep, keep) != 0) --keep;
      out.append(keys_, 0, matched_ - keep);
      matched_ = keep;
    }
    if (key != keys_[matched_])
      out += key;
    else if (++matched_ == keys_.size())
      return true;
  }
  return false;
}

}  // namespace dockerlite::stream
