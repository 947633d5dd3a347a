#include "dockerlite/config/context_names.hpp"

#include <dirent.h>

#include <algorithm>
#include <memory>

#include "dockerlite/config/endpoint.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"
#include "json_text.hpp"

namespace dockerlite::config {

std::vector<std::string> context_names(const std::string& config_directory) {
  std::vector<std::string> names;
  const std::string folder = config_directory + "/contexts/meta";
  const auto close = [](DIR* handle) { ::closedir(handle); };
  const std::unique_ptr<DIR, decltype(close)> entries(::opendir(folder.c_str()), close);
  while (const dirent* entry = entries ? ::readdir(entries.get()) : nullptr) {
    if (entry->d_name[0] == '.') continue;
    const auto text = util::read_file(folder + "/" + entry->d_name + "/meta.json");
    if (!text) continue;
    const auto document = json::first_value(*text);
    if (!document || json::kind(*document) != json::Kind::object) continue;
    const auto name = json::find(*document, "name");
    if (name && json::kind(*name) == json::Kind::string) names.push_back(json::decode_string(*name));
  }
  std::sort(names.begin(), names.end(), util::natural_less);
  names.emplace_back(kDefaultContext);
  return names;
}

}  // namespace dockerlite::config
