#include "interactive_session.hpp"

#include <csignal>

#include "dockerlite/stream/detach_keys.hpp"
#include "dockerlite/util/log.hpp"

namespace dockerlite::command {
namespace {

constexpr int kSizeRetries = 10;
constexpr std::chrono::milliseconds kSizeRetryStep{10};

}  // namespace

Result<std::string> detach_keys(Context& context, const std::string& option) {
  std::string keys = option.empty() ? context.config().text("detachKeys") : option;
  if (!keys.empty()) {
    if (auto bytes = stream::parse_detach_keys(keys); !bytes)
      return error("invalid detach keys (" + keys + "): " + bytes.error().message);
  }
  return keys;
}

Result<void> check_terminal(const Context& context, bool attach_stdin, bool tty) {
  if (attach_stdin && tty && !context.io.in.is_terminal()) return error("the input device is not a TTY");
  return {};
}

Session::Session(Context& context, engine::Client& engine, const Signals& signals)
    : context_(context), engine_(engine) {
  SignalRelay::Options options;
  if (!signals.container.empty()) {
    options.signals = term::forwarded_signals();
    options.forward = [this, container = signals.container](int signal) {
      jobs_.post([this, container, signal] {
        auto request = engine::kill_container(container, term::signal_name(signal));
        if (!request) return;
        request->cancel_fd = jobs_.cancel_fd();
        if (auto sent = engine_.call(*std::move(request)); !sent)
          util::log::debug("Error sending signal: " + sent.error().message);
      });
    };
  } else {
    // The last three would end us; docker takes no notice of them.
    if (signals.count_interrupts) options.signals = {SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM};
    if (signals.watch_size) options.signals.push_back(SIGWINCH);
  }
  options.count_interrupts = signals.count_interrupts;
  // Behind the signal itself in the queue, so that the container gets it first.
  if (signals.stop_on_interrupt) options.on_interrupt = [this] { jobs_.post([this] { stop_.set(); }); };
  if (!options.signals.empty()) relay_ = std::make_unique<SignalRelay>(std::move(options), stop_);
}

Error Session::stop_error() const {
  if (relay_ != nullptr && relay_->forced())
    return Error{ErrorKind::exit_status, "\ngot 3 SIGTERM/SIGINTs, forcefully exiting", 0, 1};
  return error(ErrorKind::cancelled, "");
}

Result<void> Session::connect(transport::Request request, Streams streams) {
  request.cancel_fd = stop_.fd();
  auto hijacked = engine_.hijack(std::move(request));
  if (stopped()) return stop_error();
  if (!hijacked) return std::move(hijacked).error();
  stream_ = std::move(hijacked->stream);
  streams_ = std::move(streams);
  if (streams_.tty && streams_.in) {
    DL_TRY(terminal_, term::TerminalGuard::raw(context_.io.in.fd(), context_.env));
  }
  if (!streams_.in) DL_CHECK(stream_->close_write());
  return {};
}

Result<void> Session::call(transport::Request request) {
  request.cancel_fd = stop_.fd();
  auto answer = engine_.call(std::move(request));
  if (answer) return {};
  if (stopped()) return stop_error();
  return std::move(answer).error();
}

Result<void> Session::begin_wait(const std::string& id, bool until_removed) {
  if (engine_.api_less("1.30")) {
    waiter_ = std::make_unique<ExitWaiter>(engine_, id, until_removed);
  } else {
    DL_TRY(auto request, engine::wait_container(id, until_removed ? "removed" : "next-exit"));
    waiter_ = std::make_unique<ExitWaiter>(engine_, std::move(request));
  }
  wait_for_either(waiter_->acknowledged(), stop_);
  return {};
}

Result<void> Session::send_size(const SizeRequest& request, engine::ConsoleSize size) {
  if (size == engine::ConsoleSize{}) return {};
  DL_TRY(transport::Request resize, request(size));
  resize.cancel_fd = jobs_.cancel_fd();
  if (auto sent = engine_.call(std::move(resize)); !sent) return std::move(sent).error();
  return {};
}

Result<void> Session::send_current_size() {
  const auto size = context_.io.out.window_size();
  return size ? send_size(size_request_, {size->rows, size->columns}) : Result<void>{};
}

void Session::retry_size(int attempt) {
  const auto delay = kSizeRetryStep * (attempt + 1);
  jobs_.post(
      [this, attempt] {
        if (send_current_size() || stop_.is_set()) return;
        if (attempt + 1 < kSizeRetries)
          retry_size(attempt + 1);
        else
          (void)OutputWriter(context_.io).warn("failed to resize tty, using default size\n");
      },
      delay);
}

void Session::follow_size(SizeRequest request) {
  size_request_ = std::move(request);
  if (!send_current_size()) retry_size(0);
  if (relay_ != nullptr) relay_->on_resize([this] { jobs_.post([this] { (void)send_current_size(); }); });
}

Result<PumpEnd> Session::stream() {
  PumpOptions options{
      .raw = streams_.tty, .output = streams_.out || streams_.err, .input = streams_.in, .detach_keys = {}};
  if (streams_.tty && streams_.in) {
    options.detach_keys = stream::kDefaultDetachKeys;
    if (!streams_.detach_keys.empty()) {
      DL_TRY(options.detach_keys, stream::parse_detach_keys(streams_.detach_keys));
    }
  }
  auto end = pump(*stream_, context_.io, options, stop_, waiter_ != nullptr ? &waiter_->finished() : nullptr);
  disconnect();
  if (end && *end == PumpEnd::stopped) return stop_error();
  return end;
}

Result<Result<engine::WaitResult>> Session::wait_result(const ExitWaiter& waiter) {
  wait_for_either(waiter.finished(), stop_);
  if (!waiter.finished().is_set()) return stop_error();
  return waiter.result();
}

void Session::disconnect() {
  terminal_.restore();
  stream_.reset();
}

}  // namespace dockerlite::command
