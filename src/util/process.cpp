#include "dockerlite/util/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::util {

Result<std::string> find_program(const std::string& name, const std::string& path_variable) {
  if (contains(name, "/")) {
    if (::access(name.c_str(), X_OK) == 0) return name;
    return error(ErrorKind::not_found, "fork/exec " + name + ": " + errno_text(errno));
  }
  for (const auto& directory : split(path_variable, ':')) {
    std::string candidate = (directory.empty() ? "." : directory) + "/" + name;
    if (file_exists(candidate) && ::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return error(ErrorKind::not_found, "exec: " + go_quote(name) + ": executable file not found in $PATH");
}

namespace {

struct Pipe {
  UniqueFd read, write;
};

Result<Pipe> make_pipe() {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) return error("pipe: " + errno_text(errno));
  return Pipe{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

/// Feeds `input` and collects the output at once, so that neither side waits for the other with a full pipe.
void exchange(UniqueFd& to_child, UniqueFd& from_child, std::string_view input, std::string& output) {
  ::fcntl(to_child.get(), F_SETFL, O_NONBLOCK);
  if (input.empty()) to_child.reset();
  char buffer[4096];
  while (true) {
    pollfd fds[2] = {{from_child.get(), POLLIN, 0}, {to_child.get(), POLLOUT, 0}};
    if (::poll(fds, to_child.valid() ? 2 : 1, -1) < 0) {
      if (errno == EINTR) continue;
      return;
    }
    if (to_child.valid() && fds[1].revents != 0) {
      const ssize_t count = ::write(to_child.get(), input.data(), input.size());
      if (count > 0) input.remove_prefix(static_cast<std::size_t>(count));
      if ((count < 0 && errno != EAGAIN && errno != EINTR) || input.empty()) to_child.reset();
    }
    if (fds[0].revents != 0) {
      const ssize_t count = ::read(from_child.get(), buffer, sizeof buffer);
      if (count == 0 || (count < 0 && errno != EINTR)) return;
      if (count > 0) output.append(buffer, static_cast<std::size_t>(count));
    }
  }
}

}  // namespace

Result<ProcessOutput> run_process(const std::vector<std::string>& argv, const std::string& input, ChildErrors errors) {
  DL_TRY(auto to_child, make_pipe());
  DL_TRY(auto from_child, make_pipe());
  DL_TRY(auto failure, make_pipe());  // carries the errno of a failed exec
  std::vector<char*> words;
  words.reserve(argv.size() + 1);
  for (const auto& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);

  // A child that does not read its input must not end us by SIGPIPE.
  sigset_t pipe_signal, old_mask;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe_signal, &old_mask);
  const pid_t child = ::fork();
  if (child < 0) {
    const int fork_error = errno;
    ::pthread_sigmask(SIG_SETMASK, &old_mask, nullptr);
    return error("fork: " + errno_text(fork_error));
  }
  if (child == 0) {
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::dup2(to_child.read.get(), 0);
    ::dup2(from_child.write.get(), 1);
    if (errors == ChildErrors::discarded) ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), 2);
    ::execv(words[0], words.data());
    const int exec_error = errno;
    [[maybe_unused]] const auto ignored = ::write(failure.write.get(), &exec_error, sizeof exec_error);
    ::_exit(127);
  }
  to_child.read.reset();
  from_child.write.reset();
  failure.write.reset();
  ProcessOutput output;
  exchange(to_child.write, from_child.read, input, output.out);
  to_child.write.reset();
  int exec_error = 0;
  const bool exec_failed = ::read(failure.read.get(), &exec_error, sizeof exec_error) == sizeof exec_error;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const timespec no_wait{0, 0};
  while (::sigtimedwait(&pipe_signal, nullptr, &no_wait) == SIGPIPE) {
  }
  ::pthread_sigmask(SIG_SETMASK, &old_mask, nullptr);
  if (exec_failed) return error("fork/exec " + argv[0] + ": " + errno_text(exec_error));
  output.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return output;
}

}  // namespace dockerlite::util
