#include "dockerlite/engine/interactive.hpp"

#include "decode.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/util/strings.hpp"
#include "json_writer.hpp"

namespace dockerlite::engine {
namespace {

using transport::Method;
using transport::Request;

constexpr std::string_view kJson = "application/json";

Result<Request> container_request(Method method, std::string_view name, std::string_view action) {
  DL_TRY(std::string path, container_path(name, action));
  return Request{.method = method, .path = std::move(path)};
}

void add_size(Request& request, ConsoleSize size) {
  request.query.add("h", std::to_string(size[0])).add("w", std::to_string(size[1]));
}

bool flag_at(const nlohmann::json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_boolean() && at->get<bool>();
}

nlohmann::json object_at(const nlohmann::json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_object() ? *at : nlohmann::json::object();
}

Result<nlohmann::json> decode_object(std::string_view body, std::string_view go_type) {
  DL_TRY(nlohmann::json document, decode_document(body));
  if (document.is_null()) return nlohmann::json::object();
  if (!document.is_object()) return unexpected_kind(document.type_name(), go_type);
  return document;
}

void write_console_size(JsonWriter& json, const ExecOptions& options) {
  if (!options.console_size) return;
  json.key("ConsoleSize").begin_array();
  for (const unsigned side : *options.console_size) json.value(side);
  json.end_array();
}

}  // namespace

Result<Request> inspect_container(std::string_view name) { return container_request(Method::get, name, "json"); }

Result<ContainerState> decode_container_state(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_object(body, "container.InspectResponse"));
  const nlohmann::json config = object_at(document, "Config");
  const nlohmann::json state = object_at(document, "State");
  return ContainerState{.id = text_at(document, "Id"),
                        .tty = flag_at(config, "Tty"),
                        .open_stdin = flag_at(config, "OpenStdin"),
                        .running = flag_at(state, "Running"),
                        .paused = flag_at(state, "Paused"),
                        .restarting = flag_at(state, "Restarting"),
                        .auto_remove = flag_at(object_at(document, "HostConfig"), "AutoRemove")};
}

Result<Request> attach_container(std::string_view name, const AttachOptions& options) {
  DL_TRY(Request request, container_request(Method::post, name, "attach"));
  request.query.add("stream", "1");
  if (options.in) request.query.add("stdin", "1");
  if (options.out) request.query.add("stdout", "1");
  if (options.err) request.query.add("stderr", "1");
  if (!options.detach_keys.empty()) request.query.add("detachKeys", options.detach_keys);
  request.content_type = "text/plain";
  return request;
}

Result<Request> wait_container(std::string_view name, std::string_view condition) {
  DL_TRY(Request request, container_request(Method::post, name, "wait"));
  if (!condition.empty()) request.query.add("condition", std::string(condition));
  return request;
}

Result<WaitResult> decode_wait_result(std::string_view body) {
  auto document = decode_object(body, "container.WaitResponse");
  if (!document) {
    // A proxy that gives up in the middle of a wait can only say so in the body.
    if (document.error().message.starts_with("invalid character")) return error(std::string(body));
    return std::move(document).error();
  }
  WaitResult result{.status = integer_at(*document, "StatusCode"), .error = std::nullopt};
  if (const auto failure = document->find("Error"); failure != document->end() && failure->is_object())
    result.error = text_at(*failure, "Message");
  return result;
}

Request container_events(const std::string& id) {
  Request request{.method = Method::get, .path = "/events"};
  request.query.add("filters", filters_json({{"container", {id}}, {"type", {"container"}}}));
  return request;
}

Result<void> ExitEvents::take(std::string_view event) {
  DL_TRY(const nlohmann::json document, decode_object(event, "events.Message"));
  const std::string what = text_at(document, "status");
  if (what == "die") {
    ended_ = !until_removed_;
    const nlohmann::json attributes = object_at(object_at(document, "Actor"), "Attributes");
    if (const auto status = util::parse_uint(text_at(attributes, "exitCode"), 10, 31))
      status_ = static_cast<std::int64_t>(*status);
  } else if (what == "detach") {
    status_ = 0;
    ended_ = true;
  } else if (what == "destroy") {
    ended_ = true;
  }
  return {};
}

Result<Request> start_container(std::string_view name, std::string_view checkpoint,
                                std::string_view checkpoint_directory) {
  DL_TRY(Request request, container_request(Method::post, name, "start"));
  if (!checkpoint.empty()) request.query.add("checkpoint", std::string(checkpoint));
  if (!checkpoint_directory.empty()) request.query.add("checkpoint-dir", std::string(checkpoint_directory));
  return request;
}

Result<Request> remove_container(std::string_view name, bool force) {
  DL_TRY(Request request, container_request(Method::del, name, ""));
  if (force) request.query.add("force", "1");
  request.query.add("v", "1");
  return request;
}

Result<Request> kill_container(std::string_view name, std::string_view signal) {
  DL_TRY(Request request, container_request(Method::post, name, "kill"));
  if (!signal.empty()) request.query.add("signal", std::string(signal));
  return request;
}

Result<Request> resize_container(std::string_view name, ConsoleSize size) {
  DL_TRY(Request request, container_request(Method::post, name, "resize"));
  add_size(request, size);
  return request;
}

Request resize_exec(std::string_view exec_id, ConsoleSize size) {
  Request request{.method = Method::post, .path = object_path("exec", exec_id, "resize")};
  add_size(request, size);
  return request;
}

Result<Request> create_exec(std::string_view name, const ExecOptions& options) {
  DL_TRY(Request request, container_request(Method::post, name, "exec"));
  JsonWriter json;
  json.begin_object();
  json.member("User", options.user);
  json.member("Privileged", options.privileged);
  json.member("Tty", options.tty);
  write_console_size(json, options);
  json.member("AttachStdin", options.in);
  json.member("AttachStderr", options.err);
  json.member("AttachStdout", options.out);
  json.member("Detach", options.detach);
  json.member("DetachKeys", options.detach_keys);
  json.member_or_null("Env", options.env);
  json.member("WorkingDir", options.working_directory);
  json.member_or_null("Cmd", options.command);
  json.end_object();
  request.body = json.take() + "\n";
  request.content_type = kJson;
  return request;
}

Request start_exec(std::string_view exec_id, const ExecOptions& options) {
  Request request{.method = Method::post, .path = object_path("exec", exec_id, "start")};
  JsonWriter json;
  json.begin_object();
  json.member("Detach", options.detach);
  json.member("Tty", options.tty);
  write_console_size(json, options);
  json.end_object();
  request.body = json.take() + "\n";
  request.content_type = kJson;
  return request;
}

Request inspect_exec(std::string_view exec_id) {
  return Request{.method = Method::get, .path = object_path("exec", exec_id, "json")};
}

Result<std::string> decode_exec_id(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_object(body, "container.ExecCreateResponse"));
  return text_at(document, "Id");
}

Result<std::int64_t> decode_exec_exit_code(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_object(body, "container.ExecInspect"));
  return integer_at(document, "ExitCode");
}

Result<Request> container_logs(std::string_view name, const LogsOptions& options) {
  DL_TRY(Request request, container_request(Method::get, name, "logs"));
  request.query.add("stdout", "1").add("stderr", "1");
  if (!options.since.empty()) request.query.add("since", options.since);
  if (!options.until.empty()) request.query.add("until", options.until);
  if (options.timestamps) request.query.add("timestamps", "1");
  if (options.details) request.query.add("details", "1");
  if (options.follow) request.query.add("follow", "1");
  request.query.add("tail", options.tail);
  return request;
}

}  // namespace dockerlite::engine
