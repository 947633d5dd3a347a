#include "dockerlite/term/terminal.hpp"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

#include "dockerlite/util/file.hpp"

namespace dockerlite::term {
namespace {

constexpr std::array kFatalSignals{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

// What a signal handler needs to put the terminal back: it can be reached in no other way than through static storage.
struct SavedTerminal {
  std::atomic<int> fd{-1};
  termios settings{};
  std::array<struct sigaction, kFatalSignals.size()> actions{};
};
SavedTerminal saved;
static_assert(std::atomic<int>::is_always_lock_free);

// Runs inside a signal handler, too: nothing but async-signal-safe calls.
void restore_saved() {
  const int fd = saved.fd.exchange(-1);
  if (fd >= 0) tcsetattr(fd, TCSANOW, &saved.settings);
}

void restore_and_go_on(int signal_number) {
  restore_saved();
  // What would have happened without us happens when this handler returns.
  for (std::size_t i = 0; i < kFatalSignals.size(); ++i)
    if (kFatalSignals[i] == signal_number) sigaction(signal_number, &saved.actions[i], nullptr);
  ::raise(signal_number);
}

Error terminal_error(const char* operation, int error_number) {
  return error(std::string(operation) + ": " + util::errno_text(error_number));
}

void reset_handlers() {
  for (std::size_t i = 0; i < kFatalSignals.size(); ++i)
    if (saved.actions[i].sa_handler != SIG_IGN) sigaction(kFatalSignals[i], &saved.actions[i], nullptr);
}

Result<void> change(int fd, void (*adjust)(termios&)) {
  termios settings{};
  if (tcgetattr(fd, &settings) != 0) return terminal_error("cannot read the terminal's settings", errno);
  saved.settings = settings;
  for (std::size_t i = 0; i < kFatalSignals.size(); ++i) {
    struct sigaction action {};
    sigaction(kFatalSignals[i], nullptr, &saved.actions[i]);
    if (saved.actions[i].sa_handler == SIG_IGN) continue;  // nohup
    action.sa_handler = restore_and_go_on;
    sigaction(kFatalSignals[i], &action, nullptr);
  }
  saved.fd = fd;
  adjust(settings);
  if (tcsetattr(fd, TCSANOW, &settings) == 0) return {};
  const int error_number = errno;
  restore_saved();
  reset_handlers();
  return terminal_error("cannot change the terminal's settings", error_number);
}

}  // namespace

bool is_terminal(int fd) { return ::isatty(fd) == 1; }

std::optional<WindowSize> window_size(int fd) {
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return std::nullopt;
  return WindowSize{size.ws_row, size.ws_col};
}

Result<TerminalGuard> TerminalGuard::raw(int fd, const util::Environment& env) {
  if (!is_terminal(fd) || !env.value("NORAW").empty()) return TerminalGuard{};
  DL_CHECK(change(fd, [](termios& settings) {
    cfmakeraw(&settings);
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
  }));
  return TerminalGuard(fd);
}

Result<TerminalGuard> TerminalGuard::no_echo(int fd) {
  if (!is_terminal(fd)) return TerminalGuard{};
  DL_CHECK(change(fd, [](termios& settings) { settings.c_lflag &= ~static_cast<tcflag_t>(ECHO); }));
  return TerminalGuard(fd);
}

TerminalGuard& TerminalGuard::operator=(TerminalGuard&& other) noexcept {
  restore();
  fd_ = other.fd_;
  other.fd_ = -1;
  return *this;
}

void TerminalGuard::restore() {
  if (fd_ < 0) return;
  fd_ = -1;
  restore_saved();
  reset_handlers();
}

}  // namespace dockerlite::term
