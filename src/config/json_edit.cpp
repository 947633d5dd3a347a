#include <algorithm>

#include "json_text.hpp"

namespace dockerlite::config::json {
namespace {

/// How the members of an object are laid out: what stands before each key, and what before the closing brace.
struct Layout {
  std::string before_key, before_close, after_colon;
  std::string unit;  ///< one level of indentation
  bool lines() const { return before_key.find('\n') != std::string::npos; }
};

/// For an object that was empty. No indentation around it: everything goes on one line.
Layout default_layout(std::size_t depth, const std::string& unit) {
  if (unit.empty()) return {"", "", "", ""};
  Layout layout{"\n", "\n", " ", unit};
  for (std::size_t i = 0; i < depth; ++i) {
    layout.before_key += unit;
    if (i + 1 < depth) layout.before_close += unit;
  }
  return layout;
}

/// The layout that `object`, `depth` levels deep (1 is the outermost), has, seen at its first member.
Layout layout_of(std::string_view object, const std::vector<Member>& list, std::size_t depth) {
  Layout layout;
  layout.before_key = object.substr(1, list.front().begin - 1);
  const std::string_view last = list.back().value;
  const auto end = static_cast<std::size_t>(last.data() - object.data()) + last.size();
  layout.before_close = object.substr(end, object.size() - end - 1);
  const auto colon = object.find(':', list.front().key_end);
  layout.after_colon =
      object.substr(colon + 1, static_cast<std::size_t>(list.front().value.data() - object.data()) - colon - 1);
  const auto line = layout.before_key.rfind('\n');
  if (line == std::string::npos) return layout;
  const std::string indent = layout.before_key.substr(line + 1);
  layout.unit = indent.size() % depth == 0 ? indent.substr(0, indent.size() / depth) : "\t";
  return layout;
}

/// `value`, written for the outermost level with tabs, as it looks `depth` levels deep.
std::string indented(std::string_view value, std::size_t depth, const Layout& layout) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\n') {
      out += value[i];
      continue;
    }
    std::size_t level = depth;
    while (i + 1 < value.size() && value[i + 1] == '\t') {
      ++level;
      ++i;
    }
    if (!layout.lines()) continue;
    out += '\n';
    while (level-- > 0) out += layout.unit;
  }
  return out;
}

const Member* find_member(const std::vector<Member>& list, std::string_view key) {
  const Member* found = nullptr;
  for (const Member& member : list)
    if (member.key == key) found = &member;
  return found;
}

std::string set_in_object(std::string_view object, const std::vector<std::string>& path, std::size_t depth,
                          std::string_view value, Position position, const std::string& parent_unit) {
  const auto list = members(object);
  const Layout layout = list.empty() ? default_layout(depth, parent_unit) : layout_of(object, list, depth);
  const std::string& key = path[depth - 1];
  const bool leaf = depth == path.size();
  if (const Member* member = find_member(list, key)) {
    const bool nested = kind(member->value) == Kind::object;
    const std::string changed =
        leaf ? indented(value, depth, layout)
             : set_in_object(nested ? member->value : "{}", path, depth + 1, value, position, layout.unit);
    const auto at = static_cast<std::size_t>(member->value.data() - object.data());
    return std::string(object.substr(0, at)) + changed + std::string(object.substr(at + member->value.size()));
  }
  const std::string added =
      quote(key) + ":" + layout.after_colon +
      (leaf ? indented(value, depth, layout) : set_in_object("{}", path, depth + 1, value, position, layout.unit));
  if (list.empty()) return "{" + layout.before_key + added + layout.before_close + "}";
  const auto next = position == Position::first ? list.begin()
                    : position == Position::last
                        ? list.end()
                        : std::find_if(list.begin(), list.end(), [&](const Member& m) { return m.key > key; });
  if (next == list.end()) {
    const std::string_view last = list.back().value;
    const auto at = static_cast<std::size_t>(last.data() - object.data()) + last.size();
    return std::string(object.substr(0, at)) + "," + layout.before_key + added + std::string(object.substr(at));
  }
  return std::string(object.substr(0, next->begin)) + added + "," + layout.before_key +
         std::string(object.substr(next->begin));
}

std::string remove_from_object(std::string_view object, const std::vector<std::string>& path, std::size_t depth) {
  const auto list = members(object);
  const Member* member = find_member(list, path[depth - 1]);
  if (member == nullptr) return std::string(object);
  const auto at = static_cast<std::size_t>(member->value.data() - object.data());
  if (depth < path.size()) {
    if (kind(member->value) != Kind::object) return std::string(object);
    return std::string(object.substr(0, at)) + remove_from_object(member->value, path, depth + 1) +
           std::string(object.substr(at + member->value.size()));
  }
  if (list.size() == 1) return "{}";
  if (member == &list.back()) {
    const std::string_view before = (member - 1)->value;
    const auto end = static_cast<std::size_t>(before.data() - object.data()) + before.size();
    return std::string(object.substr(0, end)) + std::string(object.substr(at + member->value.size()));
  }
  return std::string(object.substr(0, member->begin)) + std::string(object.substr((member + 1)->begin));
}

/// Applies `change` to the document's first value and leaves what stands around it.
template <class Change>
std::string change_document(std::string_view document, Change change) {
  const auto value = first_value(document);
  if (!value || kind(*value) != Kind::object) return change(std::string_view("{}"));
  const auto at = static_cast<std::size_t>(value->data() - document.data());
  return std::string(document.substr(0, at)) + change(*value) + std::string(document.substr(at + value->size()));
}

}  // namespace

std::string set_member(std::string_view document, const std::vector<std::string>& path, std::string_view value,
                       Position position) {
  return change_document(
      document, [&](std::string_view object) { return set_in_object(object, path, 1, value, position, "\t"); });
}

std::string remove_member(std::string_view document, const std::vector<std::string>& path) {
  return change_document(document, [&](std::string_view object) { return remove_from_object(object, path, 1); });
}

}  // namespace dockerlite::config::json
