#include "globals.hpp"

namespace dockerlite::app {
namespace {

constexpr std::array kOptions{
    cli::option<&GlobalOptions::config>("config", 0, "Folder of the client's configuration files"),
    cli::option<&GlobalOptions::context>(
        "context", 'c', "Context that names the engine to talk to (wins over DOCKER_HOST and the default context)")
        .with_completion(cli::Completion::contexts),
    cli::option<&GlobalOptions::debug>("debug", 'D', "Log each request and answer on stderr, without secrets"),
    cli::option<&GlobalOptions::hosts>("host", 'H', "Address of the engine's socket"),
    cli::option<&GlobalOptions::log_level>("log-level", 'l', "Least level to log: debug, info, warn, error, fatal")
        .with_default("\"info\"")
        .with_choices("debug info warn error fatal panic"),
    cli::option<&GlobalOptions::tls>("tls", 0, "Use TLS; --tlsverify implies it"),
    cli::option<&GlobalOptions::tls_ca>("tlscacert", 0, "File of the CA that signed the engine's certificate")
        .with_completion(cli::Completion::files),
    cli::option<&GlobalOptions::tls_certificate>("tlscert", 0, "File of the client's certificate")
        .with_completion(cli::Completion::files),
    cli::option<&GlobalOptions::tls_key>("tlskey", 0, "File of the client's key")
        .with_completion(cli::Completion::files),
    cli::option<&GlobalOptions::tls_verify>("tlsverify", 0, "Use TLS and check the engine's certificate"),
    cli::option<&GlobalOptions::version>("version", 'v', "Print the version and end"),
};
static_assert(cli::valid_options(kOptions));

constexpr cli::CommandSpec kRoot{
    .names = {},
    .usage = "[OPTIONS] COMMAND [ARG...]",
    .summary = "Work with containers, images and the Docker Engine",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(0),
    .interspersed = false,
    .make_options =
        [] { return cli::OptionsPointer(new GlobalOptions(), [](void* p) { delete static_cast<GlobalOptions*>(p); }); },
    .set_arguments =
        [](void* options, std::vector<std::string>&& words) {
          static_cast<GlobalOptions*>(options)->arguments = std::move(words);
        },
};

}  // namespace

const cli::CommandSpec& root_spec() { return kRoot; }

}  // namespace dockerlite::app
