#include "dockerlite/engine/progress.hpp"

#include <nlohmann/json.hpp>

#include "dockerlite/format/json_indent.hpp"
#include "dockerlite/format/units.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {
namespace {

using Json = nlohmann::json;

// Reads fields into plain members; the first value of the wrong type is the error, in Go's words. A null leaves a
// member alone.
class FieldReader {
 public:
  FieldReader(const Json& object, std::string_view type) : object_(object), type_(type) {}

  void read(const char* name, std::string& target) {
    if (const Json* value = find(name, "string", &Json::is_string)) target = value->get_ref<const std::string&>();
  }
  void read(const char* name, std::int64_t& target) {
    if (const Json* value = find(name, "int64", &Json::is_number_integer)) target = value->get<std::int64_t>();
  }
  void read(const char* name, bool& target) {
    if (const Json* value = find(name, "bool", &Json::is_boolean)) target = value->get<bool>();
  }
  const Json* object(const char* name, std::string_view type) { return find(name, type, &Json::is_object); }

  const std::optional<Error>& failure() const { return failure_; }

 private:
  const Json* find(const char* name, std::string_view wanted, bool (Json::*is)() const noexcept) {
    const auto at = object_.find(name);
    if (at == object_.end() || at->is_null()) return nullptr;
    if (((*at).*is)()) return &*at;
    if (!failure_)
      failure_ = error("json: cannot unmarshal " + std::string(at->is_boolean() ? "bool" : at->type_name()) +
                       " into Go struct field " + std::string(type_) + "." + name + " of type " + std::string(wanted));
    return nullptr;
  }

  const Json& object_;
  std::string_view type_;
  std::optional<Error> failure_;
};

std::string with_valid_utf8(std::string_view text) {
  std::string valid;
  for (std::size_t at = 0; at < text.size();) util::append_utf8(valid, util::decode_utf8(text, at));
  return valid;
}

}  // namespace

Result<term::ProgressMessage> decode_progress(std::string_view json) {
  Json document = Json::parse(json, nullptr, false);
  if (document.is_discarded()) {
    std::string compact;
    if (auto well_formed = format::compact_json(compact, json); !well_formed) return std::move(well_formed).error();
    document = Json::parse(with_valid_utf8(compact), nullptr, false);  // Go, too, reads bad bytes as U+FFFD
    if (document.is_discarded()) return error("the engine sent a message that is no valid JSON");
  }
  term::ProgressMessage message;
  if (document.is_null()) return message;
  if (!document.is_object())
    return error("json: cannot unmarshal " + std::string(document.is_boolean() ? "bool" : document.type_name()) +
                 " into Go value of type jsonmessage.JSONMessage");

  FieldReader fields(document, "JSONMessage");
  fields.read("stream", message.stream);
  fields.read("status", message.status);
  fields.read("progress", message.progress);
  fields.read("id", message.id);
  fields.read("from", message.from);
  fields.read("time", message.time);
  fields.read("timeNano", message.time_nano);
  if (const Json* detail = fields.object("progressDetail", "jsonmessage.JSONProgress")) {
    message.detail.emplace();
    FieldReader inner(*detail, "JSONMessage.progressDetail");
    inner.read("current", message.detail->current);
    inner.read("total", message.detail->total);
    inner.read("start", message.detail->start);
    inner.read("hidecounts", message.detail->hide_counts);
    inner.read("units", message.detail->units);
    if (inner.failure()) return *inner.failure();
  }
  if (const Json* failure = fields.object("errorDetail", "jsonmessage.JSONError")) {
    message.error.emplace();
    FieldReader inner(*failure, "JSONMessage.errorDetail");
    inner.read("message", *message.error);
    if (inner.failure()) return *inner.failure();
  }
  if (const auto aux = document.find("aux"); aux != document.end() && !aux->is_null())
    message.aux = aux->dump(-1, ' ', false, Json::error_handler_t::replace);
  if (fields.failure()) return *fields.failure();
  return message;
}

ProgressSink::ProgressSink(term::OutputStream* out, const util::Clock& clock, OnAux on_aux)
    : out_(out), on_aux_(std::move(on_aux)), on_value_([this](std::string_view json) { return take(json); }) {
  if (out != nullptr) display_.emplace(*out, clock, &format::human_size);
}

bool ProgressSink::on_head(const transport::ResponseHead&) { return true; }

Result<void> ProgressSink::take(std::string_view json) {
  DL_TRY(const term::ProgressMessage message, decode_progress(json));
  if (message.aux) {
    if (on_aux_) on_aux_(*message.aux);
    return {};
  }
  if (message.error) return error(*message.error);
  if (display_) display_->show(message);
  return {};
}

bool ProgressSink::on_data(std::string_view bytes) {
  if (auto fed = splitter_.feed(bytes, on_value_); !fed) failure_ = std::move(fed).error();
  if (out_ != nullptr) {
    if (auto flushed = out_->flush(); !flushed && !failure_) failure_ = std::move(flushed).error();
  }
  return !failure_;
}

Result<void> ProgressSink::finish(Result<void> transfer) {
  if (failure_) return *std::move(failure_);
  if (!transfer) return transfer;
  DL_CHECK(splitter_.finish(on_value_));
  if (out_ != nullptr) return out_->flush();
  return {};
}

}  // namespace dockerlite::engine
