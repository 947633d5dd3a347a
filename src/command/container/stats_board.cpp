#include "stats_board.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>

#include "dockerlite/engine/query.hpp"
#include "dockerlite/stream/json_sequence.hpp"

namespace dockerlite::command {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kSilence = std::chrono::seconds(2);

}  // namespace

struct StatsBoard::Container {
  explicit Container(std::string its_name) : name(std::move(its_name)) {}
  std::string name;
  engine::StatsSample sample{};
  std::optional<Error> error;
  bool shown = false;                      ///< there is something to show, be it a failure
  bool finished = false;                   ///< nothing more will come
  bool removed = false;                    ///< nobody looks at it any more
  std::optional<Clock::time_point> heard;  ///< last sign of the engine
};

/// The answer of one container's stats call.
class StatsBoard::Reading : public transport::Sink {
 public:
  Reading(StatsBoard& board, Container& container) : board_(board), container_(container) {}

  bool on_head(const transport::ResponseHead& head) override {
    const std::lock_guard lock(board_.mutex_);
    os_ = engine::server_os(transport::header_value(head.headers, "Server"));
    if (!os_.empty()) board_.os_ = os_;
    container_.heard = Clock::now();
    return true;
  }

  bool on_data(std::string_view bytes) override {
    bool more = true;
    const auto result = splitter_.feed(bytes, [&](std::string_view value) -> Result<void> {
      if (!more) return {};
      more = board_.update(container_, engine::decode_stats(value, os_ == "windows")) && board_.stream_;
      return {};
    });
    if (!result) board_.update(container_, result.error());
    return more && result.ok();
  }

 private:
  StatsBoard& board_;
  Container& container_;
  std::string os_;
  stream::JsonSequenceSplitter splitter_;
};

class StatsBoard::Events : public transport::Sink {
 public:
  Events(StatsBoard& board, bool all) : board_(board), all_(all) {}

  bool on_head(const transport::ResponseHead&) override {
    const std::lock_guard lock(board_.mutex_);
    board_.subscribed_ = true;
    board_.changed_.notify_all();
    return true;
  }

  bool on_data(std::string_view bytes) override {
    result_ = splitter_.feed(bytes, [&](std::string_view value) -> Result<void> {
      DL_TRY(const auto event, engine::decode_container_event(value));
      board_.react(event, all_);
      return {};
    });
    return result_.ok();
  }

  Result<void> take_result() { return std::move(result_); }

 private:
  StatsBoard& board_;
  bool all_;
  stream::JsonSequenceSplitter splitter_;
  Result<void> result_;
};

StatsBoard::StatsBoard(engine::Client& engine, bool stream)
    : engine_(engine), stream_(stream), cancel_(::eventfd(0, EFD_CLOEXEC)) {}

StatsBoard::~StatsBoard() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(cancel_.get(), &one, sizeof one);
  threads_.clear();
}

void StatsBoard::add(const std::string& container) {
  const std::lock_guard lock(mutex_);
  const bool known =
      std::any_of(containers_.begin(), containers_.end(), [&](const auto& c) { return c->name == container; });
  if (known || ending_) return;
  // Threads of containers that are gone have ended by now, or are about to.
  std::erase_if(threads_, [](const auto& thread) { return thread.first != nullptr && thread.first->finished; });
  auto entry = containers_.emplace_back(std::make_shared<Container>(container));
  threads_.emplace_back(entry, std::jthread([this, entry] { collect(entry); }));
}

void StatsBoard::remove(const std::string& container) {
  const std::lock_guard lock(mutex_);
  std::erase_if(containers_, [&](const auto& c) {
    c->removed = c->name == container;
    return c->removed;
  });
}

void StatsBoard::collect(const std::shared_ptr<Container>& container) {
  auto result = read(container);
  const std::lock_guard lock(mutex_);
  container->finished = true;
  container->shown = true;
  if (!result) {
    container->error = std::move(result).error();
  } else if (stream_) {
    container->error = error("EOF");
  }
  changed_.notify_all();
}

Result<void> StatsBoard::read(const std::shared_ptr<Container>& container) {
  DL_TRY(std::string path, engine::container_path(container->name, "stats"));
  Reading reading(*this, *container);
  return engine_.stream(
      {.path = std::move(path), .query = {{"stream", stream_ ? "1" : "0"}}, .cancel_fd = cancel_.get()}, reading);
}

bool StatsBoard::update(Container& container, Result<engine::StatsSample> sample) {
  const std::lock_guard lock(mutex_);
  container.heard = Clock::now();
  if (sample) {
    container.sample = *std::move(sample);
    container.error.reset();
    container.shown = true;
  } else {
    container.error = std::move(sample).error();
  }
  changed_.notify_all();
  return !container.removed;
}

void StatsBoard::react(const engine::ContainerEvent& event, bool all) {
  const std::string id = event.id.substr(0, 12);
  if (event.action == "start" || (all && event.action == "create")) add(id);
  if (!all && event.action == "die") remove(id);
}

void StatsBoard::follow_events(bool all) {
  std::unique_lock lock(mutex_);
  following_ = true;
  threads_.emplace_back(nullptr, std::jthread([this, all] {
                          Events events(*this, all);
                          transport::Request request{
                              .path = "/events",
                              .query = {{"filters", engine::filters_json({{"type", {"container"}}})}},
                              .cancel_fd = cancel_.get()};
                          auto result = engine_.stream(std::move(request), events);
                          if (result) result = events.take_result();
                          if (result) result = error("EOF");
                          const std::lock_guard guard(mutex_);
                          events_end_ = std::move(result);
                          changed_.notify_all();
                        }));
  changed_.wait(lock, [&] { return subscribed_ || events_end_.has_value(); });
}

bool StatsBoard::silent(const Container& container) const {
  return container.heard && !container.finished && Clock::now() - *container.heard > kSilence;
}

void StatsBoard::wait_for_first() {
  std::unique_lock lock(mutex_);
  const auto all_shown = [&] {
    return std::all_of(containers_.begin(), containers_.end(), [&](const auto& c) { return c->shown || silent(*c); });
  };
  while (!all_shown()) changed_.wait_for(lock, std::chrono::milliseconds(50));
}

std::vector<Error> StatsBoard::errors() const {
  const std::lock_guard lock(mutex_);
  std::vector<Error> errors;
  for (const auto& container : containers_) {
    if (container->error)
      errors.push_back(*container->error);
    else if (silent(*container))
      errors.push_back(error("timeout waiting for stats"));
  }
  return errors;
}

std::vector<StatsEntry> StatsBoard::entries() const {
  const std::lock_guard lock(mutex_);
  std::vector<StatsEntry> entries;
  for (const auto& container : containers_) {
    entries.push_back({container->name, container->sample, !container->error && !silent(*container)});
  }
  return entries;
}

std::string StatsBoard::os() const {
  const std::lock_guard lock(mutex_);
  return os_;
}

bool StatsBoard::every_connection_lost() const {
  return !containers_.empty() && std::all_of(containers_.begin(), containers_.end(), [](const auto& c) {
    return c->finished && c->error && c->error->kind == ErrorKind::connection;
  });
}

std::optional<Result<void>> StatsBoard::wait_for_end(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  const auto ended = [&] { return following_ ? events_end_.has_value() : every_connection_lost(); };
  if (!changed_.wait_for(lock, time, ended)) return std::nullopt;
  if (!following_) return Result<void>();
  return events_end_;
}

}  // namespace dockerlite::command
