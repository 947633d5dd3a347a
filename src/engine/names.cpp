#include "dockerlite/engine/names.hpp"

#include "json_reader.hpp"

namespace dockerlite::engine {
namespace {

using Names = std::vector<std::string>;

void read_names(JsonReader& reader, Names& names) {
  for (reader.begin_array(); reader.next_element();) {
    for (reader.begin_object(); reader.next_member();) {
      if (reader.key() == "Name")
        names.push_back(reader.string());
      else
        reader.skip();
    }
  }
}

Result<Names> finished(const JsonReader& reader, Names names) {
  if (reader.failed()) return error("the engine's answer is no JSON");
  return names;
}

}  // namespace

Result<Names> decode_network_names(std::string_view body) {
  JsonReader reader(body);
  Names names;
  read_names(reader, names);
  return finished(reader, std::move(names));
}

Result<Names> decode_volume_names(std::string_view body) {
  JsonReader reader(body);
  Names names;
  for (reader.begin_object(); reader.next_member();) {
    if (reader.key() == "Volumes")
      read_names(reader, names);
    else
      reader.skip();
  }
  return finished(reader, std::move(names));
}

Result<Names> decode_plugin_names(std::string_view body, std::string_view kind) {
  JsonReader reader(body);
  Names names;
  for (reader.begin_object(); reader.next_member();) {
    if (reader.key() != "Plugins") {
      reader.skip();
      continue;
    }
    for (reader.begin_object(); reader.next_member();) {
      if (reader.key() != kind) {
        reader.skip();
        continue;
      }
      for (reader.begin_array(); reader.next_element();) names.push_back(reader.string());
    }
  }
  return finished(reader, std::move(names));
}

}  // namespace dockerlite::engine
