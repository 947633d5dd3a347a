#include "inspector.hpp"

#include <map>

#include "batch.hpp"
#include "dockerlite/engine/as_run.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/format/json_indent.hpp"
#include "dockerlite/format/template.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

using Root = format::Schema::Root;

constexpr int kBadTemplate = 64;  // exit code

/// Gathers objects and prints them at the end.
class Inspector {
 public:
  static Result<Inspector> make(std::string_view format) {
    Inspector inspector;
    inspector.compact_ = format == "json";
    if (format.empty() || inspector.compact_) return inspector;
    auto parsed = format::Template::parse(format);
    if (!parsed) return Error{ErrorKind::generic, "template parsing error: " + parsed.error().message, 0, kBadTemplate};
    inspector.template_ = *std::move(parsed);
    return inspector;
  }

  Result<void> add(const InspectedObject& object) { return template_ ? add_text(object) : add_json(object); }

  Result<void> print(term::OutputStream& out) {
    if (template_) {
      out.write(text_.empty() ? "\n" : text_);
      return {};
    }
    text_ += ']';
    if (text_.size() == 1) text_ = "[]";
    std::string printed;
    DL_CHECK(compact_ ? format::compact_json(printed, text_) : format::indent_json(printed, text_));
    out.write(printed += '\n');
    return {};
  }

 private:
  Inspector() = default;

  /// The object as docker's types hold it; nothing if the document does not fit them.
  std::optional<format::Value> typed(const InspectedObject& object) {
    if (object.value.valid()) return object.value;
    if (!object.schema) return std::nullopt;
    const auto schema = schemas_.try_emplace(*object.schema, *object.schema).first;
    auto value = schema->second.decode(object.json);
    if (!value) return std::nullopt;
    return *std::move(value);
  }

  Result<void> add_json(const InspectedObject& object) {
    text_ += text_.empty() ? '[' : ',';
    const bool has_document = object.keep_json && !object.value.valid();
    const auto value = has_document ? std::nullopt : typed(object);
    if (value)
      value->append_json(text_, true);
    else
      text_ += object.json;
    return {};
  }

  Result<void> add_text(const InspectedObject& object) {
    const bool has_document = object.keep_json && !object.value.valid();
    std::string text;
    std::string cause;
    const auto value = typed(object);
    if (value) {
      const auto result = template_->execute(*value, text);
      if (result) {
        text_ += text += '\n';
        return {};
      }
      cause = result.error().message;
    }
    if (value && !has_document) return error("template parsing error: " + cause);
    const auto document = format::Value::from_json(object.json);
    if (!document) return error("unable to read inspect data: " + document.error().message);
    text.clear();
    if (auto result = template_->execute(*document, text, format::Template::MissingKey::error); !result)
      return error("template parsing error: " + result.error().message);
    text_ += text += '\n';
    return {};
  }

  bool compact_ = false;
  std::optional<format::Template> template_;
  std::map<Root, format::Schema> schemas_;
  std::string text_;
};

/// Where one kind of object lives in the API.
struct Place {
  std::string_view collection, action, noun;  ///< the noun as errors name it
};

Place place_of(Root kind) {
  switch (kind) {
    case Root::container:
      return {"containers", "json", "container"};
    case Root::image:
      return {"images", "json", "image"};
    case Root::network:
      return {"networks", "", "network"};
    case Root::volume:
      return {"volumes", "", "volume"};
    case Root::plugin:
      return {"plugins", "json", "plugin"};
    case Root::service:
      return {"services", "", "service"};
    case Root::task:
      return {"tasks", "", "task"};
    case Root::node:
      return {"nodes", "", "node"};
    case Root::secret:
      return {"secrets", "", "secret"};
    case Root::config:
      return {"configs", "", "config"};
    case Root::info:
    case Root::version:
      break;
  }
  return {};
}

}  // namespace

Result<InspectedObject> get_object(engine::Client& engine, Root kind, std::string_view name, bool size) {
  const Place place = place_of(kind);
  const std::string_view trimmed = kind == Root::image ? name : util::trim_space(name);
  if (trimmed.empty()) {
    if (kind == Root::image) return error(ErrorKind::not_found, "Error: No such image: ");
    return error("invalid " + std::string(place.noun) + " name or ID: value is empty");
  }
  transport::Request request{.path = engine::object_path(place.collection, trimmed, place.action)};
  if (size) request.query.add("size", "1");
  if (kind == Root::service) request.query.add("insertDefaults", "true");
  DL_TRY(std::string json, engine.call(std::move(request)));
  return InspectedObject{.json = std::move(json), .schema = kind};
}

Result<void> check_inspect_format(std::string_view format) {
  DL_CHECK(Inspector::make(format));
  return {};
}

Result<void> inspect_objects(Context& context, const std::vector<std::string>& references, std::string_view format,
                             const GetObject& get) {
  DL_TRY(Inspector inspector, Inspector::make(format));
  std::vector<Error> errors;
  for (const auto& reference : references) {
    auto object = get(reference);
    if (!object) {
      errors.push_back(std::move(object).error());
    } else if (auto result = inspector.add(*object); !result) {
      errors.push_back(std::move(result).error());
    }
  }
  if (auto printed = inspector.print(context.io.out); !printed) errors.push_back(std::move(printed).error());
  return join_errors(std::move(errors));
}

Result<void> print_run_lines(Context& context, const std::vector<std::string>& references) {
  DL_TRY(engine::Client* const engine, context.engine());
  engine::RunDefaults defaults;
  // An engine that does not say what its defaults are leaves them in the line.
  if (const auto info = engine->call({.path = "/info"})) {
    if (const auto document = format::Value::from_json(*info); document && document->kind() == format::Kind::map) {
      const auto member = [&](std::string_view name) {
        const auto* value = document->find(name);
        return value != nullptr && value->kind() == format::Kind::string ? value->as_string() : std::string();
      };
      defaults.log_driver = member("LoggingDriver");
      defaults.runtime = member("DefaultRuntime");
      defaults.cgroup_version = member("CgroupVersion");
    }
  }
  std::vector<Error> errors;
  for (const auto& reference : references) {
    const auto line = [&]() -> Result<std::string> {
      DL_TRY(const InspectedObject container, get_object(*engine, Root::container, reference));
      DL_TRY(const format::Value document, format::Value::from_json(container.json));
      defaults.image_json.clear();
      const auto* image = document.kind() == format::Kind::map ? document.find("Image") : nullptr;
      if (image != nullptr && image->kind() == format::Kind::string)
        if (auto found = get_object(*engine, Root::image, image->as_string()))
          defaults.image_json = std::move(found->json);
      return engine::run_line(container.json, defaults);
    }();
    if (line)
      context.io.out.write(*line + "\n");
    else
      errors.push_back(line.error());
  }
  return join_errors(std::move(errors));
}

}  // namespace dockerlite::command
