#include "cp_pipe.hpp"

namespace dockerlite::command {

bool CopyPipe::push(std::string_view bytes) {
  while (!bytes.empty()) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || pushed_ - released_ < kPieces; });
    if (closed_) return false;
    std::string& piece = pieces_[pushed_ % kPieces];
    lock.unlock();  // the reader never touches a piece that was not pushed
    piece.assign(bytes.substr(0, kPieceSize));
    bytes.remove_prefix(piece.size());
    lock.lock();
    ++pushed_;
    changed_.notify_one();
  }
  return true;
}

void CopyPipe::finish(Result<void> outcome) {
  const std::lock_guard lock(mutex_);
  outcome_ = std::move(outcome);
  changed_.notify_one();
}

Result<std::string_view> CopyPipe::next() {
  std::unique_lock lock(mutex_);
  if (released_ < taken_) {
    released_ = taken_;
    changed_.notify_one();
  }
  changed_.wait(lock, [this] { return pushed_ > taken_ || outcome_; });
  if (pushed_ > taken_) return std::string_view(pieces_[taken_++ % kPieces]);
  if (!*outcome_) return outcome_->error();
  return std::string_view();
}

void CopyPipe::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_one();
}

}  // namespace dockerlite::command
