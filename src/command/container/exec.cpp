#include "dockerlite/command/specs.hpp"
#include "dockerlite/opts/key_value_file.hpp"
#include "dockerlite/opts/lists.hpp"
#include "interactive_session.hpp"

namespace dockerlite::command {
namespace {

struct ExecOptions {
  bool detach = false, interactive = false, privileged = false, tty = false;
  opts::EnvList env;
  std::vector<std::string> env_files;
  std::string detach_keys, user, working_directory;
  std::vector<std::string> arguments;
  bool operator==(const ExecOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&ExecOptions::detach>("detach", 'd', "Leave the command running in the background"),
    cli::option<&ExecOptions::detach_keys>("detach-keys", 0, "Keys that leave it running: ctrl-p,ctrl-q by default"),
    cli::option<&ExecOptions::env>("env", 'e', "Set an environment variable; a bare name passes yours on")
        .with_since("1.25")
        .with_completion(cli::Completion::environment),
    cli::option<&ExecOptions::env_files>("env-file", 0, "Set the environment variables that a file lists")
        .with_since("1.25")
        .with_completion(cli::Completion::files),
    cli::option<&ExecOptions::interactive>("interactive", 'i', "Attach stdin"),
    cli::option<&ExecOptions::privileged>("privileged", 0, "Give the command all privileges"),
    cli::option<&ExecOptions::tty>("tty", 't', "Give the command a terminal"),
    cli::option<&ExecOptions::user>("user", 'u', "User to run it as, `name|uid[:group|gid]`"),
    cli::option<&ExecOptions::working_directory>("workdir", 'w', "Directory to run it in").with_since("1.35"),
};
static_assert(cli::valid_options(kOptions));

Result<engine::ExecOptions> exec_options(Context& context, const ExecOptions& options) {
  engine::ExecOptions exec{.user = options.user,
                           .working_directory = options.working_directory,
                           .detach_keys = {},
                           .privileged = options.privileged,
                           .tty = options.tty,
                           .detach = options.detach,
                           .in = options.interactive && !options.detach,
                           .out = !options.detach,
                           .err = !options.detach,
                           .env = {},
                           .command = {options.arguments.begin() + 1, options.arguments.end()},
                           .console_size = {}};
  DL_TRY(exec.env, opts::read_key_value_files(options.env_files, &context.env));
  for (const std::string& variable : options.env.values) {
    const auto value = util::contains(variable, "=") ? std::nullopt : context.env.get(variable);
    exec.env.push_back(value ? variable + "=" + *value : variable);
  }
  DL_TRY(exec.detach_keys, detach_keys(context, options.detach_keys));
  return exec;
}

/// The status of a command that has ended. An engine that has gone away meanwhile is docker's -1, without a word.
Result<void> exit_of_exec(engine::Client& engine, const std::string& id) {
  auto answer = engine.call(engine::inspect_exec(id));
  if (!answer && answer.error().kind == ErrorKind::connection) return pass_on_status(-1);
  DL_TRY(const std::string body, std::move(answer));
  DL_TRY(const std::int64_t status, engine::decode_exec_exit_code(body));
  return pass_on_status(status);
}

Result<void> run(Context& context, ExecOptions& options) {
  DL_TRY(auto exec, exec_options(context, options));
  DL_TRY(engine::Client* const engine, context.engine());
  const std::string& name = options.arguments.front();
  // Asked first, so that a container that is not there is what the user is told about.
  DL_TRY(auto inspect, engine::inspect_container(name));
  DL_CHECK(engine->call(std::move(inspect)));
  DL_CHECK(check_terminal(context, exec.in, exec.tty));
  if (exec.tty && !engine->api_less("1.42")) {
    const auto size = context.io.out.window_size();
    exec.console_size = size ? engine::ConsoleSize{size->rows, size->columns} : engine::ConsoleSize{};
  }
  DL_TRY(auto create, engine::create_exec(name, exec));
  DL_TRY(const std::string created, engine->call(std::move(create)));
  DL_TRY(const std::string id, engine::decode_exec_id(created));
  if (id.empty()) return error("exec ID empty");
  if (exec.detach) {
    DL_CHECK(engine->call(engine::start_exec(id, exec)));
    return {};
  }

  Session session(context, *engine, {.container = {}, .watch_size = exec.tty});
  DL_CHECK(session.connect(engine::start_exec(id, exec), {exec.tty, exec.in, exec.out, exec.err, exec.detach_keys}));
  if (exec.tty && context.io.in.is_terminal())
    session.follow_size(
        [&id](engine::ConsoleSize size) -> Result<transport::Request> { return engine::resize_exec(id, size); });
  DL_TRY(const PumpEnd end, session.stream());
  if (end == PumpEnd::detached) return error("read escape sequence");
  return exit_of_exec(*engine, id);
}

constexpr std::string_view kNames[] = {"container exec", "exec"};

}  // namespace

constinit const cli::CommandSpec container_exec = cli::make_command<ExecOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER COMMAND [ARG...]",
    .summary = "Run a command in a running container",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(2),
    .interspersed = false,
    .completion = cli::Completion::unpaused_containers,
});

}  // namespace dockerlite::command
