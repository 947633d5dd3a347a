#include "json_writer.hpp"

#include "dockerlite/util/json.hpp"

namespace dockerlite::engine {

void JsonWriter::separate() {
  if (!first_) text_ += ',';
  first_ = false;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  value(name);
  text_ += ':';
  first_ = true;
  return *this;
}

void JsonWriter::open(char bracket) {
  separate();
  text_ += bracket;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  text_ += bracket;
  first_ = false;
}

void JsonWriter::raw(std::string_view token) {
  separate();
  text_ += token;
}

void JsonWriter::value(std::string_view text) {
  separate();
  util::append_json_string(text_, text, true);
}

void JsonWriter::value(const std::vector<std::string>& list) {
  begin_array();
  for (const auto& text : list) value(text);
  end_array();
}

void JsonWriter::value(const std::map<std::string, std::string>& map) {
  begin_object();
  for (const auto& [name, text] : map) member(name, text);
  end_object();
}

}  // namespace dockerlite::engine
