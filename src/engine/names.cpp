#include "dockerlite/engine/names.hpp"

#include <span>

#include "json_reader.hpp"

namespace dockerlite::engine {
namespace {

void read_names(JsonReader& reader, std::span<const std::string_view> path, std::vector<std::string>& names) {
  if (path.empty() && reader.peek() == '"') {
    names.push_back(reader.string());
  } else if (path.empty() && reader.peek() == '[') {
    constexpr std::string_view kName[] = {"Name"};
    for (reader.begin_array(); reader.next_element();)
      read_names(reader, reader.peek() == '{' ? std::span(kName) : path, names);
  } else {
    for (reader.begin_object(); reader.next_member();) {
      if (!path.empty() && reader.key() == path[0])
        read_names(reader, path.subspan(1), names);
      else
        reader.skip();
    }
  }
}

}  // namespace

Result<std::vector<std::string>> decode_names(std::string_view body, std::initializer_list<std::string_view> path) {
  JsonReader reader(body);
  std::vector<std::string> names;
  read_names(reader, {path.begin(), path.size()}, names);
  if (reader.failed()) return error("the engine's answer is no JSON");
  return names;
}

}  // namespace dockerlite::engine
