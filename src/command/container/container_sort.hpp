#pragma once

#include <string_view>
#include <vector>

#include "dockerlite/engine/containers.hpp"

namespace dockerlite::command {

/// The value of `ps --sort`: a key, with "-" in front for the other way round. Names, images and states are in natural
/// order, ages and sizes from the smallest: the newest container and the emptiest one come first. Without a key the
/// engine's order stays.
class ContainerSort {
 public:
  static constexpr std::string_view kTypeWord = "key";
  Result<void> set(std::string_view text);
  void apply(std::vector<engine::ContainerSummary>& containers) const;
  bool by_size() const { return key_ == Key::size; }
  bool operator==(const ContainerSort&) const = default;

 private:
  enum class Key : unsigned char { none, name, image, status, created, size, id };
  bool less(const engine::ContainerSummary& a, const engine::ContainerSummary& b) const;
  Key key_ = Key::none;
  bool reversed_ = false;
};

}  // namespace dockerlite::command
