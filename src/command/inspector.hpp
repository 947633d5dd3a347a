#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/command/context.hpp"
#include "dockerlite/format/schema.hpp"
#include "dockerlite/format/value.hpp"

namespace dockerlite::command {

/// An object that is to be inspected.
struct InspectedObject {
  std::string json{};  ///< the engine's document
  /// What a template sees first. Without one, or where a template fails on it, the document itself is tried.
  std::optional<format::Schema::Root> schema{};
  /// False: the document is printed as the schema writes it, and is no second try for templates (volumes, as in
  /// docker).
  bool keep_json = true;
  /// An object that comes from no engine (contexts), instead of the document.
  format::Value value{};
};

using GetObject = std::function<Result<InspectedObject>(const std::string& reference)>;

/// Docker's inspect: gets each object in turn and prints all that were found, as an array indented by four ("" as
/// format), compact (`json`) or through a template with a newline after each. What was not found or failed comes back
/// as one error of several lines, after the output. A template that does not parse is an error with exit code 64,
/// before anything is asked for.
Result<void> inspect_objects(Context& context, const std::vector<std::string>& references, std::string_view format,
                             const GetObject& get);

/// What `inspect_objects` does first, for who has more to do before.
Result<void> check_inspect_format(std::string_view format);

/// The document of one kind of object from the engine: GET /collection/NAME[/json], with docker's check for empty
/// names.
Result<InspectedObject> get_object(engine::Client& engine, format::Schema::Root kind, std::string_view name,
                                   bool size = false);

/// `--as-run`: prints for each container the `docker run` line that would make it again.
Result<void> print_run_lines(Context& context, const std::vector<std::string>& references);

}  // namespace dockerlite::command
