#include "dockerlite/command/container/create.hpp"

#include <fmt/format.h>

#include "../content_trust.hpp"
#include "api_socket.hpp"
#include "cid_file.hpp"
#include "dockerlite/command/image/pull_image.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/config/credentials.hpp"
#include "dockerlite/opts/address.hpp"
#include "dockerlite/reference/reference.hpp"
#include "dockerlite/util/log.hpp"
#include "dockerlite/util/strings.hpp"
#include "gpu_support.hpp"

namespace dockerlite::command {
namespace {

Result<void> check_pull_option(std::string_view value) {
  if (value.empty() || value == "always" || value == "missing" || value == "never") return {};
  return error(fmt::format(R"(invalid pull option: '{}': must be one of "always", "missing" or "never")", value));
}

std::string platform_of(const Context& context, const CreateOptions& options) {
  return options.platform ? *options.platform : context.env.value("DOCKER_DEFAULT_PLATFORM");
}

/// The warnings of the client's own, in addition to the engine's.
void add_dns_warning(std::vector<std::string>& warnings, const std::vector<std::string>& servers) {
  for (const auto& server : servers) {
    const auto address = opts::IpAddress::parse(server);
    if (!address || !address->is_loopback()) continue;
    warnings.push_back(fmt::format("Localhost DNS ({}) may fail in containers.", address->text()));
    return;
  }
}

Result<void> pull(Context& context, engine::Client& engine, const CreateOptions& options) {
  // An image's ID is no name, and cannot be pulled.
  DL_TRY(auto image, reference::parse(options.arguments.front()));
  const config::CredentialStore credentials(context.config(), context.env);
  DL_TRY(const auto auth, credentials.get(config::registry_key(image.domain)));
  const PullRequest request{.reference = std::move(image),
                            .platform = platform_of(context, options),
                            .registry_auth = config::encode_auth_header(auth)};
  return pull_image(engine, request, options.quiet ? nullptr : &context.io.err, context.clock);
}

/// Creates, and if that fails with 404 and the policy is to pull what is missing, pulls and creates again.
/// docker takes any 404 for a missing image.
Result<engine::CreatedContainer> create_or_pull(Context& context, engine::Client& engine, const CreateOptions& options,
                                                const transport::Request& request, const reference::Reference& image) {
  auto answer = engine.call(request);
  if (!answer) {
    const bool is_name = !image.path.empty();
    if (answer.error().http_status != 404 || !is_name || options.pull != "missing") return std::move(answer).error();
    if (!options.quiet)
      context.io.err.write(fmt::format("Unable to find image '{}' locally\n", image.with_default_tag().familiar()));
    DL_CHECK(pull(context, engine, options));
    answer = engine.call(request);
    if (!answer) return std::move(answer).error();
  }
  return engine::decode_created_container(*answer);
}

Result<void> run(Context& context, CreateOptions& options) {
  DL_TRY(auto request, make_create_request(context, options, "create"));
  GpuSupport gpus(context, options);
  DL_CHECK(gpus.prepare(request));
  const auto id = create_container(context, options, gpus, request);
  if (!id) return gpus.explain(id.error());
  context.io.out.write(*id + "\n");
  return {};
}

constexpr auto kOptions = create_option_rows<CreateOptions>();
static_assert(cli::valid_options(kOptions));
constexpr std::string_view kNames[] = {"container create", "create"};

}  // namespace

Error option_error(const Error& cause, std::string_view command, int exit_code) {
  auto text = fmt::format("docker: {}\n\nRun 'docker {} --help' for more information", cause.message, command);
  return Error{cause.kind, std::move(text), cause.http_status, exit_code};
}

Result<engine::CreateRequest> make_create_request(Context& context, const CreateOptions& options,
                                                  std::string_view command) {
  for (const auto& warning : options.mounts.warnings) util::log::write(util::log::Level::warning, warning);
  if (const auto valid = check_pull_option(options.pull); !valid) return option_error(valid.error(), command);
  DL_TRY(engine::Client* const engine, context.engine());
  const CreateInputs inputs{.environment = context.env,
                            .proxies = context.config().proxy_environment(engine->host()),
                            .server_os = engine->ping().os_type};
  auto request = build_create_request(options, inputs);
  if (!request) return option_error(request.error(), command);
  return request;
}

namespace {

struct Created {
  engine::CreatedContainer container;
  std::string credentials;  ///< to be put into it, for --use-api-socket
};

Result<Created> create_once(Context& context, const CreateOptions& options, engine::CreateRequest request,
                            const reference::Reference& image) {
  DL_TRY(engine::Client* const engine, context.engine());
  Created created;
  if (options.use_api_socket) {
    DL_TRY(created.credentials, add_api_socket(context, *engine, request));
  }
  // Before API 1.41 the platform was not part of the request, only of the pull.
  if (const auto text = platform_of(context, options); !text.empty() && !engine->api_less("1.41")) {
    const auto platform = opts::parse_platform(text);
    if (!platform) return error("error parsing specified platform: " + platform.error().message);
    request.platform = *platform;
  }
  if (options.pull == "always") DL_CHECK(pull(context, *engine, options));

  if (const auto size = context.io.out.window_size()) request.host.console_size = {size->rows, size->columns};
  DL_CHECK(engine::fit_create_request(request, engine->api_version()));
  DL_TRY(created.container, create_or_pull(context, *engine, options, engine::create_container(request), image));
  add_dns_warning(created.container.warnings, request.host.dns);
  return created;
}

}  // namespace

Result<std::string> create_container(Context& context, const CreateOptions& options, GpuSupport& gpus,
                                     engine::CreateRequest& request) {
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(auto cid_file, CidFile::create(options.cid_file));
  DL_TRY(const auto image, reference::parse_any(request.config.image));
  DL_CHECK(check_content_trust(context.env, options.disable_content_trust, image));
  auto created = create_once(context, options, request, image);
  if (!created) {
    auto other = gpus.after(created.error(), request);
    if (!other) return std::move(created).error();
    request = *std::move(other);
    created = create_once(context, options, request, image);
    if (!created) return std::move(created).error();
  }
  for (const auto& warning : created->container.warnings) context.io.err.write("WARNING: " + warning + "\n");
  DL_CHECK(cid_file.write(created->container.id));
  if (!created->credentials.empty()) DL_CHECK(inject_credentials(*engine, created->container.id, created->credentials));
  return std::move(created->container.id);
}

constinit const cli::CommandSpec container_create = cli::make_command<CreateOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] IMAGE [COMMAND] [ARG...]",
    .summary = "Create a container, without starting it",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .interspersed = false,
    .completion = cli::Completion::images,
    .other_values = cli::Completion::none,
});

}  // namespace dockerlite::command
