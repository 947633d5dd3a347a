#include "dockerlite/util/log.hpp"

#include <time.h>
#include <unistd.h>

#define SPDLOG_HEADER_ONLY
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::util::log {
namespace {

std::atomic<Level>& current_level() {
  static std::atomic<Level> level{Level::info};
  return level;
}

/// Made on the first debug line: a run without --debug never touches spdlog.
spdlog::logger& debug_logger() {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>("dockerlite", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    made->set_level(spdlog::level::debug);
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *logger;
}

/// logrus leaves a message bare if it is one plain word.
std::string log_value(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
           std::string_view("-._/@^+").find(c) != std::string_view::npos;
  };
  return std::all_of(text.begin(), text.end(), plain) ? std::string(text) : go_quote(text);
}

}  // namespace

void set_level(Level level) { current_level().store(level, std::memory_order_relaxed); }

bool debug_enabled() { return current_level().load(std::memory_order_relaxed) == Level::debug; }

void debug(std::string_view message) {
  if (debug_enabled()) debug_logger().debug("{}", message);
}

void write(Level level, std::string_view message) {
  if (level < current_level().load(std::memory_order_relaxed)) return;
  static constexpr std::string_view kNames[] = {"debug", "info", "warning", "error", "fatal", ""};
  char stamp[40];
  const time_t now = ::time(nullptr);
  tm local{};
  ::localtime_r(&now, &local);
  const std::size_t length = ::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S%z", &local);
  std::string time(stamp, length);
  if (time.ends_with("+0000"))
    time.replace(time.size() - 5, 5, "Z");
  else if (time.size() > 5)
    time.insert(time.size() - 2, ":");
  const std::string line = "time=\"" + time + "\" level=" + std::string(kNames[static_cast<int>(level)]) +
                           " msg=" + log_value(message) + "\n";
  static_cast<void>(write_all(STDERR_FILENO, line));
}

}  // namespace dockerlite::util::log
