#include "../no_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/images.hpp"

namespace dockerlite::command {
namespace {

Result<void> run(Context& context, NoOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(transport::Request request, engine::tag_image(options.arguments[0], options.arguments[1]));
  DL_CHECK(engine->call(std::move(request)));
  return {};
}

constexpr std::string_view kNames[] = {"image tag", "tag"};

}  // namespace

constinit const cli::CommandSpec image_tag = cli::make_command<NoOptions, run>({
    .names = kNames,
    .usage = "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
    .summary = "Give an image another name",
    .arguments = cli::Arguments::exactly(2),
    .interspersed = false,
    .completion = cli::Completion::images,
    .completed_arguments = 2,
});

}  // namespace dockerlite::command
