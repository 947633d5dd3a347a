#include "dockerlite/cli/completion.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/config/context_names.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/images.hpp"
#include "dockerlite/engine/names.hpp"

namespace dockerlite::command {
namespace {

struct CompleteOptions {
  std::vector<std::string> arguments;
  bool operator==(const CompleteOptions&) const = default;
};

using Names = std::vector<std::string>;

transport::Request names_request(cli::Completion source) {
  switch (source) {
    case cli::Completion::images:
      return engine::list_images({});
    case cli::Completion::networks:
      return {.path = "/networks"};
    case cli::Completion::volumes:
      return {.path = "/volumes"};
    case cli::Completion::log_drivers:
    case cli::Completion::volume_drivers:
      return {.path = "/info"};
    default:
      return engine::list_containers(
          {.all = source == cli::Completion::containers || source == cli::Completion::stopped_containers});
  }
}

bool wanted(cli::Completion source, std::string_view state) {
  switch (source) {
    case cli::Completion::unpaused_containers:
      return state != "paused";
    case cli::Completion::paused_containers:
      return state == "paused";
    case cli::Completion::stopped_containers:
      return state == "exited" || state == "created";
    default:
      return true;
  }
}

Result<Names> container_names(cli::Completion source, std::string_view answer, bool with_ids) {
  DL_TRY(const auto containers, engine::decode_containers(answer));
  Names names;
  for (const engine::ContainerSummary& container : containers) {
    if (!wanted(source, container.state)) continue;
    if (with_ids) names.push_back(container.id);
    for (const std::string_view name : container.names) names.emplace_back(name.substr(name.starts_with('/') ? 1 : 0));
  }
  return names;
}

Result<Names> image_names(std::string_view answer) {
  DL_TRY(const auto images, engine::decode_images(answer));
  Names names;
  for (const engine::ImageSummary& image : images)
    names.insert(names.end(), image.repo_tags.begin(), image.repo_tags.end());
  return names;
}

Result<Names> names_of(Context& context, cli::Completion source) {
  if (source == cli::Completion::contexts) return config::context_names(context.config().directory());
  if (source == cli::Completion::environment) {
    Names names;
    for (const auto& [name, value] : context.env.all()) names.push_back(name);
    return names;
  }
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(const std::string answer, engine->call(names_request(source)));
  switch (source) {
    case cli::Completion::images:
      return image_names(answer);
    case cli::Completion::networks:
      return engine::decode_names(answer, {});
    case cli::Completion::volumes:
      return engine::decode_names(answer, {"Volumes"});
    case cli::Completion::log_drivers:
      return engine::decode_names(answer, {"Plugins", "Log"});
    case cli::Completion::volume_drivers:
      return engine::decode_names(answer, {"Plugins", "Volume"});
    default:
      return container_names(source, answer, context.env.value("DOCKER_COMPLETION_SHOW_CONTAINER_IDS") == "yes");
  }
}

/// Asks for the names that the plan lacks. What goes wrong is no more than a lack of candidates.
void look_up_names(Context& context, cli::CompletionPlan& plan) {
  if (plan.source == cli::Completion::none) return;
  const auto names = names_of(context, plan.source);
  if (!names) {
    plan.directive = plan.directive_without_source.value_or(plan.directive);
    return;
  }
  plan.candidates.clear();
  for (const std::string& name : *names) plan.candidates.push_back({plan.prefix + name + plan.suffix, {}});
}

/// Whether the environment wants candidates without their descriptions.
bool descriptions_off(const util::Environment& env) {
  for (const std::string_view name : {"DOCKER_COMPLETION_DESCRIPTIONS", "COBRA_COMPLETION_DESCRIPTIONS"}) {
    const std::string value = env.value(name);
    if (value.empty()) continue;
    const auto on = util::parse_bool(value);
    return on && !*on;
  }
  return false;
}

Result<void> complete(Context& context, const CompleteOptions& options, bool descriptions) {
  if (options.arguments.empty()) return error("requires at least 1 arg(s), only received 0");
  cli::CompletionPlan plan = cli::plan_completion(*context.tables, options.arguments);
  look_up_names(context, plan);
  std::string out;
  for (const cli::Candidate& candidate : plan.candidates) {
    out += candidate.text;
    if (descriptions && !candidate.help.empty()) out.append("\t").append(util::cut(candidate.help, "\n").before);
    out += "\n";
  }
  context.io.out.write(out + ":" + std::to_string(plan.directive) + "\n");
  if (!plan.problem.empty()) context.io.err.write("[Debug] [Error] " + plan.problem + "\n");
  context.io.err.write("Completion ended with directive: " + cli::directive_names(plan.directive) + "\n");
  return {};
}

Result<void> run(Context& context, CompleteOptions& options) {
  return complete(context, options, !descriptions_off(context.env));
}

Result<void> run_without_descriptions(Context& context, CompleteOptions& options) {
  return complete(context, options, false);
}

constexpr std::string_view kNames[] = {"__complete"};
constexpr std::string_view kBareNames[] = {"__completeNoDesc"};

}  // namespace

constinit const cli::CommandSpec system_complete = cli::make_command<CompleteOptions, run>({
    .names = kNames,
    .usage = "WORD...",
    .summary = "Print what could stand in place of the last word, for a shell",
    .arguments = cli::Arguments::at_least(0),
    .hidden = true,
    .raw = true,
});

constinit const cli::CommandSpec system_complete_bare = cli::make_command<CompleteOptions, run_without_descriptions>({
    .names = kBareNames,
    .usage = "WORD...",
    .summary = "The same without descriptions",
    .arguments = cli::Arguments::at_least(0),
    .hidden = true,
    .raw = true,
});

}  // namespace dockerlite::command
