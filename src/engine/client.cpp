#include "dockerlite/engine/client.hpp"

#include "dockerlite/cli/command.hpp"
#include "dockerlite/format/json_indent.hpp"
#include "dockerlite/format/value.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {

namespace {

/// docker gives the first ping this long, so that help and gating do not hang on an engine that does.
constexpr int kPingTimeout = 2000;
constexpr std::size_t kMaximumErrorBody = 1U << 20;

/// Go's http.StatusText for the statuses that engines and proxies answer errors with.
std::string_view status_text(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 413:
      return "Request Entity Too Large";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Requested Range Not Satisfiable";
    case 418:
      return "I'm a teapot";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "";
  }
}

bool is_error(const transport::ResponseHead& head) { return head.status < 200 || head.status >= 400; }

class Collector final : public transport::Sink {
 public:
  explicit Collector(std::size_t limit) : limit_(limit) {}
  bool on_head(const transport::ResponseHead& head) override {
    answer.head = head;
    return true;
  }
  bool on_data(std::string_view bytes) override {
    answer.body.append(bytes);
    return !is_error(answer.head) || answer.body.size() < limit_;
  }
  Client::Answer answer;

 private:
  std::size_t limit_;  ///< of an error's body
};

/// Lets an answer through to another sink unless it is an error's, which it keeps.
class ErrorFilter final : public transport::Sink {
 public:
  explicit ErrorFilter(transport::Sink& sink) : sink_(sink), error_(kMaximumErrorBody) {}
  bool on_head(const transport::ResponseHead& head) override {
    failed_ = is_error(head);
    return failed_ ? error_.on_head(head) : sink_.on_head(head);
  }
  bool on_data(std::string_view bytes) override { return failed_ ? error_.on_data(bytes) : sink_.on_data(bytes); }
  const Client::Answer* failure() const { return failed_ ? &error_.answer : nullptr; }

 private:
  transport::Sink& sink_;
  Collector error_;
  bool failed_ = false;
};

Ping parse_ping(const transport::ResponseHead& head) {
  Ping ping;
  ping.api_version = transport::header_value(head.headers, "Api-Version");
  // docker takes an engine that reports trouble as one that it knows nothing about, but for the version.
  if (is_error(head)) {
    ping.experimental = true;
    return ping;
  }
  ping.os_type = transport::header_value(head.headers, "Ostype");
  ping.builder_version = transport::header_value(head.headers, "Builder-Version");
  ping.swarm = transport::header_value(head.headers, "Swarm");
  ping.experimental = transport::header_value(head.headers, "Docker-Experimental") == "true";
  return ping;
}

/// The URL of a request in docker's texts.
std::string url_of(const std::string& host, const transport::Request& request) {
  const auto endpoint = transport::parse_endpoint(host);
  return endpoint ? transport::display_url(*endpoint, request.target()) : request.target();
}

}  // namespace

Error answer_error(const transport::ResponseHead& head, std::string_view body, std::string_view url) {
  const auto api_error = [&](std::string text) { return Error{ErrorKind::api, std::move(text), head.status, 0}; };
  const std::string status = std::to_string(head.status) + (head.reason.empty() ? "" : " " + head.reason);
  const std::string check =
      " for API route and version " + std::string(url) + ", check if the server supports the requested API version";
  if (body.size() >= kMaximumErrorBody)
    return api_error("request returned " + status + " with a message (> " + std::to_string(kMaximumErrorBody) +
                     " bytes)" + check);
  if (body.empty()) return api_error("request returned " + status + check);

  constexpr std::string_view kPrefix = "Error response from daemon: ";
  const auto daemon_error = [&](std::string_view text) { return api_error(std::string(kPrefix).append(text)); };
  if (transport::header_value(head.headers, "Content-Type") != "application/json")
    return daemon_error(util::trim_space(body));
  std::string compact;
  if (const auto valid = format::compact_json(compact, body); !valid)
    return api_error("Error reading JSON: " + valid.error().message);
  const auto document = format::Value::from_json(compact);
  if (!document) return api_error("Error reading JSON: " + document.error().message);
  std::string message;
  if (document->kind() == format::Kind::map)
    for (const auto& [key, value] : document->entries())
      if (util::equal_fold(key, "message") && value.kind() == format::Kind::string) message = value.as_string();
  if (message.empty())
    return daemon_error("API returned a " + std::to_string(head.status) + " (" + std::string(status_text(head.status)) +
                        ") but provided no error-message");
  return daemon_error(util::trim_space(message));
}

Client::Client(std::unique_ptr<transport::Transport> transport, std::string pinned_version)
    : transport_(std::move(transport)), pinned_version_(std::move(pinned_version)) {
  if (pinned_version_.starts_with('v')) pinned_version_.erase(0, 1);
  unanswered_.experimental = true;
}

const Ping* Client::ask(int timeout_ms) {
  if (ping_) return &*ping_;
  for (const auto method : {transport::Method::head, transport::Method::get}) {
    transport::Request request{.method = method, .path = "/_ping"};
    request.timeout_ms = timeout_ms;
    Collector collector(0);
    if (!transport_->send(request, collector)) return nullptr;
    const transport::ResponseHead& head = collector.answer.head;
    const bool last = method == transport::Method::get;
    // An engine in trouble answers 500 and is still worth listening to; a HEAD that it does not know is asked again as
    // GET.
    if (head.status != 200 && head.status != 500 && !last) continue;
    Ping ping = parse_ping(head);
    if (is_error(head) && ping.api_version.empty()) return nullptr;
    return &ping_.emplace(std::move(ping));
  }
  return nullptr;
}

const Ping& Client::ping() {
  const std::lock_guard lock(mutex_);
  const Ping* answer = ask(kPingTimeout);
  return answer != nullptr ? *answer : unanswered_;
}

std::string Client::version_in_use() const {
  if (!pinned_version_.empty()) return pinned_version_;
  if (!ping_) return std::string(kMaximumApiVersion);
  const std::string_view engine = ping_->api_version.empty() ? kFallbackApiVersion : ping_->api_version;
  return std::string(cli::version_less(engine, kMaximumApiVersion) ? engine : kMaximumApiVersion);
}

std::string Client::api_version() {
  const std::lock_guard lock(mutex_);
  ask(kPingTimeout);
  return version_in_use();
}

bool Client::api_less(std::string_view version) { return cli::version_less(api_version(), version); }

void Client::prepare(transport::Request& request) {
  const std::lock_guard lock(mutex_);
  // The second try waits as long as it takes: a slow engine must not be asked in a version that it does not have.
  if (ask(kPingTimeout) == nullptr && pinned_version_.empty()) ask(0);
  request.path = "/v" + version_in_use() + request.path;
}

Result<Client::Answer> Client::exchange(transport::Request request) {
  prepare(request);
  Collector collector(kMaximumErrorBody);
  DL_CHECK(transport_->send(request, collector));
  return std::move(collector.answer);
}

Result<std::string> Client::call(transport::Request request) {
  prepare(request);
  Collector collector(kMaximumErrorBody);
  DL_CHECK(transport_->send(request, collector));
  if (is_error(collector.answer.head))
    return answer_error(collector.answer.head, collector.answer.body, url_of(host(), request));
  return std::move(collector.answer.body);
}

Result<void> Client::stream(transport::Request request, transport::Sink& sink) {
  prepare(request);
  ErrorFilter filter(sink);
  DL_CHECK(transport_->send(request, filter));
  if (const Answer* failure = filter.failure())
    return answer_error(failure->head, failure->body, url_of(host(), request));
  return {};
}

Result<transport::Hijacked> Client::hijack(transport::Request request) {
  prepare(request);
  DL_TRY(auto hijacked, transport_->hijack(request));
  if (hijacked.head.status != 101) {
    std::string text = "unable to upgrade to tcp, received " + std::to_string(hijacked.head.status);
    if (!hijacked.body.empty()) text += ": " + answer_error(hijacked.head, hijacked.body, "").message;
    return Error{ErrorKind::api, std::move(text), hijacked.head.status, 0};
  }
  return hijacked;
}

}  // namespace dockerlite::engine
