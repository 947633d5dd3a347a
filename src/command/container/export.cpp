#include <optional>

#include "../interruption.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/archive.hpp"
#include "dockerlite/util/atomic_file.hpp"

namespace dockerlite::command {
namespace {

struct ExportOptions {
  std::string output;
  std::vector<std::string> arguments;
  bool operator==(const ExportOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&ExportOptions::output>("output", 'o', "Write to this file instead of stdout")
        .with_completion(cli::Completion::files),
};
static_assert(cli::valid_options(kOptions));

constexpr unsigned kFileMode = 0600;

class FileSink final : public transport::Sink {
 public:
  explicit FileSink(util::AtomicFile& file) : file_(file) {}
  bool on_head(const transport::ResponseHead&) override { return true; }
  bool on_data(std::string_view bytes) override {
    outcome = file_.write(bytes);
    return outcome.ok();
  }
  Result<void> outcome;

 private:
  util::AtomicFile& file_;
};

class StdoutSink final : public transport::Sink {
 public:
  explicit StdoutSink(term::OutputStream& out) : out_(out) {}
  bool on_head(const transport::ResponseHead&) override { return true; }
  bool on_data(std::string_view bytes) override {
    out_.write(bytes);
    outcome = out_.flush();
    return outcome.ok();
  }
  Result<void> outcome;

 private:
  term::OutputStream& out_;
};

Result<void> export_to_file(Context& context, const ExportOptions& options) {
  Interruption interruption;
  auto file = util::AtomicFile::create(options.output);
  if (!file) return error("failed to export container: " + file.error().message);
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(auto request, engine::export_container(options.arguments[0]));
  request.cancel_fd = interruption.fd();
  FileSink sink(*file);
  DL_CHECK(interruption.outcome(engine->stream(std::move(request), sink)));
  DL_CHECK(std::move(sink.outcome));
  return file->commit(kFileMode);
}

Result<void> run(Context& context, ExportOptions& options) {
  if (!options.output.empty()) return export_to_file(context, options);
  if (context.io.out.is_terminal())
    return error("cowardly refusing to save to a terminal. Use the -o flag or redirect");
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(auto request, engine::export_container(options.arguments[0]));
  StdoutSink sink(context.io.out);
  auto sent = engine->stream(std::move(request), sink);
  DL_CHECK(std::move(sink.outcome));
  return sent;
}

constexpr std::string_view kNames[] = {"container export", "export"};

}  // namespace

constinit const cli::CommandSpec container_export = cli::make_command<ExportOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER",
    .summary = "Write a container's file system as a tar archive",
    .options = kOptions,
    .arguments = cli::Arguments::exactly(1),
    .completion = cli::Completion::containers,
});

}  // namespace dockerlite::command
