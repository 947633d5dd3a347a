#include "dockerlite/command/specs.hpp"
#include "interactive_session.hpp"

namespace dockerlite::command {
namespace {

struct AttachOptions {
  bool no_stdin = false, sig_proxy = true;
  std::string detach_keys;
  std::vector<std::string> arguments;
  bool operator==(const AttachOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&AttachOptions::detach_keys>("detach-keys", 0, "Keys that leave it running: ctrl-p,ctrl-q by default"),
    cli::option<&AttachOptions::no_stdin>("no-stdin", 0, "Do not attach stdin"),
    cli::option<&AttachOptions::sig_proxy>("sig-proxy", 0, "Pass signals on to the container").with_default("true"),
};
static_assert(cli::valid_options(kOptions));

/// The container, if it can be attached to.
Result<engine::ContainerState> running_container(engine::Client& engine, const std::string& name) {
  DL_TRY(auto inspect, engine::inspect_container(name));
  DL_TRY(const std::string answer, engine.call(std::move(inspect)));
  DL_TRY(engine::ContainerState state, engine::decode_container_state(answer));
  if (!state.running) return error("You cannot attach to a stopped container, start it first");
  if (state.paused) return error("You cannot attach to a paused container, unpause it first");
  if (state.restarting) return error("You cannot attach to a restarting container, wait until it is running");
  return state;
}

Result<void> run(Context& context, AttachOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  const std::string& name = options.arguments.front();
  DL_TRY(auto wait, engine::wait_container(name, ""));
  // The wait begins before we look, so that the container's end cannot be missed in between.
  ExitWaiter waiter(*engine, std::move(wait));
  waiter.wait_acknowledged();
  DL_TRY(const engine::ContainerState state, running_container(*engine, name));
  DL_CHECK(check_terminal(context, !options.no_stdin, state.tty));
  Session::Streams streams{
      .tty = state.tty, .in = !options.no_stdin && state.open_stdin, .out = true, .err = true, .detach_keys = {}};
  DL_TRY(streams.detach_keys, detach_keys(context, options.detach_keys));

  Session session(
      context, *engine,
      {.container = options.sig_proxy && !state.tty ? name : "", .count_interrupts = true, .watch_size = state.tty});
  DL_TRY(auto attach, engine::attach_container(name, {streams.in, true, true, streams.detach_keys}));
  DL_CHECK(session.connect(std::move(attach), streams));
  // Attaching to a container that has ended meanwhile would hang.
  DL_CHECK(running_container(*engine, name));

  if (state.tty) {
    if (const auto size = context.io.out.window_size()) {
      const auto request = [&name](engine::ConsoleSize rows_columns) {
        return engine::resize_container(name, rows_columns);
      };
      // A size that differs makes what runs in the container draw its screen again, for a terminal that shows nothing
      // of it yet.
      (void)session.send_size(request, {size->rows + 1, size->columns + 1});
      session.follow_size(request);
    }
  }
  DL_TRY(const PumpEnd end, session.stream());
  if (end == PumpEnd::detached) return error("read escape sequence");
  DL_TRY(const auto result, session.wait_result(waiter));
  DL_TRY(const engine::WaitResult status, result);
  if (status.error) return error(*status.error);
  return pass_on_status(status.status);
}

constexpr std::string_view kNames[] = {"container attach", "attach"};

}  // namespace

constinit const cli::CommandSpec container_attach = cli::make_command<AttachOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER",
    .summary = "Connect stdin, stdout and stderr to a running container",
    .options = kOptions,
    .arguments = cli::Arguments::exactly(1),
    .completion = cli::Completion::unpaused_containers,
});

}  // namespace dockerlite::command
