#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// What Go's decoder says about an answer that is no JSON value: `EOF`, `unexpected EOF`, `invalid character '<'
/// looking for beginning of value`.
Error decode_error(std::string_view body);
/// The value's kind is not the one expected: `json: cannot unmarshal object into Go value of type []container.Summary`.
Error unexpected_kind(std::string_view kind, std::string_view go_type);

/// A small answer as a document; the errors are those of decode_error.
Result<nlohmann::json> decode_document(std::string_view body);

/// A member of an object, or its default if it is absent, null or of another type.
std::string text_at(const nlohmann::json& object, const char* key);
std::int64_t integer_at(const nlohmann::json& object, const char* key);
std::vector<std::string> texts_at(const nlohmann::json& object, const char* key);
std::vector<std::string> texts_of(const nlohmann::json& array);

}  // namespace dockerlite::engine
