#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace dockerlite {

/// What went wrong, as far as somebody above may act on it. `app` alone turns a kind into an exit code.
enum class ErrorKind {
  generic,      ///< anything that only needs saying
  usage,        ///< a bad flag or flag value: usage hint, exit code 125
  arguments,    ///< wrong number of arguments or an unknown command: usage hint, exit code 1
  connection,   ///< the engine could not be reached, or the connection broke
  api,          ///< the engine answered with a status >= 400; `http_status` has it
  not_found,    ///< a file, object or credential that is not there
  cancelled,    ///< the user stopped it; nothing is printed
  exit_status,  ///< a container's or child's own status in `exit_code`; `message` is printed only if not empty
};

/// An error as a value. `message` is complete: it is what the user reads, without a trailing newline.
struct Error {
  ErrorKind kind = ErrorKind::generic;
  std::string message;
  int http_status = 0;
  int exit_code = 0;  ///< 0: let `app` decide from the kind

  bool operator==(const Error&) const = default;
};

inline Error error(std::string message) { return Error{ErrorKind::generic, std::move(message), 0, 0}; }
inline Error error(ErrorKind kind, std::string message) { return Error{kind, std::move(message), 0, 0}; }

/// Either a value or an Error. `if (!r) return r.error();` or DL_TRY.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  Error& error() & { return *error_; }
  const Error& error() const& { return *error_; }
  Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace dockerlite

// A declaration and a type cannot stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define DL_CONCAT_(a, b) a##b
#define DL_CONCAT(a, b) DL_CONCAT_(a, b)
#define DL_TRY_(temp, target, expr)          \
  auto temp = (expr);                        \
  if (!temp) return std::move(temp).error(); \
  target = std::move(temp).value()
// NOLINTEND(bugprone-macro-parentheses)

/// DL_TRY(auto x, f()): x is f's value, or the enclosing function returns f's error.
#define DL_TRY(target, expr) DL_TRY_(DL_CONCAT(dl_result_, __LINE__), target, expr)

/// DL_CHECK(f()): returns f's error, if any, from the enclosing function.
#define DL_CHECK(expr)                                                            \
  do {                                                                            \
    if (auto dl_check_ = (expr); !dl_check_) return std::move(dl_check_).error(); \
  } while (false)
