#include "dockerlite/term/signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <array>

namespace dockerlite::term {
namespace {

// Linux numbers on the engine's side are fixed: the first real-time signal is 34, the last 64.
constexpr std::array<std::string_view, 65> kNames{
    "",         "HUP",      "INT",      "QUIT",     "ILL",      "TRAP",     "ABRT",     "BUS",      "FPE",
    "KILL",     "USR1",     "SEGV",     "USR2",     "PIPE",     "ALRM",     "TERM",     "STKFLT",   "CHLD",
    "CONT",     "STOP",     "TSTP",     "TTIN",     "TTOU",     "URG",      "XCPU",     "XFSZ",     "VTALRM",
    "PROF",     "WINCH",    "IO",       "PWR",      "SYS",      "",         "",         "RTMIN",    "RTMIN+1",
    "RTMIN+2",  "RTMIN+3",  "RTMIN+4",  "RTMIN+5",  "RTMIN+6",  "RTMIN+7",  "RTMIN+8",  "RTMIN+9",  "RTMIN+10",
    "RTMIN+11", "RTMIN+12", "RTMIN+13", "RTMIN+14", "RTMIN+15", "RTMAX-14", "RTMAX-13", "RTMAX-12", "RTMAX-11",
    "RTMAX-10", "RTMAX-9",  "RTMAX-8",  "RTMAX-7",  "RTMAX-6",  "RTMAX-5",  "RTMAX-4",  "RTMAX-3",  "RTMAX-2",
    "RTMAX-1",  "RTMAX"};

}  // namespace

SignalWatcher::SignalWatcher(const std::vector<int>& signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  pthread_sigmask(SIG_BLOCK, &set, &original_);
  fd_.reset(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
}

SignalWatcher::~SignalWatcher() { pthread_sigmask(SIG_SETMASK, &original_, nullptr); }

std::optional<int> SignalWatcher::next() {
  signalfd_siginfo info{};
  if (::read(fd_.get(), &info, sizeof info) != static_cast<ssize_t>(sizeof info)) return std::nullopt;
  return static_cast<int>(info.ssi_signo);
}

std::vector<int> forwarded_signals() {
  std::vector<int> signals;
  for (int signal = 1; signal < static_cast<int>(kNames.size()); ++signal) {
    switch (signal) {
      case SIGKILL:
      case SIGSTOP:
      case SIGCHLD:
      case SIGPIPE:
      case SIGURG:
      case SIGTTIN:
      case SIGTTOU:
        break;
      default:
        if (!signal_name(signal).empty()) signals.push_back(signal);
    }
  }
  return signals;
}

std::string_view signal_name(int signal) {
  return signal > 0 && signal < static_cast<int>(kNames.size()) ? kNames[static_cast<std::size_t>(signal)]
                                                                : std::string_view{};
}

}  // namespace dockerlite::term
