#include "death_watch.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace dockerlite::command {
namespace {

/// Only async-signal-safe calls from here on: this is a copy of a process that may have had threads.
[[noreturn]] void watch(int pipe, char* const* argv) {
  ::setsid();
  for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM}) ::signal(number, SIG_IGN);
  // The streams go back to whoever reads them: a pipe's reader waits until every copy of its writing end is closed.
  const int null = ::open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(null, stream);
  constexpr int kPipe = 3;
  if (pipe != kPipe) ::dup2(pipe, kPipe);
  ::close_range(kPipe + 1, ~0U, 0);

  char byte = 0;
  ssize_t count = 0;
  while ((count = ::read(kPipe, &byte, 1)) < 0 && errno == EINTR) {
  }
  if (count == 0) {
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM}) ::signal(number, SIG_DFL);
    ::execv("/proc/self/exe", argv);
  }
  ::_exit(0);
}

}  // namespace

Result<DeathWatch> DeathWatch::begin(const std::string& host, const std::string& container) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return error("pipe: " + util::errno_text(errno));
  util::UniqueFd reading(ends[0]), writing(ends[1]);
  std::array<std::string, 5> words{"dockerlite", "--host", host, "kill", container};
  std::array<char*, 6> argv{};
  for (std::size_t i = 0; i < words.size(); ++i) argv[i] = words[i].data();

  const pid_t child = ::fork();
  if (child < 0) return error("fork: " + util::errno_text(errno));
  if (child == 0) {
    ::close(writing.get());
    // The watcher is nobody's child, so that nobody has to wait for it.
    if (::fork() != 0) ::_exit(0);
    watch(reading.get(), argv.data());
  }
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  return DeathWatch(std::move(writing));
}

void DeathWatch::call_off() {
  // A watcher that is gone cannot be told; that must not end us by SIGPIPE.
  sigset_t pipe_signal, old_mask;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe_signal, &old_mask);
  if (::write(pipe_.get(), "", 1) < 0 && errno == EPIPE) {
    const timespec no_wait{0, 0};
    ::sigtimedwait(&pipe_signal, nullptr, &no_wait);
  }
  ::pthread_sigmask(SIG_SETMASK, &old_mask, nullptr);
  pipe_.reset();
}

}  // namespace dockerlite::command
