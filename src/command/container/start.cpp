#include "dockerlite/command/specs.hpp"
#include "dockerlite/util/strings.hpp"
#include "interactive_session.hpp"
#include "wait_until.hpp"

namespace dockerlite::command {
namespace {

struct StartOptions {
  bool attach = false, interactive = false, wait = false;
  std::optional<WaitTimeout> wait_timeout;
  std::string checkpoint, checkpoint_directory, detach_keys;
  std::vector<std::string> arguments;
  bool operator==(const StartOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&StartOptions::attach>("attach", 'a', "Show its output and pass signals on to it"),
    cli::option<&StartOptions::checkpoint>("checkpoint", 0, "Restore it from this checkpoint")
        .with_os("linux")
        .as_experimental(),
    cli::option<&StartOptions::checkpoint_directory>("checkpoint-dir", 0, "Directory of the checkpoints")
        .with_os("linux")
        .as_experimental(),
    cli::option<&StartOptions::detach_keys>("detach-keys", 0, "Keys that leave it running: ctrl-p,ctrl-q by default"),
    cli::option<&StartOptions::interactive>("interactive", 'i', "Attach stdin"),
    cli::option<&StartOptions::wait>("wait", 0, "End only when they run, and are healthy if they have a check")
        .as_extra(),
    cli::option<&StartOptions::wait_timeout>("wait-timeout", 0, "Give up --wait after this long").as_extra(),
};
static_assert(cli::valid_options(kOptions));

/// One after the other, so that a container finds those before it already running.
Result<void> start_all(Context& context, engine::Client& engine, const StartOptions& options) {
  std::vector<std::string> failed;
  for (const std::string& name : options.arguments) {
    auto request = engine::start_container(name);
    auto started = request ? engine.call(*std::move(request)) : Result<std::string>(std::move(request).error());
    if (started && options.wait) {
      if (auto ready = wait_until(engine, name, Until::ready, options.wait_timeout); !ready)
        started = std::move(ready).error();
    }
    if (started) {
      context.io.out.write(name + "\n");
      continue;
    }
    context.io.err.write(started.error().message + "\n");
    failed.push_back(name);
  }
  if (failed.empty()) return {};
  return error("Error: failed to start containers: " + util::join(failed, ", "));
}

Result<void> start_attached(Context& context, engine::Client& engine, const StartOptions& options) {
  DL_TRY(auto inspect, engine::inspect_container(options.arguments.front()));
  DL_TRY(const std::string answer, engine.call(std::move(inspect)));
  DL_TRY(const engine::ContainerState state, engine::decode_container_state(answer));
  Session::Streams streams{
      .tty = state.tty, .in = options.interactive && state.open_stdin, .out = true, .err = true, .detach_keys = {}};
  DL_TRY(streams.detach_keys, detach_keys(context, options.detach_keys));

  // docker ends on the first interrupt, whether or not the container does.
  Session session(context, engine,
                  {.container = state.tty ? "" : state.id,
                   .count_interrupts = true,
                   .stop_on_interrupt = true,
                   .watch_size = state.tty});
  DL_TRY(auto attach, engine::attach_container(state.id, {streams.in, true, true, streams.detach_keys}));
  DL_CHECK(session.connect(std::move(attach), streams));
  DL_CHECK(session.begin_wait(state.id, state.auto_remove));

  DL_TRY(auto start, engine::start_container(state.id, options.checkpoint, options.checkpoint_directory));
  if (auto started = session.call(std::move(start)); !started) {
    session.disconnect();
    if (state.auto_remove) DL_CHECK(session.wait_result());
    return started;
  }

  if (state.tty && context.io.out.is_terminal())
    session.follow_size([&state](engine::ConsoleSize size) { return engine::resize_container(state.id, size); });
  DL_TRY(const PumpEnd end, session.stream());
  if (end == PumpEnd::detached) return {};
  DL_TRY(const auto result, session.wait_result());
  return exit_with(result);
}

Result<void> run(Context& context, StartOptions& options) {
  if (options.wait && (options.attach || options.interactive))
    return error("conflicting options: cannot specify both --wait and --attach");
  if (options.wait_timeout && !options.wait) return error("--wait-timeout needs --wait");
  DL_TRY(engine::Client* const engine, context.engine());
  const bool several = options.arguments.size() > 1;
  if (options.attach || options.interactive) {
    if (several) return error("you cannot start and attach multiple containers at once");
    return start_attached(context, *engine, options);
  }
  if (!options.checkpoint.empty()) {
    if (several) return error("you cannot restore multiple containers at once");
    DL_TRY(auto request,
           engine::start_container(options.arguments.front(), options.checkpoint, options.checkpoint_directory));
    DL_CHECK(engine->call(std::move(request)));
    return {};
  }
  return start_all(context, *engine, options);
}

constexpr std::string_view kNames[] = {"container start", "start"};

}  // namespace

constinit const cli::CommandSpec container_start = cli::make_command<StartOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Start one or more containers that are not running",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .completion = cli::Completion::stopped_containers,
});

}  // namespace dockerlite::command
