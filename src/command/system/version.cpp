#include "client_version.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/system.hpp"
#include "dockerlite/format/list_format.hpp"

namespace dockerlite::command {
namespace {

struct VersionOptions {
  std::string format;
  std::vector<std::string> arguments;
  bool operator==(const VersionOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&VersionOptions::format>("format", 'f', "Print by a Go `template`, or as JSON with 'json'"),
};
static_assert(cli::valid_options(kOptions));

using format::Field;
using format::Kind;
using format::Type;
using format::Value;

constexpr Type kServerPointer{.kind = Kind::pointer, .element = &engine::kServerVersion};
constexpr Field kFields[] = {{"Client", &kClientVersionType}, {"Server", &kServerPointer}};
constexpr Type kVersions{.kind = Kind::structure, .name = "system.versionInfo", .fields = kFields};

/// docker's own layout; columns are aligned afterwards.
class Report {
 public:
  std::string text;

  void line(std::string_view label, const std::string& value) { text.append(label) += ":\t" + value + "\n"; }

  void client(const Value& client) {
    const auto field = [&](const char* name) { return client.field(name)->as_string(); };
    text += "Client:\n";
    line(" Version", field("Version"));
    std::string api = field("APIVersion");
    if (api != field("DefaultAPIVersion")) api += " (downgraded from " + field("DefaultAPIVersion") + ")";
    line(" API version", api);
    line(" Go version", field("GoVersion"));
    line(" Git commit", field("GitCommit"));
    line(" Built", field("BuildTime"));
    line(" OS/Arch", field("Os") + "/" + field("Arch"));
    line(" Context", field("Context"));
  }

  void server(const Value& server) {
    const std::string& platform = server.field("Platform")->field("Name")->as_string();
    text += platform.empty() ? "\nServer:\n" : "\nServer: " + platform + "\n";
    for (const Value& component : server.field("Components")->elements()) {
      const std::string& name = component.field("Name")->as_string();
      text += " " + name + ":\n";
      line("  Version", component.field("Version")->as_string());
      if (name == "Engine")
        engine(*component.field("Details"));
      else
        for (const auto& [key, value] : component.field("Details")->entries()) line("  " + key, value.as_string());
    }
  }

 private:
  void engine(const Value& details) {
    const auto detail = [&](const char* key) {
      const Value* value = details.is_nil() ? nullptr : details.find(key);
      return value == nullptr ? std::string() : value->as_string();
    };
    line("  API version", detail("ApiVersion") + " (minimum version " + detail("MinAPIVersion") + ")");
    line("  Go version", detail("GoVersion"));
    line("  Git commit", detail("GitCommit"));
    line("  Built", detail("BuildTime"));
    line("  OS/Arch", detail("Os") + "/" + detail("Arch"));
    line("  Experimental", detail("Experimental"));
  }
};

Result<void> run(Context& context, VersionOptions& options) {
  const std::string format = options.format == "json" ? "{{json .}}" : options.format;
  auto tmpl = format::Template::parse(format, "version");
  if (!tmpl) return Error{ErrorKind::generic, "template parsing error: " + tmpl.error().message, 0, 64};

  DL_TRY(engine::Client* const engine, context.engine());
  const Value client = client_version(context, engine->api_version());
  Result<Value> server = engine::server_version(*engine);

  std::string text;
  Result<void> executed;
  if (format.empty()) {
    Report report;
    report.client(client);
    if (server) report.server(*server);
    text = std::move(report.text);
  } else {
    const Value shown = server ? Value::pointer(*server, kServerPointer) : Value::nil(kServerPointer);
    executed = tmpl->execute(Value::structure({client, shown}, kVersions), text);
    text += '\n';
  }
  std::string aligned;
  format::append_aligned(aligned, text, 20, 1);
  context.io.out.write(aligned);
  if (!server) return std::move(server).error();
  return executed;
}

constexpr std::string_view kNames[] = {"version"};

}  // namespace

constinit const cli::CommandSpec system_version = cli::make_command<VersionOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS]",
    .summary = "Show the versions of the client and the engine",
    .options = kOptions,
    .arguments = cli::Arguments::none(),
});

}  // namespace dockerlite::command
