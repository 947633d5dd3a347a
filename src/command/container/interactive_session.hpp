#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "dockerlite/command/context.hpp"
#include "dockerlite/engine/interactive.hpp"
#include "dockerlite/term/terminal.hpp"
#include "interactive_jobs.hpp"
#include "interactive_pump.hpp"
#include "interactive_signals.hpp"
#include "interactive_wait.hpp"

namespace dockerlite::command {

/// The keys to detach with, as sent to the engine: the option's, else config.json's. Errors:
/// `invalid detach keys (xyz): Unknown character: 'xyz'`, before anything is asked of the engine (which would only
/// refuse).
Result<std::string> detach_keys(Context& context, const std::string& option);

/// `the input device is not a TTY`, for a terminal session whose stdin is to be attached and is none.
Result<void> check_terminal(const Context& context, bool attach_stdin, bool tty);

/// One container's streams, signals and terminal: what run, start, attach and exec have in common. Whatever way it
/// ends, the terminal is put back, calls under way are cancelled and threads joined.
class Session {
 public:
  struct Signals {
    std::string container;           ///< signals are passed on to it; "": none are
    bool count_interrupts = false;   ///< the third SIGINT or SIGTERM ends the command, container or not
    bool stop_on_interrupt = false;  ///< the first one does, once it has been passed on
    bool watch_size = false;         ///< SIGWINCH will be wanted for follow_size
  };
  struct Streams {
    bool tty = false;
    bool in = false, out = false, err = false;
    std::string detach_keys;  ///< as `detach_keys` gives them
  };

  Session(Context& context, engine::Client& engine, const Signals& signals);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Takes the connection over, makes the terminal raw if it has to be, and closes our direction if stdin is not
  /// attached.
  Result<void> connect(transport::Request request, Streams streams);
  /// Begins to wait for the container's next exit, or its removal, and returns once the engine has acknowledged that.
  Result<void> begin_wait(const std::string& id, bool until_removed);
  using SizeRequest = std::function<Result<transport::Request>(engine::ConsoleSize)>;
  /// Sends the size of the terminal on stdout now, again up to ten times if the engine is not ready for it, and
  /// whenever it changes.
  void follow_size(SizeRequest request);
  /// Sends one size; nothing if it is 0 by 0.
  Result<void> send_size(const SizeRequest& request, engine::ConsoleSize size);

  /// Copies until the stream ends or, with no output attached, the container does; the terminal is back to normal then.
  /// Errors: those of `pump`; a stopped session's.
  Result<PumpEnd> stream();
  /// The outcome of the wait, once it is there: a failed wait is a value, too. Errors: a stopped session's.
  Result<Result<engine::WaitResult>> wait_result() { return wait_result(*waiter_); }
  Result<Result<engine::WaitResult>> wait_result(const ExitWaiter& waiter);
  /// Puts the terminal back and closes the stream.
  void disconnect();
  /// Sends a request that ends when the session is stopped. Errors: the engine's; a stopped session's.
  Result<void> call(transport::Request request);
  bool stopped() const { return stop_.is_set(); }

 private:
  Error stop_error() const;
  Result<void> send_current_size();
  void retry_size(int attempt);

  Context& context_;
  engine::Client& engine_;
  Event stop_;
  SizeRequest size_request_;
  std::unique_ptr<transport::Stream> stream_;
  Streams streams_;
  term::TerminalGuard terminal_;
  JobQueue jobs_;
  std::unique_ptr<SignalRelay> relay_;
  std::unique_ptr<ExitWaiter> waiter_;
};

}  // namespace dockerlite::command
