#include "client_version.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/system.hpp"
#include "dockerlite/format/template.hpp"
#include "info_client.hpp"
#include "info_report.hpp"

namespace dockerlite::command {
namespace {

struct InfoOptions {
  std::string format;
  std::vector<std::string> arguments;
  bool operator==(const InfoOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&InfoOptions::format>("format", 'f', "Print by a Go `template`, or as JSON with 'json'"),
};
static_assert(cli::valid_options(kOptions));

using format::Field;
using format::Kind;
using format::Type;
using format::Value;
namespace types = format::types;

constexpr Type kSystemInfoPointer{.kind = Kind::pointer, .element = &engine::kSystemInfo};
constexpr Field kFields[] = {{"Info", &kSystemInfoPointer, "", true, true},
                             {"ServerErrors", &types::string_slice, "", true},
                             {"UserName", &types::string, "-"},
                             {"ClientInfo", &kClientInfoPointer, "", true},
                             {"ClientErrors", &types::string_slice, "", true}};
constexpr Type kInfo{.kind = Kind::structure, .name = "system.dockerInfo", .fields = kFields};
constexpr Field kSparseFields[] = {{"ClientInfo", &kClientInfoPointer, "", true},
                                   {"ClientErrors", &types::string_slice, "", true}};
constexpr Type kSparseInfo{.kind = Kind::structure, .name = "system.sparseInfo", .fields = kSparseFields};

/// docker does not ask the engine for a template that the client's half alone satisfies.
bool needs_server(std::string_view format, const format::Template& tmpl, const Value& client) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  bool has_field = false;
  for (std::size_t i = 0; i + 1 < format.size(); ++i)
    has_field = has_field || (format[i] == '.' && letter(format[i + 1]));
  if (!has_field) return true;
  std::string ignored;
  return !tmpl.execute(Value::structure({client, Value::nil(types::string_slice)}, kSparseInfo), ignored);
}

/// Both messages, one a line, and the exit code of whichever has one.
Result<void> join(Result<void> first, Result<void> second) {
  if (first || second) return first ? std::move(second) : std::move(first);
  first.error().message += "\n" + second.error().message;
  if (first.error().exit_code == 0) first.error().exit_code = second.error().exit_code;
  return first;
}

Result<void> run_template(Context& context, const std::string& text) {
  const std::string format = text == "json" ? "{{json .}}" : text;
  const auto tmpl = format::Template::parse(format);
  const Value client = client_info(context, find_plugins(context));
  std::vector<Value> server_errors;
  Result<void> connected;
  Result<Value> server = error("");
  if (!tmpl || needs_server(format, *tmpl, client)) {
    DL_TRY(engine::Client* const engine, context.engine());
    server = engine::system_info(*engine);
    if (!server && server.error().kind == ErrorKind::connection) {
      connected = server.error();
    } else if (!server) {
      context.io.err.write(server.error().message + "\n");
      server_errors.push_back(Value::string(server.error().message));
    }
  }
  if (!tmpl)
    return join(std::move(connected),
                Error{ErrorKind::generic, "template parsing error: " + tmpl.error().message, 0, 64});
  const Value data = Value::structure(
      {Value::pointer(server ? *server : engine::no_system_info(), kSystemInfoPointer),
       server_errors.empty() ? Value::nil(types::string_slice) : Value::slice(server_errors, types::string_slice),
       Value::string(""), client, Value::nil(types::string_slice)},
      kInfo);
  std::string out;
  Result<void> executed = tmpl->execute(data, out);
  context.io.out.write(out + "\n");
  return join(std::move(connected), std::move(executed));
}

void print_client(Context& context, const std::vector<config::Plugin>& plugins) {
  std::string out = "Client:\n Version:    " + std::string(engine::kClientVersion) +
                    "\n Context:    " + context.context_name() +
                    "\n Debug Mode: " + (client_debug(context) ? "true" : "false") + "\n";
  std::string warnings;
  if (!plugins.empty()) out += " Plugins:\n";
  for (const config::Plugin& plugin : plugins) {
    if (!plugin.error.empty()) {
      warnings += "WARNING: Plugin " + util::go_quote(plugin.path) + " is not valid: " + plugin.error + "\n";
      continue;
    }
    out += "  " + plugin.name + ": " + plugin.short_description + " (" + plugin.vendor + ")\n";
    if (!plugin.version.empty()) out += "    Version:  " + plugin.version + "\n";
    out += "    Path:     " + plugin.path + "\n";
  }
  context.io.out.write(out);
  if (!warnings.empty()) context.io.err.write(warnings);
  context.io.out.write("\nServer:\n");
}

Result<void> run_report(Context& context) {
  const std::vector<config::Plugin> plugins = find_plugins(context);
  DL_TRY(engine::Client* const engine, context.engine());
  const Result<Value> info = engine::system_info(*engine);
  print_client(context, plugins);

  std::vector<std::string> errors;
  if (info) {
    const auto auths = context.config().auths();
    const auto hub = auths.find("https://index.docker.io/v1/");
    InfoReport report = info_report(*info, client_debug(context), hub == auths.end() ? "" : hub->second.username);
    context.io.out.write(report.text);
    for (const Value& warning : info->field("Warnings")->elements()) context.io.err.write(warning.as_string() + "\n");
    errors = std::move(report.errors);
  } else if (info.error().kind == ErrorKind::connection) {
    return info.error();
  } else {
    errors.push_back(info.error().message);
  }
  if (errors.empty()) return {};
  for (const std::string& message : errors) context.io.err.write("ERROR: " + message + "\n");
  return error("errors pretty printing info");
}

Result<void> run(Context& context, InfoOptions& options) {
  return options.format.empty() ? run_report(context) : run_template(context, options.format);
}

constexpr std::string_view kNames[] = {"system info", "info"};

}  // namespace

constinit const cli::CommandSpec system_info = cli::make_command<InfoOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS]",
    .summary = "Show what the client and the engine are and can do",
    .options = kOptions,
    .arguments = cli::Arguments::none(),
});

}  // namespace dockerlite::command
