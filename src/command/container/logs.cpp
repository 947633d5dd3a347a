#include <algorithm>
#include <mutex>

#include "../batch.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/interactive.hpp"
#include "dockerlite/opts/timestamp.hpp"
#include "interactive_pump.hpp"
#include "line_prefixer.hpp"

namespace dockerlite::command {
namespace {

struct LogsOptions {
  bool details = false, follow = false, timestamps = false;
  std::string since, until, tail = "all";
  std::vector<std::string> arguments;
  bool operator==(const LogsOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&LogsOptions::details>("details", 0, "Show what else is known of each line"),
    cli::option<&LogsOptions::follow>("follow", 'f', "Go on with what is logged from now on"),
    cli::option<&LogsOptions::since>("since", 0, "Begin at a time (2013-01-02T13:23:37Z) or so long ago (42m)"),
    cli::option<&LogsOptions::tail>("tail", 'n', "Number of lines from the end").with_default("all"),
    cli::option<&LogsOptions::timestamps>("timestamps", 't', "Show the time of each line"),
    cli::option<&LogsOptions::until>("until", 0, "End at a time (2013-01-02T13:23:37Z) or so long ago (42m)")
        .with_since("1.35"),
};
static_assert(cli::valid_options(kOptions));

/// Writes an answer out while it comes in.
class LogSink final : public transport::Sink {
 public:
  LogSink(term::Streams& io, bool raw) : raw_(raw), writer_(io) {}

  bool on_head(const transport::ResponseHead&) override { return true; }
  bool on_data(std::string_view bytes) override {
    outcome = raw_ ? writer_.out(bytes) : decoder_.decode(bytes, writer_);
    if (auto flushed = writer_.flush(); outcome && !flushed) outcome = std::move(flushed);
    return outcome.ok();
  }

  Result<void> outcome;

 private:
  bool raw_;
  OutputWriter writer_;
  stream::StdcopyDecoder decoder_;
};

Result<std::string> point_in_time(const Context& context, std::string_view option, const std::string& text) {
  if (text.empty()) return std::string{};
  auto timestamp = opts::timestamp(text, context.clock.now());
  if (!timestamp) return error("invalid value for \"" + std::string(option) + "\": " + timestamp.error().message);
  return timestamp;
}

/// The container's full ID, and whether it has a terminal, which tells how its log is framed.
Result<engine::ContainerState> look_up(engine::Client& engine, const std::string& name) {
  DL_TRY(auto inspect, engine::inspect_container(name));
  DL_TRY(const std::string answer, engine.call(std::move(inspect)));
  return engine::decode_container_state(answer);
}

/// The log of one of several containers: whole lines, each behind the container's name.
class PrefixedSink final : public transport::Sink {
 public:
  PrefixedSink(LinePrefixer& lines, bool raw) : lines_(lines), raw_(raw) {}
  bool on_head(const transport::ResponseHead&) override { return true; }
  bool on_data(std::string_view bytes) override {
    outcome = raw_ ? lines_.out(bytes) : decoder_.decode(bytes, lines_);
    return outcome.ok();
  }
  Result<void> outcome;

 private:
  LinePrefixer& lines_;
  bool raw_;
  stream::StdcopyDecoder decoder_;
};

/// One after the other, or with --follow all at once.
Result<void> stream_several(Context& context, engine::Client& engine, const LogsOptions& options,
                            const engine::LogsOptions& logs) {
  std::size_t width = 0;
  for (const auto& name : options.arguments) width = std::max(width, util::display_width(name));
  std::mutex mutex;
  const auto stream_one = [&](const std::string& name) -> Result<void> {
    LinePrefixer lines(context.io, mutex, name + std::string(width - util::display_width(name), ' ') + " | ");
    DL_TRY(const engine::ContainerState state, look_up(engine, name));
    DL_TRY(auto request, engine::container_logs(state.id, logs));
    PrefixedSink sink(lines, state.tty);
    auto sent = engine.stream(std::move(request), sink);
    DL_CHECK(std::move(sink.outcome));
    DL_CHECK(lines.finish());
    return sent;
  };
  std::vector<Error> errors;
  const auto gather = [&](const std::string&, Result<void> result) {
    if (!result) errors.push_back(std::move(result).error());
  };
  if (options.follow) {
    for_each_name(options.arguments, stream_one, gather);
  } else {
    for (const auto& name : options.arguments) gather(name, stream_one(name));
  }
  return join_errors(std::move(errors));
}

Result<void> run(Context& context, LogsOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  engine::LogsOptions logs{.follow = options.follow,
                           .timestamps = options.timestamps,
                           .details = options.details,
                           .since = {},
                           .until = {},
                           .tail = options.tail};
  const auto fill_times = [&]() -> Result<void> {
    DL_TRY(logs.since, point_in_time(context, "since", options.since));
    DL_TRY(logs.until, point_in_time(context, "until", options.until));
    return {};
  };
  if (options.arguments.size() > 1) {
    DL_CHECK(fill_times());
    return stream_several(context, *engine, options, logs);
  }
  // docker looks the container up before it reads the times.
  DL_TRY(const engine::ContainerState state, look_up(*engine, options.arguments.front()));
  DL_CHECK(fill_times());
  DL_TRY(auto request, engine::container_logs(state.id, logs));
  DL_CHECK(context.io.out.flush());
  LogSink sink(context.io, state.tty);
  auto sent = engine->stream(std::move(request), sink);
  DL_CHECK(std::move(sink.outcome));
  return sent;
}

constexpr std::string_view kNames[] = {"container logs", "logs"};

}  // namespace

constinit const cli::CommandSpec container_logs = cli::make_command<LogsOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER",
    .summary = "Show what a container has written",
    .description =
        "Show what a container has written. Given several containers, each line is led by its container's name.",
    .options = kOptions,
    // More than one is ours; none at all is refused in docker's words.
    .arguments = {cli::Arguments::Rule::exactly, 1, ~0U},
    .completion = cli::Completion::containers,
});

}  // namespace dockerlite::command
