#include "cp_paths.hpp"

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {

CopyArgument split_argument(std::string_view argument) {
  const util::Cut parts = util::cut(argument, ":");
  if (argument.starts_with('/') || argument.starts_with('.') || !parts.found) return {"", std::string(argument)};
  return {std::string(parts.before), std::string(parts.after)};
}

std::string path_base(std::string_view path) {
  if (path.empty()) return ".";
  const auto last = path.find_last_not_of('/');
  if (last == std::string_view::npos) return "/";
  path = path.substr(0, last + 1);
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string path_directory(std::string_view path) { return util::clean_path(path.substr(0, path.rfind('/') + 1)); }

std::string join_path(std::string_view folder, std::string_view path) {
  return util::clean_path(std::string(folder) + "/" + std::string(path));
}

bool ends_with_separator(std::string_view path) { return path.ends_with('/'); }
bool names_current_folder(std::string_view path) { return path_base(path) == "."; }

std::string keep_folder_mark(std::string clean, std::string_view original) {
  if (!names_current_folder(clean) && names_current_folder(original)) {
    if (!ends_with_separator(clean)) clean += '/';
    clean += '.';
  }
  if (!ends_with_separator(clean) && ends_with_separator(original)) clean += '/';
  return clean;
}

PathParts split_path(std::string_view path) {
  std::string clean = util::clean_path(path);
  if (names_current_folder(path)) clean += "/.";
  return {path_directory(clean), path_base(clean)};
}

CopyEnd resolved_source(std::string_view asked, std::string resolved) {
  CopyEnd source{.path = std::move(resolved)};
  if (names_current_folder(asked) && !names_current_folder(source.path)) source.path += "/.";
  if (ends_with_separator(asked) && !ends_with_separator(source.path)) source.path += '/';
  if (path_base(asked) != path_base(source.path)) source.rebase_name = path_base(asked);
  return source;
}

Result<CopyPlan> plan_copy(const CopyEnd& source, const CopyEnd& destination) {
  if (destination.exists && destination.is_folder) return CopyPlan{.folder = destination.path};
  if (destination.exists && source.is_folder) return error("cannot copy directory");
  const bool folder_meant = ends_with_separator(destination.path) || names_current_folder(destination.path);
  if (!destination.exists && !source.is_folder && folder_meant) return error("no such directory");

  const PathParts to = split_path(destination.path);
  std::string from = source.rebase_name.empty() ? split_path(source.path).base : source.rebase_name;
  if (from == "/") from.clear();  // the entries of the root begin with the slash
  return CopyPlan{.folder = to.folder, .rename = {std::move(from), to.base}};
}

}  // namespace dockerlite::command
