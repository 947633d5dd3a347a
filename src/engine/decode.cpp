#include "decode.hpp"

#include <utility>

#include "dockerlite/format/json_indent.hpp"

namespace dockerlite::engine {

Error decode_error(std::string_view body) {
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return error("EOF");
  std::string compact;
  if (auto valid = format::compact_json(compact, body); !valid) {
    if (valid.error().message == "unexpected end of JSON input") return error("unexpected EOF");
    return std::move(valid).error();
  }
  return error("the engine's answer is not valid UTF-8");
}

Error unexpected_kind(std::string_view kind, std::string_view go_type) {
  return error(std::string("json: cannot unmarshal ").append(kind).append(" into Go value of type ").append(go_type));
}

Result<nlohmann::json> decode_document(std::string_view body) {
  nlohmann::json document = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
  if (document.is_discarded()) return decode_error(body);
  return document;
}

std::string text_at(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto member = object.find(key);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

std::int64_t integer_at(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return 0;
  const auto member = object.find(key);
  return member != object.end() && member->is_number() ? member->get<std::int64_t>() : 0;
}

std::vector<std::string> texts_of(const nlohmann::json& array) {
  std::vector<std::string> texts;
  for (const auto& element : array) {
    if (element.is_string()) texts.push_back(element.get<std::string>());
  }
  return texts;
}

std::vector<std::string> texts_at(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto member = object.find(key);
  return member != object.end() && member->is_array() ? texts_of(*member) : std::vector<std::string>();
}

}  // namespace dockerlite::engine
