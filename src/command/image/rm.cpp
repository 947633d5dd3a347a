#include <algorithm>

#include "../batch.hpp"
#include "dockerlite/cli/choices.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/images.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/util/csv.hpp"

namespace dockerlite::command {
namespace {

/// Comma-separated, repeatable.
struct PlatformList {
  static constexpr std::string_view kTypeWord = "strings";
  std::vector<std::string> values;
  Result<void> set(std::string_view text) {
    if (text.empty()) return {};
    DL_TRY(const auto fields, util::read_csv_record(text));
    values.insert(values.end(), fields.begin(), fields.end());
    return {};
  }
  bool operator==(const PlatformList&) const = default;
};

struct RmOptions {
  bool force{}, no_prune{};
  PlatformList platforms;
  std::vector<std::string> arguments;
  bool operator==(const RmOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&RmOptions::force>("force", 'f', "Remove the image even if stopped containers use it"),
    cli::option<&RmOptions::no_prune>("no-prune", 0, "Keep parents that have no tag"),
    cli::option<&RmOptions::platforms>("platform", 0, "Remove only this platform's variant, as in \"linux/arm64\"")
        .with_choices(cli::kPlatformChoices)
        .with_since("1.50"),
};
static_assert(cli::valid_options(kOptions));

transport::Request rm_request(const RmOptions& options, const std::vector<std::string>& platforms,
                              const std::string& image) {
  transport::Request request{.method = transport::Method::del, .path = engine::object_path("images", image)};
  if (options.force) request.query.add("force", "1");
  if (options.no_prune) request.query.add("noprune", "1");
  for (const auto& platform : platforms) request.query.add("platforms", platform);
  return request;
}

Result<std::vector<std::string>> platform_parameters(const std::vector<std::string>& platforms) {
  std::vector<std::string> parameters;
  for (const auto& text : platforms) {
    DL_TRY(const auto platform, opts::parse_platform(text));
    std::string json = engine::platform_json(platform);
    if (std::find(parameters.begin(), parameters.end(), json) == parameters.end())
      parameters.push_back(std::move(json));
  }
  return parameters;
}

Result<void> remove_image(Context& context, engine::Client& engine, transport::Request request) {
  DL_TRY(const std::string answer, engine.call(std::move(request)));
  DL_TRY(const auto deletions, engine::decode_image_deletions(answer));
  for (const auto& deletion : deletions) {
    context.io.out.write(deletion.deleted.empty() ? "Untagged: " + deletion.untagged + "\n"
                                                  : "Deleted: " + deletion.deleted + "\n");
  }
  return {};
}

/// One after the other: images share layers, and what the engine reports depends on the order.
Result<void> run(Context& context, RmOptions& options) {
  DL_TRY(const auto platforms, platform_parameters(options.platforms.values));
  DL_TRY(engine::Client* const engine, context.engine());
  std::vector<Error> errors;
  bool only_missing = true;
  for (const auto& image : options.arguments) {
    if (auto result = remove_image(context, *engine, rm_request(options, platforms, image)); !result) {
      only_missing = only_missing && result.error().http_status == 404;
      errors.push_back(std::move(result).error());
    }
  }
  auto result = join_errors(std::move(errors));
  if (result || !options.force || !only_missing) return result;
  context.io.err.write(result.error().message + "\n");  // with --force, what is already gone is as wanted
  return {};
}

constexpr std::string_view kNames[] = {"image rm", "image rmi", "image remove", "rmi"};

}  // namespace

constinit const cli::CommandSpec image_rm = cli::make_command<RmOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] IMAGE [IMAGE...]",
    .summary = "Remove one or more images",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::images,
});

}  // namespace dockerlite::command
