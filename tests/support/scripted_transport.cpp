#include "support/scripted_transport.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "dockerlite/util/file.hpp"
#include "support/catch.hpp"

namespace dockerlite::test {

using transport::Headers;
using transport::Request;

ExpectedCall& ExpectedCall::with_body(std::string body) {
  body_rule_ = Body::exact;
  body_ = std::move(body);
  return *this;
}
ExpectedCall& ExpectedCall::with_json(std::string json) {
  body_rule_ = Body::json;
  body_ = std::move(json);
  return *this;
}
ExpectedCall& ExpectedCall::with_any_body() {
  body_rule_ = Body::any;
  return *this;
}
ExpectedCall& ExpectedCall::with_header(std::string name, std::string value) {
  headers_.emplace_back(std::move(name), std::move(value));
  return *this;
}
ExpectedCall& ExpectedCall::any_order() {
  any_order_ = true;
  return *this;
}
ExpectedCall& ExpectedCall::reply(int status, std::string body, Headers headers) {
  status_ = status;
  answer_ = std::move(body);
  answer_headers_ = std::move(headers);
  return *this;
}
ExpectedCall& ExpectedCall::reply_json(int status, std::string body) {
  return reply(status, std::move(body), {{"Content-Type", "application/json"}});
}
ExpectedCall& ExpectedCall::in_pieces(std::size_t size) {
  piece_ = size;
  return *this;
}
ExpectedCall& ExpectedCall::cut_at(std::vector<std::size_t> positions) {
  cuts_ = std::move(positions);
  return *this;
}
ExpectedCall& ExpectedCall::fail(Error error) {
  failure_ = std::move(error);
  return *this;
}
ExpectedCall& ExpectedCall::then_fail(Error error) {
  late_failure_ = std::move(error);
  return *this;
}
ExpectedCall& ExpectedCall::then_wait_for_cancel() {
  wait_for_cancel_ = true;
  return *this;
}
ExpectedCall& ExpectedCall::upgrade(std::string output, std::optional<std::string> input) {
  status_ = 101;
  answer_ = std::move(output);
  input_ = std::move(input);
  return *this;
}
ExpectedCall& ExpectedCall::upgrade(std::function<void(int)> engine) {
  status_ = 101;
  engine_ = std::move(engine);
  return *this;
}

namespace {

std::string read_to_end(int fd) {
  std::string text;
  std::array<char, 4096> buffer{};
  while (true) {
    const ssize_t count = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (count > 0)
      text.append(buffer.data(), static_cast<std::size_t>(count));
    else if (count == 0 || errno != EINTR)
      return text;
  }
}

void send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// The client's end of the socket pair that stands for a hijacked connection.
class PairStream final : public transport::Stream {
 public:
  explicit PairStream(int fd) : fd_(fd) {}
  int fd() const override { return fd_.get(); }
  bool buffered() const override { return false; }
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    while (true) {
      const ssize_t count = ::recv(fd_.get(), buffer, size, 0);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return error(ErrorKind::connection, "read: " + util::errno_text(errno));
    }
  }
  Result<void> write(std::string_view bytes) override {
    send_all(fd_.get(), bytes);
    return {};
  }
  Result<std::size_t> write_some(std::string_view bytes) override {
    const ssize_t count = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return count < 0 ? std::size_t{0} : static_cast<std::size_t>(count);
  }
  Result<void> close_write() override {
    ::shutdown(fd_.get(), SHUT_WR);
    return {};
  }

 private:
  util::UniqueFd fd_;
};

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace

class ScriptState {
 public:
  explicit ScriptState(std::string host) : host_(std::move(host)) {}

  ExpectedCall& expect(std::string line) { return calls_.emplace_back(std::move(line)); }
  const std::string& host() const { return host_; }

  Result<void> send(const Request& request, transport::Sink& sink) {
    DL_TRY(const ExpectedCall* const call, match(request));
    if (call->failure_) return *call->failure_;
    transport::ResponseHead head{call->status_, "", call->answer_headers_};
    if (!sink.on_head(head)) return {};
    if (request.method != transport::Method::head)
      for (const std::string_view piece : pieces(*call))
        if (!sink.on_data(piece)) return {};
    if (call->wait_for_cancel_) {
      pollfd cancel{request.cancel_fd, POLLIN, 0};
      ::poll(&cancel, 1, 10'000);
      return cancel.revents != 0 ? error(ErrorKind::cancelled, "context canceled")
                                 : problem("never cancelled", request);
    }
    if (call->late_failure_) return *call->late_failure_;
    return {};
  }

  Result<transport::Hijacked> hijack(const Request& request) {
    DL_TRY(const ExpectedCall* const call, match(request));
    if (call->failure_) return *call->failure_;
    transport::Hijacked result{{call->status_, "", call->answer_headers_}, nullptr, {}};
    if (call->status_ != 101) {
      result.body = call->answer_;
      return result;
    }
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return problem("socketpair", request);
    result.stream = std::make_unique<PairStream>(ends[0]);
    const std::lock_guard lock(mutex_);
    engines_.emplace_back([this, call, fd = ends[1]] {
      const util::UniqueFd owner(fd);
      if (call->engine_)
        call->engine_(fd);
      else
        serve(*call, fd);
    });
    return result;
  }

  void verify() {
    for (std::thread& engine : engines_) engine.join();
    engines_.clear();
    std::string report;
    for (const std::string& text : problems_) report += "  " + text + "\n";
    for (const ExpectedCall& call : calls_)
      if (!call.used_) report += "  never came: " + call.line_ + "\n";
    problems_.clear();
    calls_.clear();
    if (!report.empty()) FAIL_CHECK("the engine was not called as expected:\n" << report);
  }

 private:
  void serve(const ExpectedCall& call, int fd) {
    send_all(fd, call.answer_);
    ::shutdown(fd, SHUT_WR);
    const std::string sent = read_to_end(fd);
    if (!call.input_ || sent == *call.input_) return;
    const std::lock_guard lock(mutex_);
    problems_.push_back("stream of " + call.line_ + ": sent " + in_quotes(sent) + ", expected " +
                        in_quotes(*call.input_));
  }

  Error problem(const std::string& what, const Request& request) {
    const std::string line = std::string(method_name(request.method)) + " " + request.target();
    const std::lock_guard lock(mutex_);
    problems_.push_back(what + ": " + line);
    return error(ErrorKind::connection, "script: " + problems_.back());
  }

  Result<const ExpectedCall*> match(const Request& request) {
    const std::string line = std::string(method_name(request.method)) + " " + request.target();
    ExpectedCall* found = nullptr;
    {
      const std::lock_guard lock(mutex_);
      for (ExpectedCall& call : calls_) {
        if (call.used_) continue;
        if (call.line_ == line) {
          call.used_ = true;
          found = &call;
          break;
        }
        if (!call.any_order_) break;
      }
    }
    if (found == nullptr && line == "HEAD /_ping") return error(ErrorKind::connection, "script: no ping");
    if (found == nullptr) return problem("unexpected", request);
    DL_CHECK(check(*found, request));
    return found;
  }

  Result<void> check(const ExpectedCall& call, const Request& request) {
    std::string body = request.body;
    if (request.body_reader) {
      std::array<char, 4096> buffer{};
      while (true) {
        DL_TRY(const std::size_t count, request.body_reader(buffer.data(), buffer.size()));
        if (count == 0) break;
        body.append(buffer.data(), count);
      }
    }
    const bool exact = call.body_rule_ == ExpectedCall::Body::exact || call.body_rule_ == ExpectedCall::Body::none;
    const bool same_json = call.body_rule_ == ExpectedCall::Body::json &&
                           nlohmann::json::parse(body, nullptr, false) == nlohmann::json::parse(call.body_);
    if ((exact && body != call.body_) || (call.body_rule_ == ExpectedCall::Body::json && !same_json))
      return problem("body " + in_quotes(body) + ", expected " + in_quotes(call.body_), request);
    for (const auto& [name, value] : call.headers_) {
      std::string_view sent = transport::header_value(request.headers, name);
      if (sent.empty() && name == "Content-Type") sent = request.content_type;
      if (sent != value)
        return problem("header " + name + " " + in_quotes(sent) + ", expected " + in_quotes(value), request);
    }
    return {};
  }

  static std::vector<std::string_view> pieces(const ExpectedCall& call) {
    std::vector<std::string_view> result;
    const std::string_view body = call.answer_;
    std::vector<std::size_t> ends = call.cuts_;
    if (call.piece_ > 0)
      for (std::size_t end = call.piece_; end < body.size(); end += call.piece_) ends.push_back(end);
    ends.push_back(body.size());
    std::size_t start = 0;
    for (const std::size_t end : ends) {
      if (end > start) result.push_back(body.substr(start, end - start));
      start = std::max(start, end);
    }
    return result;
  }

  std::string host_;
  std::mutex mutex_;
  std::deque<ExpectedCall> calls_;
  std::vector<std::string> problems_;
  std::vector<std::thread> engines_;
};

namespace {

class ScriptedTransport final : public transport::Transport {
 public:
  explicit ScriptedTransport(std::shared_ptr<ScriptState> state) : state_(std::move(state)) {}
  Result<void> send(const Request& request, transport::Sink& sink) override { return state_->send(request, sink); }
  Result<transport::Hijacked> hijack(const Request& request) override { return state_->hijack(request); }
  const std::string& host() const override { return state_->host(); }

 private:
  std::shared_ptr<ScriptState> state_;
};

}  // namespace

Script::Script(std::string host) : state_(std::make_shared<ScriptState>(std::move(host))) {}
Script::~Script() { verify(); }
ExpectedCall& Script::expect(std::string line) { return state_->expect(std::move(line)); }
ExpectedCall& Script::expect_ping(std::string api_version, std::string os_type) {
  return expect("HEAD /_ping")
      .reply(200, "", {{"Api-Version", std::move(api_version)}, {"Ostype", std::move(os_type)}});
}
std::unique_ptr<transport::Transport> Script::transport() { return std::make_unique<ScriptedTransport>(state_); }
void Script::verify() { state_->verify(); }

}  // namespace dockerlite::test
