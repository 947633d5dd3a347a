#include "wait_until.hpp"

#include <fmt/format.h>

#include <thread>

#include "dockerlite/engine/interactive.hpp"
#include "dockerlite/util/duration.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {

Result<void> WaitTimeout::set(std::string_view text) {
  constexpr std::int64_t kMillisecond = 1'000'000;
  const auto seconds = util::parse_uint(text, 10, 31);
  const auto nanoseconds = seconds ? Result<std::int64_t>(static_cast<std::int64_t>(*seconds) * 1000 * kMillisecond)
                                   : util::parse_duration(text);
  if (!nanoseconds) return nanoseconds.error();
  if (*nanoseconds < 0) return error("must not be negative");
  value = std::chrono::milliseconds(*nanoseconds / kMillisecond);
  return {};
}

Result<bool> reached(Until until, const engine::Readiness& now, std::string_view name) {
  if (until == Until::running) return now.status == "running";
  if (until == Until::paused) return now.status == "paused";
  if (now.status == "exited" || now.status == "dead")
    return error(fmt::format("container {} has ended with exit code {}", name, now.exit_code));
  const bool checked = !now.health.empty();
  if (until == Until::ready && !checked) return now.status == "running";
  if (!checked && now.status != "created") return error(fmt::format("container {} has no health check", name));
  if (until == Until::unhealthy) return now.health == "unhealthy";
  if (now.health == "unhealthy") return error(fmt::format("container {} is unhealthy", name));
  return now.health == "healthy";
}

Result<void> wait_until(engine::Client& engine, const std::string& name, Until until,
                        std::optional<WaitTimeout> timeout) {
  constexpr std::chrono::milliseconds kPause{100};
  const auto begin = std::chrono::steady_clock::now();
  while (true) {
    DL_TRY(auto request, engine::inspect_container(name));
    DL_TRY(const std::string answer, engine.call(std::move(request)));
    DL_TRY(const auto now, engine::decode_readiness(answer));
    DL_TRY(const bool done, reached(until, now, name));
    if (done) return {};
    if (timeout && std::chrono::steady_clock::now() - begin >= timeout->value)
      return error(fmt::format("timed out after {}: container {} is still {}",
                               util::format_duration(std::chrono::nanoseconds(timeout->value).count()), name,
                               now.health.empty() ? now.status : now.health));
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace dockerlite::command
