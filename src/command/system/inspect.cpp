#include <algorithm>
#include <optional>

#include "../inspector.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/format/value.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

struct InspectOptions {
  std::string format;
  std::optional<std::string> type;
  bool size{}, as_run{};
  std::vector<std::string> arguments;
  bool operator==(const InspectOptions&) const = default;
};

constexpr std::string_view kTypeWords = "config container image network node plugin secret service task volume";

constexpr std::array kOptions{
    cli::option<&InspectOptions::as_run>("as-run", 0, "Print the run command that would make the container again")
        .as_extra(),
    cli::option<&InspectOptions::format>(
        "format", 'f', "Print through a template, or compactly with \"json\", instead of indented JSON"),
    cli::option<&InspectOptions::size>("size", 's', "Let the engine measure the files of containers"),
    cli::option<&InspectOptions::type>("type", 0, "Look among objects of this type only").with_choices(kTypeWords),
};
static_assert(cli::valid_options(kOptions));

using Root = format::Schema::Root;

struct ObjectType {
  std::string_view name;
  Root root;
  bool of_swarm;
};

// In the order in which docker tries them.
constexpr ObjectType kTypes[] = {
    {"container", Root::container, false},
    {"image", Root::image, false},
    {"network", Root::network, false},
    {"volume", Root::volume, false},
    {"service", Root::service, true},
    {"task", Root::task, true},
    {"node", Root::node, true},
    {"plugin", Root::plugin, false},
    {"secret", Root::secret, true},
    {"config", Root::config, true},
};

bool is_type(std::string_view name) {
  return std::any_of(std::begin(kTypes), std::end(kTypes), [&](const ObjectType& t) { return t.name == name; });
}

/// Another type may still have the object.
bool may_go_on(const Error& error) {
  return error.http_status == 404 || error.kind == ErrorKind::not_found ||
         util::contains(error.message, "not supported") || util::contains(error.message, "invalid reference format");
}

bool is_swarm_manager(Context& context, engine::Client& engine) {
  const auto info = engine.call({.path = "/info"});
  if (!info) {
    context.io.err.write(info.error().message + "\n");
    return false;
  }
  const auto document = format::Value::from_json(*info);
  if (!document || document->kind() != format::Kind::map) return false;
  const auto* swarm = document->find("Swarm");
  if (swarm == nullptr || swarm->kind() != format::Kind::map) return false;
  const auto* manager = swarm->find("ControlAvailable");
  return manager != nullptr && manager->truth();
}

/// The object of that name, of the type that is asked for or of the first type that has one.
Result<InspectedObject> find_object(Context& context, engine::Client& engine, const InspectOptions& options,
                                    const std::string& name) {
  const std::string_view wanted = options.type ? std::string_view(*options.type) : std::string_view();
  std::optional<bool> swarm;
  for (const ObjectType& type : kTypes) {
    if (!wanted.empty() && type.name != wanted) continue;
    if (wanted.empty() && type.of_swarm) {
      if (!swarm) swarm = is_swarm_manager(context, engine);
      if (!*swarm) continue;
    }
    const bool is_container = type.root == Root::container;
    auto object = get_object(engine, type.root, name, is_container && options.size);
    if (!object && wanted.empty() && may_go_on(object.error())) continue;
    if (object && options.size && !is_container)
      context.io.err.write("WARNING: --size ignored for " + std::string(type.name) + "\n");
    return object;
  }
  return error("Error: No such object: " + name);
}

Result<void> run(Context& context, InspectOptions& options) {
  const std::string choices = "must be one of \"" + util::replace_all(kTypeWords, " ", "\", \"") + "\"";
  if (options.type && options.type->empty()) return error("type is empty: " + choices);
  if (options.type && !is_type(*options.type))
    return error("unknown type: " + util::go_quote(*options.type) + ": " + choices);
  DL_CHECK(check_inspect_format(options.format));
  DL_TRY(engine::Client* const engine, context.engine());
  if (options.as_run && (!options.format.empty() || options.type.value_or("container") != "container"))
    return error("conflicting options: --as-run is for containers and cannot be used with --format");
  if (options.as_run) return print_run_lines(context, options.arguments);
  return inspect_objects(context, options.arguments, options.format,
                         [&](const std::string& name) { return find_object(context, *engine, options, name); });
}

constexpr std::string_view kNames[] = {"inspect"};

}  // namespace

constinit const cli::CommandSpec system_inspect = cli::make_command<InspectOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] NAME|ID [NAME|ID...]",
    .summary = "Show all that the engine knows about objects of any type",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .other_values = cli::Completion::none,
});

}  // namespace dockerlite::command
