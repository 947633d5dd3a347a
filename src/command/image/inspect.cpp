#include "../inspector.hpp"
#include "dockerlite/cli/choices.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/opts/platform.hpp"

namespace dockerlite::command {
namespace {

struct ImageInspectOptions {
  std::string format, platform;
  std::vector<std::string> arguments;
  bool operator==(const ImageInspectOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&ImageInspectOptions::format>(
        "format", 'f', "Print through a template, or compactly with \"json\", instead of indented JSON"),
    cli::option<&ImageInspectOptions::platform>("platform", 0,
                                                "Of a multi-platform image, inspect the one for `os[/arch[/variant]]`")
        .with_choices(cli::kPlatformChoices)
        .with_since("1.49"),
};
static_assert(cli::valid_options(kOptions));

Result<void> run(Context& context, ImageInspectOptions& options) {
  std::string platform;
  if (!options.platform.empty()) {
    DL_TRY(const opts::Platform parsed, opts::parse_platform(options.platform));
    platform = engine::platform_json(parsed);
  }
  DL_TRY(engine::Client* const engine, context.engine());
  return inspect_objects(context, options.arguments, options.format,
                         [&](const std::string& name) -> Result<InspectedObject> {
                           if (platform.empty()) return get_object(*engine, format::Schema::Root::image, name);
                           transport::Request request{.path = engine::object_path("images", name, "json")};
                           request.query.add("platform", platform);
                           DL_TRY(std::string json, engine->call(std::move(request)));
                           return InspectedObject{.json = std::move(json), .schema = format::Schema::Root::image};
                         });
}

constexpr std::string_view kNames[] = {"image inspect"};

}  // namespace

constinit const cli::CommandSpec image_inspect = cli::make_command<ImageInspectOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] IMAGE [IMAGE...]",
    .summary = "Show all that the engine knows about images",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::images,
});

}  // namespace dockerlite::command
