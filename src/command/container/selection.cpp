#include "selection.hpp"

#include "../confirm.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

/// The name that is not a link's, without its slash; the ID if there is none.
std::string shown_name(const engine::ContainerSummary& container) {
  for (const auto& name : container.names) {
    const std::string_view plain = util::trim_left(name, "/");
    if (!plain.empty() && !util::contains(plain, "/")) return std::string(plain);
  }
  return container.id;
}

std::string question(const std::vector<std::string>& names, std::string_view verb) {
  std::string text = "This will ";
  text.append(verb).append(names.size() == 1 ? " 1 container:\n"
                                             : " " + std::to_string(names.size()) + " containers:\n");
  for (const auto& name : names) text.append("  - ").append(name).append("\n");
  return text.append("Are you sure you want to continue?");
}

}  // namespace

Result<std::vector<std::string>> select_containers(Context& context, const std::vector<std::string>& names, bool all,
                                                   const opts::FilterOption& filter, std::string_view verb,
                                                   bool running) {
  if (!all && filter.empty()) return names;
  if (!names.empty()) return error("conflicting options: cannot specify both containers and --all or --filter");
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(const std::string answer, engine->call(engine::list_containers({.all = !running, .filters = filter.filters})));
  DL_TRY(const auto containers, engine::decode_containers(answer));
  std::vector<std::string> selected;
  selected.reserve(containers.size());
  for (const auto& container : containers) selected.push_back(shown_name(container));
  if (!selected.empty() && context.io.in.is_terminal()) DL_CHECK(confirm(context, question(selected, verb)));
  return selected;
}

}  // namespace dockerlite::command
