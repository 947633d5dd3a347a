#include <optional>

#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/archive.hpp"
#include "dockerlite/reference/reference.hpp"

namespace dockerlite::command {
namespace {

struct CommitOptions {
  std::string author, message;
  std::vector<std::string> change;
  std::optional<bool> pause{}, no_pause{};
  std::vector<std::string> arguments;
  bool operator==(const CommitOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&CommitOptions::author>("author", 'a', "Who made the image (\"Jane Doe <jane@example.com>\")"),
    cli::option<&CommitOptions::change>("change", 'c', "Apply this Dockerfile instruction to the image"),
    cli::option<&CommitOptions::message>("message", 'm', "What the image is for"),
    cli::option<&CommitOptions::no_pause>("no-pause", 0, "Do not pause the container meanwhile"),
    cli::option<&CommitOptions::pause>("pause", 'p', "Pause the container meanwhile").with_default("true"),
};
static_assert(cli::valid_options(kOptions));

Result<transport::Request> commit_request(const CommitOptions& options) {
  engine::CommitOptions commit{.container = options.arguments[0],
                               .repository = {},
                               .tag = {},
                               .comment = options.message,
                               .author = options.author,
                               .changes = options.change,
                               .pause = options.pause.value_or(!options.no_pause.value_or(false))};
  if (options.arguments.size() > 1 && !options.arguments[1].empty()) {
    DL_TRY(auto name, reference::parse(options.arguments[1]));
    if (!name.digest.empty()) return error("refusing to create a tag with a digest reference");
    name = name.with_default_tag();
    commit.repository = name.name();
    commit.tag = name.tag;
  }
  return engine::commit_container(commit);
}

Result<void> run(Context& context, CommitOptions& options) {
  if (options.pause && options.no_pause)
    return error("conflicting options: --no-pause and --pause cannot be used together");
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(auto request, commit_request(options));
  DL_TRY(const std::string body, engine->call(std::move(request)));
  DL_TRY(const std::string id, engine::decode_commit(body));
  context.io.out.write(id + "\n");
  return {};
}

constexpr std::string_view kNames[] = {"container commit", "commit"};

}  // namespace

constinit const cli::CommandSpec container_commit = cli::make_command<CommitOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
    .summary = "Make an image from a container's changes",
    .options = kOptions,
    .arguments = cli::Arguments::between(1, 2),
    .interspersed = false,
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
