#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "dockerlite/engine/client.hpp"
#include "dockerlite/engine/stats.hpp"
#include "dockerlite/util/file.hpp"

namespace dockerlite::command {

/// One line of `stats`.
struct StatsEntry {
  std::string container;  ///< as it was asked for
  engine::StatsSample sample{};
  bool valid = true;  ///< false: the last reading failed or is too old, and its numbers are not shown
};

/// Collects the readings of several containers at once, a connection each, while the caller shows them.
class StatsBoard {
 public:
  /// `stream` false: one reading each.
  StatsBoard(engine::Client& engine, bool stream);
  StatsBoard(const StatsBoard&) = delete;
  StatsBoard& operator=(const StatsBoard&) = delete;
  ~StatsBoard();  ///< ends every call that still runs

  /// Starts with a container, unless it is on the board already.
  void add(const std::string& container);
  void remove(const std::string& container);
  /// Follows the engine's events: containers that start (with `all`: that are created) are added, those that die
  /// (without `all`) removed. Returns once the engine has answered.
  void follow_events(bool all);

  /// Waits until each container has a reading, a failure, or has kept silent for two seconds.
  void wait_for_first();
  /// The failures so far, in the order of the containers.
  std::vector<Error> errors() const;
  std::vector<StatsEntry> entries() const;
  std::string os() const;  ///< the engine's, as far as its answers have told
  /// Waits for at most `time`; why the events have ended, if they have. Without events: whether every connection has
  /// been lost.
  std::optional<Result<void>> wait_for_end(std::chrono::milliseconds time);

 private:
  struct Container;
  class Reading;
  class Events;

  void collect(const std::shared_ptr<Container>& container);
  Result<void> read(const std::shared_ptr<Container>& container);
  bool update(Container& container, Result<engine::StatsSample> sample);  ///< false: no more is wanted
  bool silent(const Container& container) const;
  bool every_connection_lost() const;
  void react(const engine::ContainerEvent& event, bool all);

  engine::Client& engine_;
  const bool stream_;
  util::UniqueFd cancel_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<Container>> containers_;
  std::string os_;
  bool following_ = false, subscribed_ = false, ending_ = false;
  std::optional<Result<void>> events_end_;
  std::vector<std::pair<std::shared_ptr<Container>, std::jthread>> threads_;
};

}  // namespace dockerlite::command
