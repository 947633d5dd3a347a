#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <map>

#include "dockerlite/term/signals.hpp"
#include "dockerlite/term/terminal.hpp"
#include "dockerlite/util/file.hpp"
#include "support/catch.hpp"

using dockerlite::term::forwarded_signals;
using dockerlite::term::signal_name;
using dockerlite::term::SignalWatcher;
using dockerlite::term::TerminalGuard;
using dockerlite::term::WindowSize;
using dockerlite::util::Environment;
using dockerlite::util::UniqueFd;

namespace {

struct Terminal {
  Terminal() : master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    REQUIRE(::grantpt(master.get()) == 0);
    REQUIRE(::unlockpt(master.get()) == 0);
    slave.reset(::open(::ptsname(master.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
    REQUIRE(slave.valid());
  }
  tcflag_t local() const {
    termios settings{};
    tcgetattr(slave.get(), &settings);
    return settings.c_lflag;
  }
  tcflag_t output() const {
    termios settings{};
    tcgetattr(slave.get(), &settings);
    return settings.c_oflag;
  }
  UniqueFd master, slave;
};

}  // namespace

TEST_CASE("a raw terminal passes every key on, and is put back") {
  const Terminal terminal;
  const tcflag_t local = terminal.local(), output = terminal.output();
  {
    auto guard = TerminalGuard::raw(terminal.slave.get(), Environment{});
    REQUIRE(guard);
    CHECK(guard->active());
    CHECK((terminal.local() & (ICANON | ECHO | ISIG | IEXTEN)) == 0);
    CHECK((terminal.output() & OPOST) == 0);
  }
  CHECK(terminal.local() == local);
  CHECK(terminal.output() == output);
}

TEST_CASE("a terminal without echo keeps everything else, and is put back once") {
  const Terminal terminal;
  const tcflag_t local = terminal.local();
  auto guard = TerminalGuard::no_echo(terminal.slave.get());
  REQUIRE(guard);
  CHECK(terminal.local() == (local & ~static_cast<tcflag_t>(ECHO)));
  guard->restore();
  CHECK(terminal.local() == local);
  CHECK_FALSE(guard->active());
}

TEST_CASE("a terminal stays as it is with NORAW, and what is no terminal is left alone") {
  const Terminal terminal;
  const tcflag_t local = terminal.local();
  const auto guard = TerminalGuard::raw(terminal.slave.get(),
                                        Environment(std::map<std::string, std::string, std::less<>>{{"NORAW", "1"}}));
  REQUIRE(guard);
  CHECK_FALSE(guard->active());
  CHECK(terminal.local() == local);

  const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  const auto none = TerminalGuard::raw(null.get(), Environment{});
  REQUIRE(none);
  CHECK_FALSE(none->active());
  CHECK(dockerlite::term::window_size(null.get()) == std::nullopt);
}

TEST_CASE("a signal that ends the program puts the terminal back first") {
  for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM}) {
    const Terminal terminal;
    const tcflag_t local = terminal.local();
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (const int each : {SIGHUP, SIGINT, SIGQUIT, SIGTERM}) ::signal(each, SIG_DFL);
      const auto guard = TerminalGuard::raw(terminal.slave.get(), Environment{});
      ::raise(number);
      ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == number);
    CHECK(terminal.local() == local);
  }
}

TEST_CASE("a handler that was there before runs after the terminal is back") {
  const Terminal terminal;
  const tcflag_t local = terminal.local();
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::signal(SIGTERM, [](int) { ::_exit(42); });
    const auto guard = TerminalGuard::raw(terminal.slave.get(), Environment{});
    ::raise(SIGTERM);
    ::_exit(1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 42);
  CHECK(terminal.local() == local);
}

TEST_CASE("the size of a terminal is its rows and columns") {
  const Terminal terminal;
  const winsize size{.ws_row = 30, .ws_col = 100, .ws_xpixel = 0, .ws_ypixel = 0};
  REQUIRE(ioctl(terminal.master.get(), TIOCSWINSZ, &size) == 0);
  CHECK(dockerlite::term::window_size(terminal.slave.get()) == WindowSize{30, 100});
}

TEST_CASE("a watched signal is read, and does nothing else") {
  {
    SignalWatcher watcher({SIGUSR1, SIGUSR2});
    CHECK(watcher.next() == std::nullopt);
    ::raise(SIGUSR1);
    ::raise(SIGUSR2);
    CHECK(watcher.next() == SIGUSR1);
    CHECK(watcher.next() == SIGUSR2);
    CHECK(watcher.next() == std::nullopt);
    CHECK(sigismember(&watcher.original_mask(), SIGUSR1) == 0);
  }
  sigset_t mask;
  pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  CHECK(sigismember(&mask, SIGUSR1) == 0);
}

TEST_CASE("signals have the names that engines know") {
  CHECK(signal_name(SIGTERM) == "TERM");
  CHECK(signal_name(SIGWINCH) == "WINCH");
  CHECK(signal_name(34) == "RTMIN");
  CHECK(signal_name(49) == "RTMIN+15");
  CHECK(signal_name(50) == "RTMAX-14");
  CHECK(signal_name(64) == "RTMAX");
  for (const int none : {-1, 0, 32, 33, 65}) CHECK(signal_name(none).empty());
}

TEST_CASE("what is passed on to a container leaves out what concerns the client alone") {
  const std::vector<int> signals = forwarded_signals();
  const auto has = [&](int signal) { return std::count(signals.begin(), signals.end(), signal) == 1; };
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGTSTP, SIGCONT, SIGWINCH, 34, 64})
    CHECK(has(signal));
  for (const int signal : {SIGKILL, SIGSTOP, SIGCHLD, SIGPIPE, SIGURG, SIGTTIN, SIGTTOU, 32, 33})
    CHECK_FALSE(has(signal));
}
