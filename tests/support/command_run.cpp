#include "support/command_run.hpp"

#include <span>

#include "dockerlite/command/specs.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::test {
namespace {

class PinnedContext final : public Context {
 public:
  PinnedContext(term::Streams streams, const util::Environment& environment, const util::Clock& the_clock,
                const CommandSetup& setup, Script& script)
      : Context(streams, environment, the_clock),
        config_(config::ConfigFile::parse(setup.config, "/config.json")),
        engine_(script.transport(), setup.pinned_api_version) {}

  config::ConfigFile& config() override { return config_; }
  Result<engine::Client*> engine() override { return &engine_; }

 private:
  config::ConfigFile config_;
  engine::Client engine_;
};

struct Found {
  const cli::CommandSpec* spec = nullptr;
  std::size_t words = 0;
};

Found find_command(const std::vector<std::string>& words) {
  static constexpr const cli::CommandSpec* kSpecs[] = {
#define DL_COMMAND(name) &command::name,
#include "dockerlite/command/specs.inc"
#undef DL_COMMAND
  };
  Found found;
  for (const auto* spec : kSpecs) {
    for (const auto name : spec->names) {
      const auto parts = util::split(name, ' ');
      if (parts.size() > found.words && parts.size() <= words.size() &&
          std::equal(parts.begin(), parts.end(), words.begin()))
        found = {spec, parts.size()};
    }
  }
  return found;
}

}  // namespace

CommandOutcome run_command(Script& script, const std::vector<std::string>& words, const CommandSetup& setup) {
  const Found found = find_command(words);
  if (found.spec == nullptr) return {"", "", error("the test names no command: " + util::join(words, " "))};
  const std::string name = util::join({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(found.words)}, " ");
  auto parsed = cli::parse(*found.spec, "docker " + name, std::span(words).subspan(found.words));
  if (!parsed) return {"", "", std::move(parsed).error()};

  term::StringInput in(setup.input, setup.terminal.has_value());
  term::StringOutput out(setup.terminal);
  term::StringOutput err(setup.terminal);
  const util::Environment env(setup.environment);
  FixedClock clock;
  clock.time = std::chrono::system_clock::time_point(std::chrono::seconds(setup.now));
  PinnedContext context({in, out, err}, env, clock, setup, script);
  context.command = name;
  context.tables = setup.tables;
  auto result = found.spec->run(context, parsed->options.get());
  CommandOutcome outcome{std::move(out.text), std::move(err.text)};
  if (!result) outcome.error = std::move(result).error();
  return outcome;
}

CommandOutcome run_command(Script& script, const std::string& line, const CommandSetup& setup) {
  return run_command(script, util::split(line, ' '), setup);
}

}  // namespace dockerlite::test
