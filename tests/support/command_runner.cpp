#include "support/command_runner.hpp"

namespace dockerlite::test {
namespace {

class TestContext final : public Context {
 public:
  TestContext(term::Streams streams, const util::Environment& environment, const util::Clock& the_clock,
              config::ConfigFile config, std::unique_ptr<transport::Transport> wire)
      : Context(streams, environment, the_clock), config_(std::move(config)), client_(std::move(wire)) {}
  config::ConfigFile& config() override { return config_; }
  Result<engine::Client*> engine() override { return &client_; }

 private:
  config::ConfigFile config_;
  engine::Client client_;
};

}  // namespace

CommandOutcome CommandRunner::run(const cli::CommandSpec& spec, const std::vector<std::string>& words) {
  CommandOutcome outcome;
  auto parsed = cli::parse(spec, "docker " + std::string(spec.names[0]), words);
  if (!parsed) {
    outcome.error = std::move(parsed).error();
    return outcome;
  }
  term::StringInput in(stdin_text, stdin_terminal);
  term::StringOutput out(terminal), err(terminal);
  const util::Environment env(environment);
  TestContext context({in, out, err}, env, clock,
                      config_directory.empty() ? config::ConfigFile::parse(config, "config.json")
                                               : config::ConfigFile::load(config_directory),
                      script.transport());
  if (auto result = spec.run(context, parsed->options.get()); !result) outcome.error = std::move(result).error();
  outcome.out = std::move(out.text);
  outcome.err = std::move(err.text);
  return outcome;
}

}  // namespace dockerlite::test
