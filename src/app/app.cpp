#include "dockerlite/app/app.hpp"

#include <signal.h>
#include <unistd.h>

#include "app_context.hpp"
#include "command_table.hpp"
#include "dockerlite/config/endpoint.hpp"
#include "dockerlite/term/terminal.hpp"
#include "dockerlite/util/log.hpp"
#include "globals.hpp"

namespace dockerlite::app {
namespace {

/// The one map from errors to exit codes.
int exit_code(const Error& problem) {
  if (problem.exit_code != 0 || problem.kind == ErrorKind::exit_status) return problem.exit_code;
  switch (problem.kind) {
    case ErrorKind::usage:
      return 125;
    case ErrorKind::cancelled:
      return 0;
    default:
      return 1;
  }
}

/// docker ends with 128+n on the signals that a user or a job runner sends; nothing is printed.
void end_by_signal(int number) { ::_exit(128 + number); }

void install_signal_handlers() {
  struct sigaction action {};
  action.sa_handler = end_by_signal;
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction old {};
    if (::sigaction(number, nullptr, &old) == 0 && old.sa_handler != SIG_IGN) ::sigaction(number, &action, nullptr);
  }
}

class Program {
 public:
  Program(term::Streams io, const util::Environment& env) : io_(io), env_(env) {}

  Result<void> run(std::vector<std::string> words, std::string_view program_name) {
    program_name_ = program_name;
    DL_TRY(cli::Parsed parsed, cli::parse(root_spec(), "docker", words));
    const auto& globals = *static_cast<const GlobalOptions*>(parsed.options.get());
    if (parsed.help) return show(root_help(help_width()));
    DL_CHECK(set_log_level(globals));
    DL_CHECK(config::check_endpoint_options({.context = globals.context, .hosts = globals.hosts}));
    const std::vector<std::string>& command = globals.arguments;
    if (command.empty()) {
      if (globals.version) return show_version();
      io_.err.write(root_help(help_width()));
      return {};
    }
    if (command[0] == "help") return help({command.begin() + 1, command.end()});
    return dispatch(words, globals, command);
  }

 private:
  Result<void> show(std::string_view text) {
    io_.out.write(text);
    return {};
  }

  /// Programs parse the version line of a command named docker, so under that name it is docker's.
  Result<void> show_version() {
    if (program_name_ == "docker")
      return show("Docker version " + std::string(engine::kClientVersion) + ", build " +
                  std::string(engine::kClientCommit) + "\n");
    return show("dockerlite version " + std::string(kVersion) + " (as docker " + std::string(engine::kClientVersion) +
                ")\n");
  }

  /// Help is as wide as the terminal on stdin, as docker's is.
  unsigned help_width() const {
    if (!io_.in.is_terminal()) return 80;
    const auto size = term::window_size(io_.in.fd());
    return size && size->columns > 0 ? size->columns : 80;
  }

  Result<void> set_log_level(const GlobalOptions& globals) {
    using util::log::Level;
    Level level = Level::info;
    if (!globals.log_level.empty()) {
      const std::string name = util::to_lower(globals.log_level);
      if (name == "debug" || name == "trace")
        level = Level::debug;
      else if (name == "info")
        level = Level::info;
      else if (name == "warn" || name == "warning")
        level = Level::warning;
      else if (name == "error")
        level = Level::error;
      else if (name == "fatal" || name == "panic")
        level = Level::fatal;
      else
        return error("Unable to parse logging level: " + globals.log_level);
    }
    util::log::set_level(globals.debug ? Level::debug : level);
    return {};
  }

  Result<void> help(std::span<const std::string> words) {
    if (words.empty()) return show(root_help(help_width()));
    const cli::Found found = find_command(words);
    const cli::Group* group = find_group(words[0]);
    const std::size_t known = found.spec != nullptr ? found.words : group != nullptr ? 1 : 0;
    if (known < words.size())
      return error("unknown help topic: " +
                   util::join({words.begin() + static_cast<std::ptrdiff_t>(known), words.end()}, " "));
    return show(found.spec != nullptr ? cli::help_text(*found.spec, found.path, help_width()) : group_help(*group));
  }

  /// The global options of the line that a shell completes, which say what engine to ask; those before `__complete`
  /// count, too. Nothing if they cannot be read.
  static std::optional<cli::Parsed> globals_of_completed_line(std::span<const std::string> words,
                                                              std::span<const std::string> command) {
    if (command.size() < 2) return std::nullopt;
    const auto before = words.first(words.size() - command.size()), line = command.subspan(1, command.size() - 2);
    std::vector<std::string> all(before.begin(), before.end());
    all.insert(all.end(), line.begin(), line.end());
    auto parsed = cli::parse(root_spec(), "docker", all);
    return parsed ? std::optional(*std::move(parsed)) : std::nullopt;
  }

  Result<void> dispatch(std::span<const std::string> words, const GlobalOptions& outer,
                        std::span<const std::string> command) {
    const cli::Found found = find_command(command);
    if (found.spec == nullptr) return no_such_command(command);
    const cli::CommandSpec& spec = *found.spec;
    DL_TRY(cli::Parsed parsed, cli::parse(spec, found.path, command.subspan(found.words)));
    for (const auto& notice : parsed.notices) io_.out.write(notice + "\n");
    if (parsed.help) return show(cli::help_text(spec, found.path, help_width()));
    const auto inner = spec.raw ? globals_of_completed_line(words, command) : std::nullopt;
    const GlobalOptions& globals = inner ? *static_cast<const GlobalOptions*>(inner->options.get()) : outer;
    AppContext context(io_, env_, clock_, globals);
    const cli::Program tables = program();
    context.command = found.path.substr(std::string_view("docker ").size());
    context.called_as = program_name_;
    context.tables = &tables;
    DL_CHECK(check_gates(context, found, parsed));
    return spec.run(context, parsed.options.get());
  }

  /// Asks the engine for its version only if something on this command line depends on it.
  static Result<void> check_gates(AppContext& context, const cli::Found& found, const cli::Parsed& parsed) {
    bool gated = !found.spec->since.empty();
    for (const cli::Option* option : parsed.used)
      gated = gated || !option->since.empty() || !option->os.empty() || option->experimental;
    if (!gated) return {};
    const auto engine = context.engine();
    // That there is none is for the command itself to say, after what else is wrong with its line.
    const engine::Ping ping = engine ? (*engine)->ping() : engine::Ping{};
    const std::string version = engine ? (*engine)->api_version() : std::string(engine::kMaximumApiVersion);
    return cli::check_gates(*found.spec, found.path, parsed, version, ping.os_type, ping.experimental);
  }

  /// A group by itself shows its help; a wrong flag is reported before a wrong name, as docker does.
  Result<void> no_such_command(std::span<const std::string> command) {
    const cli::Group* group = find_group(command[0]);
    const std::string path = group == nullptr ? "docker" : "docker " + command[0];
    if (group != nullptr && command.size() == 1) {
      io_.err.write(group_help(*group));
      return {};
    }
    cli::CommandSpec flags = root_spec();
    flags.interspersed = true;
    if (group != nullptr) {
      flags.options = {};
      flags.usage = group->usage;
    }
    DL_TRY(const cli::Parsed parsed, cli::parse(flags, path, command.subspan(1)));
    if (parsed.help) return show(group == nullptr ? root_help(help_width()) : group_help(*group));
    const std::string usage =
        group == nullptr ? ""
                         : "Usage:  " + path + (group->usage.empty() ? "" : " " + std::string(group->usage)) + "\n\n";
    return error(ErrorKind::arguments, "docker: unknown command: " + path + " " + command[group == nullptr ? 0 : 1] +
                                           "\n\n" + usage + "Run '" + path + " --help' for more information");
  }

  term::Streams io_;
  const util::Environment& env_;
  std::string_view program_name_;
  util::Clock clock_;
};

std::string_view base_name(std::string_view path) {
  const auto at = path.rfind('/');
  return at == std::string_view::npos ? path : path.substr(at + 1);
}

}  // namespace

int run(int argc, char** argv) {
  install_signal_handlers();
  constexpr std::size_t kOutputBuffer = std::size_t{64} * 1024;
  const auto in = term::make_fd_input(STDIN_FILENO);
  const auto out = term::make_fd_output(STDOUT_FILENO, kOutputBuffer);
  const auto err = term::make_fd_output(STDERR_FILENO, 0, out.get());
  const util::Environment env = util::Environment::of_process();

  Program program({*in, *out, *err}, env);
  const std::string_view name = argc > 0 ? base_name(argv[0]) : "";
  Result<void> result =
      program.run(argc > 0 ? std::vector<std::string>(argv + 1, argv + argc) : std::vector<std::string>{}, name);
  // Whatever the command said, output that could not be written is a failure of its own.
  Result<void> flushed = out->flush();
  int code = 0;
  for (const Result<void>* outcome : {&result, &flushed}) {
    if (*outcome) continue;
    if (!outcome->error().message.empty()) err->write(outcome->error().message + "\n");
    if (code == 0) code = exit_code(outcome->error());
  }
  return code;
}

}  // namespace dockerlite::app
