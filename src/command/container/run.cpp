#include <unistd.h>

#include <algorithm>

#include "death_watch.hpp"
#include "dockerlite/command/container/create.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/util/log.hpp"
#include "dockerlite/util/strings.hpp"
#include "gpu_support.hpp"
#include "interactive_session.hpp"
#include "wait_until.hpp"

namespace dockerlite::command {
namespace {

struct RunOptions : CreateOptions {
  bool detach = false, sig_proxy = true, die_with_client = false, wait = false;
  std::string detach_keys;
  std::optional<WaitTimeout> wait_timeout;
  bool operator==(const RunOptions&) const = default;
};

/// create's rows and run's own, by name.
constexpr auto run_option_rows() {
  constexpr auto create_rows = create_option_rows<RunOptions>();
  constexpr std::array run_rows{
      cli::option<&RunOptions::detach>("detach", 'd', "Leave it running in the background and print its ID"),
      cli::option<&RunOptions::detach_keys>("detach-keys", 0, "Keys that leave it running: ctrl-p,ctrl-q by default")
          .with_choices("ctrl-"),
      cli::option<&RunOptions::die_with_client>("die-with-client", 0,
                                                "Kill the container when this client ends, whatever ends it")
          .as_extra(),
      cli::option<&RunOptions::sig_proxy>("sig-proxy", 0, "Pass signals on to the container").with_default("true"),
      cli::option<&RunOptions::wait>(
          "wait", 0, "With --detach, end only when the container runs, and is healthy if it has a check")
          .as_extra(),
      cli::option<&RunOptions::wait_timeout>("wait-timeout", 0, "Give up --wait after this long").as_extra(),
  };
  std::array<cli::Option, create_rows.size() + run_rows.size()> rows{};
  const auto end = std::copy(create_rows.begin(), create_rows.end(), rows.begin());
  std::copy(run_rows.begin(), run_rows.end(), end);
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return rows;
}
constexpr auto kOptions = run_option_rows();
static_assert(cli::valid_options(kOptions));

/// An error of create, pull or start: 127 if the engine did not find what is to be run, 126 if it could not be run, 125
/// for all else. docker looks for these words in errors of any origin; here they have to be the engine's.
Error run_error(const Error& cause) {
  if (cause.kind == ErrorKind::cancelled || cause.kind == ErrorKind::exit_status) return cause;
  const auto says = [&](std::string_view words) {
    return cause.kind == ErrorKind::api && util::contains(cause.message, words);
  };
  int code = 125;
  if (says("executable file not found") || says("no such file or directory") ||
      says("system cannot find the file specified"))
    code = 127;
  else if (says("permission denied") || says("is a directory"))
    code = 126;
  return option_error(cause, "run", code);
}

/// The engine would keep a container that could not be attached to, though nobody was told its ID.
void remove_unstarted(engine::Client& engine, const std::string& id) {
  if (const auto removed = remove_stopped(engine, id); !removed)
    util::log::debug("cannot remove container " + id + ": " + removed.error().message);
}

/// After a start that failed. Engines before API 1.25 do not remove by themselves.
Result<void> wait_removed(engine::Client& engine, Session& session, const std::string& id) {
  if (engine.api_less("1.25")) {
    remove_unstarted(engine, id);
    return {};
  }
  DL_CHECK(session.wait_result());
  return {};
}

Result<void> print_id(Context& context, const std::string& id) {
  context.io.out.write(id + "\n");
  return context.io.out.flush();
}

/// `late_id`: the engine may yet refuse the container's GPUs, and it may be made again; its ID is printed once that is
/// known.
Result<void> run_container(Context& context, engine::Client& engine, const RunOptions& options, const std::string& id,
                           const Session::Streams& streams, bool late_id) {
  const bool attached = streams.in || streams.out || streams.err;
  std::optional<DeathWatch> watch;
  if (options.die_with_client) {
    DL_TRY(watch, DeathWatch::begin(engine.host(), id));
  }
  Session session(context, engine,
                  {.container = options.sig_proxy ? id : "", .count_interrupts = true, .watch_size = streams.tty});
  if (attached) {
    DL_TRY(auto request, engine::attach_container(id, {streams.in, streams.out, streams.err, streams.detach_keys}));
    if (auto connected = session.connect(std::move(request), streams); !connected) {
      if (!session.stopped()) remove_unstarted(engine, id);
      return connected;
    }
  } else if (!late_id) {
    DL_CHECK(print_id(context, id));
  }

  DL_CHECK(session.begin_wait(id, options.auto_remove));

  DL_TRY(auto start, engine::start_container(id));
  if (auto started = session.call(std::move(start)); !started) {
    session.disconnect();
    if (options.auto_remove) DL_CHECK(wait_removed(engine, session, id));
    if (!attached && late_id && gpu::refusal_of(started.error().message) == gpu::Refusal::none)
      DL_CHECK(print_id(context, id));
    return run_error(started.error());
  }
  if (!attached && late_id) DL_CHECK(print_id(context, id));
  if (!attached) return options.wait ? wait_until(engine, id, Until::ready, options.wait_timeout) : Result<void>{};

  if (streams.tty && context.io.out.is_terminal())
    session.follow_size([&id](engine::ConsoleSize size) { return engine::resize_container(id, size); });
  DL_TRY(const PumpEnd end, session.stream());
  if (end == PumpEnd::detached) return {};
  DL_TRY(const auto result, session.wait_result());
  if (watch) watch->call_off();
  return exit_with(result);
}

/// What our own options do not go together with.
Result<void> check_extras(const RunOptions& options) {
  if (options.die_with_client && options.detach)
    return error("conflicting options: cannot specify both --die-with-client and --detach");
  if (options.wait && !options.detach) return error("--wait needs --detach");
  if (options.wait_timeout && !options.wait) return error("--wait-timeout needs --wait");
  return {};
}

Result<void> run(Context& context, RunOptions& options) {
  DL_CHECK(check_extras(options));
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(auto request, make_create_request(context, options, "run"));
  engine::ContainerConfig& config = request.config;
  if (options.detach) {
    if (!options.attach.empty()) return error("conflicting options: cannot specify both --attach and --detach");
    config.attach_stdin = config.attach_stdout = config.attach_stderr = config.stdin_once = false;
  } else {
    DL_CHECK(check_terminal(context, config.attach_stdin, config.tty));
  }
  Session::Streams streams{.tty = config.tty,
                           .in = config.attach_stdin,
                           .out = config.attach_stdout,
                           .err = config.attach_stderr,
                           .detach_keys = {}};
  if (!options.detach) {
    DL_TRY(streams.detach_keys, detach_keys(context, options.detach_keys));
  }

  GpuSupport gpus(context, options);
  DL_CHECK(gpus.prepare(request));
  for (bool may_try_again = true;; may_try_again = false) {
    const auto id = create_container(context, options, gpus, request);
    if (!id) return gpus.explain(run_error(id.error()));
    const bool late_id = may_try_again && gpus.may_be_refused(request);
    auto outcome = run_container(context, *engine, options, *id, streams, late_id);
    if (outcome) return outcome;
    if (gpu::refusal_of(outcome.error().message) == gpu::Refusal::none) {
      gpus.note_end(request, outcome.error().exit_code);
      return outcome;
    }
    auto other = late_id ? gpus.after(outcome.error(), request) : std::nullopt;
    if (!other && !gpus.first_refusal()) {
      if (late_id && options.detach) DL_CHECK(print_id(context, *id));
      return gpus.explain(std::move(outcome).error());
    }
    // The refused container has to make room for the one that takes its name and its place in the cidfile; or, if
    // nothing that was tried instead worked either, all is to be as if it had not been tried.
    remove_unstarted(*engine, *id);
    if (!options.cid_file.empty()) ::unlink(options.cid_file.c_str());
    if (!other) {
      const Error& first = *gpus.first_refusal();
      return gpus.explain(first.exit_code == 0 ? run_error(first) : first);
    }
    request = *std::move(other);
  }
}

constexpr std::string_view kNames[] = {"container run", "run"};

}  // namespace

constinit const cli::CommandSpec container_run = cli::make_command<RunOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] IMAGE [COMMAND] [ARG...]",
    .summary = "Create a container and start it, with your terminal or in the background",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(1),
    .interspersed = false,
    .completion = cli::Completion::images,
    .completed_arguments = 1,
    .other_values = cli::Completion::none,
});

}  // namespace dockerlite::command
