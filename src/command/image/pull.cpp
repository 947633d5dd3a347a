#include "../content_trust.hpp"
#include "dockerlite/cli/choices.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/image/pull_image.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/config/credentials.hpp"
#include "dockerlite/util/log.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

struct PullOptions {
  bool all_tags = false, quiet = false;
  std::optional<bool> disable_content_trust;
  std::optional<std::string> platform;  ///< not given: DOCKER_DEFAULT_PLATFORM
  std::vector<std::string> arguments;
  bool operator==(const PullOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&PullOptions::all_tags>("all-tags", 'a', "Pull every tag of the repository"),
    cli::option<&PullOptions::disable_content_trust>("disable-content-trust", 0, "Do not verify the image's signature")
        .with_default("true"),
    cli::option<&PullOptions::platform>("platform", 0, "Platform of the image, where the registry has several")
        .with_choices(cli::kPlatformChoices)
        .with_since("1.32"),
    cli::option<&PullOptions::quiet>("quiet", 'q', "Print only the name of what was pulled"),
};
static_assert(cli::valid_options(kOptions));

/// The stored credentials for the image's registry. Like docker 28, goes on without any if they cannot be had.
std::string registry_auth(Context& context, const reference::Reference& image) {
  const config::CredentialStore store(context.config(), context.env);
  const auto auth = store.get(config::registry_key(image.domain));
  if (!auth) util::log::debug(auth.error().message);
  return config::encode_auth_header(auth ? *auth : config::AuthConfig{});
}

Result<void> run(Context& context, PullOptions& options) {
  DL_TRY(reference::Reference image, reference::parse(options.arguments.front()));
  if (options.all_tags && !image.name_only()) return error("tag can't be used with --all-tags/-a");
  if (!options.all_tags && image.name_only()) {
    image = image.with_default_tag();
    if (!options.quiet) context.io.out.write("Using default tag: " + image.tag + "\n");
  }
  DL_CHECK(check_content_trust(context.env, options.disable_content_trust, image));
  DL_TRY(engine::Client* const engine, context.engine());
  const std::string name = image.text();
  std::string auth = registry_auth(context, image);
  const PullRequest request{
      .reference = std::move(image),
      .all_tags = options.all_tags,
      .platform = options.platform ? *options.platform : context.env.value("DOCKER_DEFAULT_PLATFORM"),
      .registry_auth = std::move(auth),
  };
  if (auto pulled = pull_image(*engine, request, options.quiet ? nullptr : &context.io.out, context.clock); !pulled) {
    if (util::contains(pulled.error().message, "when fetching 'plugin'"))
      pulled.error().message += " - Use `docker plugin install`";
    return pulled;
  }
  context.io.out.write(name + "\n");
  return {};
}

constexpr std::string_view kNames[] = {"image pull", "pull"};

}  // namespace

constinit const cli::CommandSpec image_pull = cli::make_command<PullOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] NAME[:TAG|@DIGEST]",
    .summary = "Pull an image from a registry",
    .options = kOptions,
    .arguments = cli::Arguments::exactly(1),
});

}  // namespace dockerlite::command
