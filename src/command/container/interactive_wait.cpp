#include "interactive_wait.hpp"

#include <poll.h>

#include <array>
#include <cerrno>

#include "dockerlite/stream/json_sequence.hpp"
#include "dockerlite/util/log.hpp"
#include "interactive_thread.hpp"

namespace dockerlite::command {

void wait_for_either(const Event& first, const Event& second) {
  std::array<pollfd, 2> entries{{{first.fd(), POLLIN, 0}, {second.fd(), POLLIN, 0}}};
  while (!first.is_set() && !second.is_set())
    if (::poll(entries.data(), entries.size(), -1) < 0 && errno != EINTR) return;
}

namespace {

/// The engine's answer has begun: it is waiting.
class AcknowledgedSink : public transport::Sink {
 public:
  explicit AcknowledgedSink(Event& acknowledged) : acknowledged_(acknowledged) {}
  bool on_head(const transport::ResponseHead&) override {
    acknowledged_.set();
    return true;
  }

 private:
  Event& acknowledged_;
};

class Answer final : public AcknowledgedSink {
 public:
  using AcknowledgedSink::AcknowledgedSink;
  bool on_data(std::string_view bytes) override {
    constexpr std::size_t kLimit = 64U << 10;
    body.append(bytes.substr(0, kLimit - body.size()));
    return true;
  }
  std::string body;
};

class Events final : public AcknowledgedSink {
 public:
  Events(Event& acknowledged, bool until_removed) : AcknowledgedSink(acknowledged), events_(until_removed) {}
  bool on_data(std::string_view bytes) override {
    taken_ = splitter_.feed(bytes, [this](std::string_view event) { return events_.take(event); });
    return taken_.ok() && !events_.ended();
  }
  /// Once the stream is over: why it cannot tell the container's end, if it cannot.
  Result<void> outcome() const {
    if (!taken_ || events_.ended()) return taken_;
    return error("unexpected EOF");
  }
  engine::WaitResult result() const { return {events_.status(), std::nullopt}; }

 private:
  engine::ExitEvents events_;
  stream::JsonSequenceSplitter splitter_;
  Result<void> taken_;
};

}  // namespace

ExitWaiter::ExitWaiter(engine::Client& engine, transport::Request wait_request) {
  wait_request.cancel_fd = cancel_.fd();
  thread_ = start_thread(
      [this, &engine, request = std::move(wait_request)]() mutable { finish(wait(engine, std::move(request))); });
}

ExitWaiter::ExitWaiter(engine::Client& engine, const std::string& id, bool until_removed) {
  thread_ = start_thread([this, &engine, id, until_removed] { finish(watch(engine, id, until_removed)); });
}

ExitWaiter::~ExitWaiter() {
  cancel_.set();
  thread_.join();
}

Result<engine::WaitResult> ExitWaiter::wait(engine::Client& engine, transport::Request request) {
  Answer answer(acknowledged_);
  DL_CHECK(engine.stream(std::move(request), answer));
  return engine::decode_wait_result(answer.body);
}

Result<void> remove_stopped(engine::Client& engine, const std::string& id) {
  DL_TRY(auto request, engine::remove_container(id));
  DL_CHECK(engine.call(std::move(request)));
  return {};
}

Result<engine::WaitResult> ExitWaiter::watch(engine::Client& engine, const std::string& id, bool until_removed) {
  // Engines before API 1.25 do not remove by themselves.
  const bool remove = until_removed && engine.api_less("1.25");
  Events answer(acknowledged_, until_removed && !remove);
  transport::Request request = engine::container_events(id);
  request.cancel_fd = cancel_.fd();
  auto watched = engine.stream(std::move(request), answer);
  if (watched) watched = answer.outcome();
  if (!watched) {
    if (watched.error().kind == ErrorKind::cancelled) return std::move(watched).error();
    util::log::write(util::log::Level::error, "error getting events from daemon: " + watched.error().message);
  } else if (remove) {
    if (auto removed = remove_stopped(engine, id); !removed)
      util::log::write(util::log::Level::error, "error removing container: " + removed.error().message);
  }
  return answer.result();
}

void ExitWaiter::finish(Result<engine::WaitResult> result) {
  result_ = std::move(result);
  finished_.set();
  acknowledged_.set();
}

void ExitWaiter::wait_acknowledged() const { wait_for_either(acknowledged_, finished_); }

Result<void> pass_on_status(std::int64_t status) {
  if (status == 0) return {};
  return Error{ErrorKind::exit_status, "", 0, static_cast<int>(status)};
}

Result<void> exit_with(const Result<engine::WaitResult>& result) {
  constexpr int kWaitFailed = 125;
  if (!result) {
    util::log::write(util::log::Level::error, "error waiting for container: " + result.error().message);
    return pass_on_status(kWaitFailed);
  }
  if (result->error) {
    util::log::write(util::log::Level::error, "Error waiting for container: " + *result->error);
    return pass_on_status(kWaitFailed);
  }
  return pass_on_status(result->status);
}

}  // namespace dockerlite::command
