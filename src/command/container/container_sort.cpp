#include "container_sort.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

std::string_view first_name(const engine::ContainerSummary& container) {
  return container.names.empty() ? std::string_view() : std::string_view(container.names.front());
}

}  // namespace

Result<void> ContainerSort::set(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, Key>, 6> kKeys{{{"name", Key::name},
                                                                   {"image", Key::image},
                                                                   {"status", Key::status},
                                                                   {"created", Key::created},
                                                                   {"size", Key::size},
                                                                   {"id", Key::id}}};
  const std::string word = util::to_lower(text);
  const bool reversed = word.starts_with('-');
  const auto key = std::find_if(kKeys.begin(), kKeys.end(), [&](const auto& candidate) {
    return candidate.first == std::string_view(word).substr(reversed ? 1 : 0);
  });
  if (key == kKeys.end()) return error("must be one of name, image, status, created, size, id");
  key_ = key->second;
  reversed_ = reversed;
  return {};
}

bool ContainerSort::less(const engine::ContainerSummary& a, const engine::ContainerSummary& b) const {
  switch (key_) {
    case Key::name:
      return util::natural_less(first_name(a), first_name(b));
    case Key::image:
      return util::natural_less(a.image, b.image);
    case Key::status:
      return util::natural_less(a.state, b.state);
    case Key::created:
      return a.created > b.created;  // the younger has the smaller age
    case Key::size:
      return a.size_rw < b.size_rw;
    case Key::id:
      return a.id < b.id;
    case Key::none:
      break;
  }
  return false;
}

void ContainerSort::apply(std::vector<engine::ContainerSummary>& containers) const {
  if (key_ == Key::none) return;
  std::stable_sort(containers.begin(), containers.end(),
                   [&](const auto& a, const auto& b) { return reversed_ ? less(b, a) : less(a, b); });
}

}  // namespace dockerlite::command
