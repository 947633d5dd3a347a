#pragma once

#include "dockerlite/cli/choices.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/query.hpp"

namespace dockerlite::command {

/// What stop and restart have in common.
struct StopOptions {
  std::string signal;
  std::optional<int> timeout, time;  ///< seconds; `time` is the older name of the option
  bool all{};                        ///< of stop alone, as is `filter`
  opts::FilterOption filter;
  std::vector<std::string> arguments;
  bool selects() const { return all || !filter.empty(); }
  bool operator==(const StopOptions&) const = default;
};

inline constexpr std::array kStopOptions{
    cli::option<&StopOptions::signal>("signal", 's', "Signal that asks the container to end")
        .with_choices(cli::kSignalChoices),
    cli::option<&StopOptions::timeout>("timeout", 't', "Seconds until it is killed"),
    cli::option<&StopOptions::time>("time", 0, "Seconds until it is killed").with_deprecated("use --timeout instead"),
};
static_assert(cli::valid_options(kStopOptions));

/// `verb` is "stop" or "restart". Engines before API 1.42 know no signal here, and docker leaves it out for them.
inline Result<transport::Request> stop_request(const StopOptions& options, const std::string& name,
                                               std::string_view verb, bool send_signal) {
  DL_TRY(std::string path, engine::container_path(name, verb));
  transport::Request request{.method = transport::Method::post, .path = std::move(path)};
  if (const auto seconds = options.timeout ? options.timeout : options.time)
    request.query.add("t", std::to_string(*seconds));
  if (send_signal && !options.signal.empty()) request.query.add("signal", options.signal);
  return request;
}

inline Result<void> check_stop_options(const StopOptions& options) {
  if (options.time && options.timeout) return error("conflicting options: cannot specify both --timeout and --time");
  return {};
}

}  // namespace dockerlite::command
