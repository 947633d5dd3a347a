#include "interactive_wait.hpp"

#include <poll.h>

#include <array>
#include <cerrno>

#include "dockerlite/util/log.hpp"
#include "interactive_thread.hpp"

namespace dockerlite::command {

void wait_for_either(const Event& first, const Event& second) {
  std::array<pollfd, 2> entries{{{first.fd(), POLLIN, 0}, {second.fd(), POLLIN, 0}}};
  while (!first.is_set() && !second.is_set())
    if (::poll(entries.data(), entries.size(), -1) < 0 && errno != EINTR) return;
}

class ExitWaiter::Answer final : public transport::Sink {
 public:
  explicit Answer(Event& acknowledged) : acknowledged_(acknowledged) {}
  bool on_head(const transport::ResponseHead&) override {
    acknowledged_.set();
    return true;
  }
  bool on_data(std::string_view bytes) override {
    constexpr std::size_t kLimit = 64U << 10;
    body.append(bytes.substr(0, kLimit - body.size()));
    return true;
  }
  std::string body;

 private:
  Event& acknowledged_;
};

ExitWaiter::ExitWaiter(engine::Client& engine, transport::Request wait_request) {
  wait_request.cancel_fd = cancel_.fd();
  thread_ =
      start_thread([this, &engine, request = std::move(wait_request)]() mutable { wait(engine, std::move(request)); });
}

ExitWaiter::~ExitWaiter() {
  cancel_.set();
  thread_.join();
}

void ExitWaiter::wait(engine::Client& engine, transport::Request request) {
  Answer answer(acknowledged_);
  if (auto sent = engine.stream(std::move(request), answer); !sent)
    result_ = std::move(sent).error();
  else
    result_ = engine::decode_wait_result(answer.body);
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
