#pragma once

#include <optional>

#include "dockerlite/term/streams.hpp"
#include "dockerlite/util/environment.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::term {

bool is_terminal(int fd);
/// The size of the terminal behind a descriptor; nothing if it is no terminal.
std::optional<WindowSize> window_size(int fd);

/// Holds a terminal's settings changed, and puts them back on destruction, restore(), or when a signal ends the program
/// (SIGHUP, SIGINT, SIGQUIT, SIGTERM, unless the caller has blocked them to handle them itself). One at a time per
/// process.
class TerminalGuard {
 public:
  /// Every key goes to the program as it is: no line editing, echo, signals or output processing, as docker's raw mode.
  /// Nothing is changed, and success returned, if `fd` is no terminal or NORAW is set in `env`.
  static Result<TerminalGuard> raw(int fd, const util::Environment& env);
  /// What is typed is not shown (for passwords). Nothing is changed if `fd` is no terminal.
  static Result<TerminalGuard> no_echo(int fd);

  TerminalGuard() = default;
  TerminalGuard(TerminalGuard&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  TerminalGuard& operator=(TerminalGuard&& other) noexcept;
  ~TerminalGuard() { restore(); }
  void restore();
  bool active() const { return fd_ >= 0; }

 private:
  explicit TerminalGuard(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace dockerlite::term
