#pragma once

#include <csignal>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "dockerlite/util/file.hpp"

namespace dockerlite::term {

/// Receives signals through a descriptor instead of by handlers. While it lives the signals are blocked in the thread
/// that made it and in threads started from there, so that nobody else is interrupted. The destructor puts the mask
/// back: a signal that came in and was not read has its default effect then. A child started meanwhile must get
/// `original_mask()`.
class SignalWatcher {
 public:
  explicit SignalWatcher(const std::vector<int>& signals);
  SignalWatcher(const SignalWatcher&) = delete;
  SignalWatcher& operator=(const SignalWatcher&) = delete;
  ~SignalWatcher();

  int fd() const { return fd_.get(); }  ///< readable when a signal has come
  std::optional<int> next();            ///< the next signal, without waiting
  const sigset_t& original_mask() const { return original_; }

 private:
  sigset_t original_;
  util::UniqueFd fd_;
};

/// Every signal that docker passes on to a container: all that can be caught except CHLD, PIPE and URG. TTIN and TTOU
/// are left out as well: docker passes them on, which stops the container when the client only asked for the terminal
/// in the background.
std::vector<int> forwarded_signals();

/// The name without SIG, as docker sends it: "TERM", "RTMIN+3"; empty if there is none.
std::string_view signal_name(int signal);

}  // namespace dockerlite::term
