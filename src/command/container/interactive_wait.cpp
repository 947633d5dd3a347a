#include "interactive_wait.hpp"

#include <poll.h>

#include <array>
#include <cerrno>

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
      std::thread([this, &engine, request = std::move(wait_request)]() mutable { wait(engine, std::move(request)); });
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

}  // namespace dockerlite::command
