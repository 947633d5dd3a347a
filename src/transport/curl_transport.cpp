// The one file that includes libcurl.
#include <curl/curl.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"
#include "transport/error_text.hpp"
#include "transport/exchange.hpp"
#include "transport/http_head.hpp"
#include "transport/request_headers.hpp"
#include "transport/socket_stream.hpp"

namespace dockerlite::transport {

namespace {

/// docker's Host header on a socket, where no name of a host exists.
constexpr std::string_view kSocketHost = "api.moby.localhost";

/// What one read may take: about half of what a unix socket holds. From 128 kB on malloc would map and unmap the buffer
/// for each request, which a short command notices.
constexpr long kReceiveBuffer = 112L << 10;
constexpr long kSendBuffer = 256L << 10;
/// A chunked answer that turns out to have this many chunks is read to its end without libcurl, see read_rest().
constexpr std::uint64_t kManyChunks = 64;

struct CleanupList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, CleanupList>;

void append(HeaderList& list, const std::string& line) {
  if (curl_slist* longer = curl_slist_append(list.get(), line.c_str())) {
    static_cast<void>(list.release());
    list.reset(longer);
  }
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  curl_easy_setopt(easy, option, value);
}

/// A handle with at most one connection. The multi handle owns the connection, so it outlives each single exchange.
class Connection {
 public:
  Connection() : multi_(curl_multi_init()), easy_(curl_easy_init()) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    curl_easy_cleanup(easy_);
    curl_multi_cleanup(multi_);
  }
  bool valid() const { return multi_ != nullptr && easy_ != nullptr; }
  CURLM* multi() const { return multi_; }
  CURL* easy() const { return easy_; }

 private:
  CURLM* multi_;
  CURL* easy_;
};

HeaderList curl_headers(const Headers& headers, const Request& request) {
  HeaderList list;
  // libcurl's own additions, which docker does not send.
  append(list, "Accept:");
  if (header_value(headers, "Content-Type").empty()) append(list, "Content-Type:");
  if (has_body(request)) append(list, "Expect:");
  for (const auto& [name, value] : headers) append(list, value.empty() ? name + ';' : name + ": " + value);
  return list;
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (exchange.head_done) return size;  // a trailer
  const std::string_view line(data, size);
  Result<void> parsed;
  if (line.starts_with("HTTP/")) {
    exchange.old_version = line.starts_with("HTTP/1.0");
    parsed = parse_status_line(line, exchange.head);
  } else if (line != "\r\n" && line != "\n") {
    parsed = parse_header_line(line, exchange.head);
  } else if (exchange.head.status >= 200 || exchange.head.status == 101) {
    if (exchange.refused_redirect()) return 0;
    parsed = exchange.begin_body();
    if (parsed) {
      exchange.head_done = true;
      exchange.stopped = !exchange.sink.on_head(exchange.head);
      return exchange.stopped ? 0 : size;
    }
  }
  if (!parsed) {
    exchange.failure = std::move(parsed).error();
    return 0;
  }
  return size;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::string_view bytes(data, size);
  if (!exchange.head_done) {  // HTTP/0.9, which is how libcurl sees an answer without a status line
    const Result<void> parsed = parse_status_line(util::cut(bytes, "\n").before, exchange.head);
    exchange.failure = parsed ? error("malformed HTTP response \"\"") : parsed.error();
    return 0;
  }
  return exchange.take(bytes) ? size : 0;
}

std::size_t on_read(char* buffer, std::size_t, std::size_t size, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  Result<std::size_t> count = exchange.request.body_reader(buffer, size);
  if (count) return *count;
  exchange.failure = std::move(count).error();
  return CURL_READFUNC_ABORT;
}

/// libcurl sends any request again if a kept connection turns out to be closed. Go, hence docker, does so only for
/// those that change nothing: a POST may have been carried out before the connection went away.
int on_send(void* user, char*, char*, int, int) {
  auto& exchange = *static_cast<Exchange*>(user);
  const bool repeatable = exchange.request.method == Method::get || exchange.request.method == Method::head;
  if (++exchange.attempts > 1 && !repeatable) {
    exchange.closed_early = true;
    return CURL_PREREQFUNC_ABORT;
  }
  return CURL_PREREQFUNC_OK;
}

/// libcurl leaves its sockets open to the children of this process, such as credential helpers.
curl_socket_t open_socket(void*, curlsocktype, curl_sockaddr* address) {
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(TransportOptions options) : options_(std::move(options)) {}

  Result<void> send(const Request& request, Sink& sink) override;
  Result<Hijacked> hijack(const Request& request) override;
  const std::string& host() const override { return options_.endpoint.host; }

 private:
  Result<std::unique_ptr<Connection>> take();
  void give_back(std::unique_ptr<Connection> connection);
  bool on_socket() const { return options_.endpoint.scheme == Endpoint::Scheme::unix_socket; }
  std::string host_header() const { return on_socket() ? std::string(kSocketHost) : options_.endpoint.address; }
  void set_endpoint(CURL* easy, const std::string& target) const;
  void set_request(CURL* easy, Exchange& exchange, const HeaderList& headers) const;
  Result<void> outcome(CURL* easy, CURLcode code, Exchange& exchange) const;
  Error connection_error(CURL* easy, CURLcode code, const Request& request) const;
  void trace(std::string_view what, const Request& request) const;

  TransportOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

Result<std::unique_ptr<Connection>> CurlTransport::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  auto connection = std::make_unique<Connection>();
  if (!connection->valid()) return error("libcurl: out of memory");
  return connection;
}

void CurlTransport::give_back(std::unique_ptr<Connection> connection) {
  curl_easy_reset(connection->easy());
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

void CurlTransport::set_endpoint(CURL* easy, const std::string& target) const {
  const Endpoint& endpoint = options_.endpoint;
  const std::string url = "http://" + host_header() + endpoint.base_path + target;
  set(easy, CURLOPT_URL, url.c_str());
  set(easy, CURLOPT_PATH_AS_IS, 1L);
  set(easy, CURLOPT_NOPROXY, "*");
  // Signals stay as the program has set them: libcurl writes with MSG_NOSIGNAL.
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout_ms));
  if (!on_socket()) return;
  if (endpoint.address.starts_with('@'))
    set(easy, CURLOPT_ABSTRACT_UNIX_SOCKET, endpoint.address.c_str() + 1);
  else
    set(easy, CURLOPT_UNIX_SOCKET_PATH, endpoint.address.c_str());
}

void CurlTransport::set_request(CURL* easy, Exchange& exchange, const HeaderList& headers) const {
  const Request& request = exchange.request;
  set_endpoint(easy, request.target());
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_HTTP09_ALLOWED, 1L);
  set(easy, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
  set(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
  set(easy, CURLOPT_HTTPHEADER, headers.get());
  set(easy, CURLOPT_BUFFERSIZE, kReceiveBuffer);
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
  set(easy, CURLOPT_HEADERFUNCTION, &on_header);
  set(easy, CURLOPT_HEADERDATA, &exchange);
  set(easy, CURLOPT_WRITEFUNCTION, &on_body);
  set(easy, CURLOPT_WRITEDATA, &exchange);
  set(easy, CURLOPT_PREREQFUNCTION, &on_send);
  set(easy, CURLOPT_PREREQDATA, &exchange);

  if (request.body_reader) {
    set(easy, CURLOPT_UPLOAD, 1L);
    set(easy, CURLOPT_UPLOAD_BUFFERSIZE, kSendBuffer);
    set(easy, CURLOPT_READFUNCTION, &on_read);
    set(easy, CURLOPT_READDATA, &exchange);
  } else if (request.method == Method::post || request.method == Method::put || has_body(request)) {
    set(easy, CURLOPT_POST, 1L);
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(easy, CURLOPT_POSTFIELDS, request.body.c_str());
  } else if (request.method == Method::head) {
    set(easy, CURLOPT_NOBODY, 1L);
  } else {
    set(easy, CURLOPT_HTTPGET, 1L);
  }
  if (request.method != Method::head) set(easy, CURLOPT_CUSTOMREQUEST, method_name(request.method).data());
}

/// How Go begins what is wrong with an answer's head.
std::string broken(std::string_view cause) {
  return "net/http: HTTP/1.x transport connection broken: " + std::string(cause);
}

/// The text of a failure before the answer's head was there.
Error CurlTransport::connection_error(CURL* easy, CURLcode code, const Request& request) const {
  const Endpoint& endpoint = options_.endpoint;
  long error_number = 0;
  curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &error_number);
  const int number = static_cast<int>(error_number);
  switch (code) {
    case CURLE_COULDNT_CONNECT:
      return connect_failed(endpoint, request, number);
    case CURLE_OPERATION_TIMEDOUT:
      return cannot_connect(endpoint);
    case CURLE_COULDNT_RESOLVE_HOST:
      return on_socket() ? cannot_connect(endpoint) : lookup_failed(endpoint, request);
    case CURLE_URL_MALFORMAT:
      return during_connect(
          endpoint, request,
          "dial tcp: address " + endpoint.address.substr(endpoint.address.rfind(':') + 1) + ": invalid port");
    case CURLE_RECV_ERROR:
      return during_connect(endpoint, request, socket_cause(endpoint, "read", number != 0 ? number : ECONNRESET));
    case CURLE_SEND_ERROR:
      return during_connect(endpoint, request, socket_cause(endpoint, "write", number != 0 ? number : EPIPE));
    case CURLE_GOT_NOTHING:
      return during_connect(endpoint, request, "EOF");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return during_connect(endpoint, request, broken("malformed HTTP header"));
    default:
      return during_connect(endpoint, request, curl_easy_strerror(code));
  }
}

Result<void> CurlTransport::outcome(CURL* easy, CURLcode code, Exchange& exchange) const {
  const Request& request = exchange.request;
  if (exchange.stopped) return {};
  if (exchange.failure) {
    // What the head's parser found is part of the exchange; what is wrong with a body stands alone.
    if (code == CURLE_ABORTED_BY_CALLBACK || exchange.head_done) return *exchange.failure;
    return during_connect(options_.endpoint, request, broken(exchange.failure->message));
  }
  if (!exchange.head_done && exchange.refused_redirect())
    return unexpected_redirect(request, header_value(exchange.head.headers, "Location"));
  if (exchange.closed_early) return during_connect(options_.endpoint, request, "EOF");
  if (code == CURLE_OK && exchange.head_done) {
    if (exchange.chunked && !exchange.chunked->ended()) return exchange.chunked->cut_off();
    return {};
  }
  if (code == CURLE_OK || (code == CURLE_GOT_NOTHING && !exchange.head_done && exchange.head.status != 0))
    return during_connect(options_.endpoint, request, broken("unexpected EOF"));
  if (!exchange.head_done) return connection_error(easy, code, request);
  switch (code) {
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
      return exchange.chunked ? exchange.chunked->cut_off() : error(ErrorKind::connection, "unexpected EOF");
    case CURLE_OPERATION_TIMEDOUT:
      return error(ErrorKind::connection, "context deadline exceeded");
    default:
      return error(ErrorKind::connection, curl_easy_strerror(code));
  }
}

/// The socket of the one transfer in `multi` if all that it waits for is more of its answer, else -1.
int receiving_socket(CURLM* multi) {
  fd_set reading, writing, exceptional;
  FD_ZERO(&reading);
  FD_ZERO(&writing);
  FD_ZERO(&exceptional);
  int highest = -1;
  curl_multi_fdset(multi, &reading, &writing, &exceptional, &highest);
  const bool receiving = highest >= 0 && FD_ISSET(highest, &reading) && !FD_ISSET(highest, &writing);
  return receiving ? highest : -1;
}

/// Waits until `fd` (-1: nothing) can be read, or the time is over; true if it is `cancel_fd` that can be.
bool wait_readable(int fd, int cancel_fd, const timespec* timeout = nullptr) {
  std::array<pollfd, 2> entries{{{fd, POLLIN, 0}, {cancel_fd, POLLIN, 0}}};
  while (::ppoll(entries.data(), entries.size(), timeout, nullptr) < 0 && errno == EINTR) {
  }
  return entries[1].revents != 0;
}

/// How long to leave the socket alone after a read that gave so many bytes with the beginnings of so many chunks: a
/// fraction of a millisecond, which nobody sees. An engine that writes line by line would else wake us for each line,
/// and one that writes block by block for each block.
timespec pause_after(std::size_t bytes, std::uint64_t chunks) {
  constexpr std::size_t kLine = 4U << 10;          // at most this long, in the mean
  constexpr std::size_t kWorthwhile = 100U << 10;  // about half of the blocks that a unix socket holds
  constexpr timespec kGatherLines{0, 400'000}, kGatherBlocks{0, 200'000}, kNone{0, 0};
  if (bytes < chunks * kLine) return kGatherLines;
  return bytes < kWorthwhile ? kGatherBlocks : kNone;
}

/// Reads a chunked body on to its end. libcurl does so chunk by chunk, and an engine makes a chunk of each line of a
/// log: a hundred megabytes of them cost libcurl as much as all the rest of this program.
CURLcode read_rest(int fd, Exchange& exchange, bool& cancelled) {
  constexpr std::size_t kBuffer = 256U << 10;
  const std::unique_ptr<char[]> buffer(new char[kBuffer]);
  const int cancel_fd = exchange.request.cancel_fd;
  while (!exchange.chunked->ended() && !cancelled) {
    const ssize_t count = ::recv(fd, buffer.get(), kBuffer, MSG_DONTWAIT);
    if (count > 0) {
      const auto size = static_cast<std::size_t>(count);
      const std::uint64_t chunks = exchange.chunked->chunks();
      if (!exchange.take({buffer.get(), size}) || !exchange.flush()) return CURLE_WRITE_ERROR;
      const timespec pause = pause_after(size, exchange.chunked->chunks() - chunks);
      if (pause.tv_nsec != 0) cancelled = wait_readable(-1, cancel_fd, &pause);
    } else if (count == 0) {
      return CURLE_PARTIAL_FILE;
    } else if (errno == EAGAIN) {
      cancelled = wait_readable(fd, cancel_fd);
    } else if (errno != EINTR) {
      return CURLE_RECV_ERROR;
    }
  }
  return CURLE_OK;
}

/// Runs the transfer that was added to `multi` to its end. What a round of reading gave goes to the sink before
/// the next wait.
CURLcode run_transfer(CURLM* multi, Exchange& exchange, bool& cancelled) {
  curl_waitfd cancel{exchange.request.cancel_fd, CURL_WAIT_POLLIN, 0};
  while (true) {
    int running = 0;
    if (curl_multi_perform(multi, &running) != CURLM_OK) return CURLE_OUT_OF_MEMORY;
    if (!exchange.flush()) return CURLE_OK;
    if (running == 0) break;
    if (exchange.chunked && exchange.chunked->chunks() >= kManyChunks && exchange.request.timeout_ms == 0) {
      if (const int fd = receiving_socket(multi); fd >= 0) return read_rest(fd, exchange, cancelled);
    }
    cancel.revents = 0;
    const bool cancellable = exchange.request.cancel_fd >= 0;
    curl_multi_poll(multi, cancellable ? &cancel : nullptr, cancellable ? 1 : 0, 60'000, nullptr);
    if (cancel.revents != 0) {
      cancelled = true;
      return CURLE_OK;
    }
  }
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(multi, &left);
  return message != nullptr ? message->data.result : CURLE_RECV_ERROR;
}

/// The request line for --debug. Values of query parameters that may carry a secret are left out.
void CurlTransport::trace(std::string_view what, const Request& request) const {
  if (!options_.trace) return;
  std::string target = request.target();
  for (const std::string_view name : {"buildargs=", "remote=", "fromSrc="}) {
    const std::size_t start = target.find(name);
    if (start == std::string::npos) continue;
    const std::size_t value = start + name.size();
    target.replace(value, std::min(target.find('&', value), target.size()) - value, "...");
  }
  std::string line(what);
  line += ' ';
  line += method_name(request.method);
  line += ' ';
  options_.trace(line + display_url(options_.endpoint, target));
}

Result<void> CurlTransport::send(const Request& request, Sink& sink) {
  DL_TRY(const Headers headers, request_headers(options_.headers, request, Upgrade::no));
  DL_TRY(auto connection, take());
  trace("request", request);
  const HeaderList list = curl_headers(headers, request);
  Exchange exchange(request, sink);
  set_request(connection->easy(), exchange, list);
  bool cancelled = false;
  curl_multi_add_handle(connection->multi(), connection->easy());
  const CURLcode code = run_transfer(connection->multi(), exchange, cancelled);
  Result<void> result = outcome(connection->easy(), code, exchange);
  // Taking a transfer out that is not finished closes its connection.
  curl_multi_remove_handle(connection->multi(), connection->easy());
  give_back(std::move(connection));
  if (exchange.head_done) trace("answer " + std::to_string(exchange.head.status) + " to", request);
  if (cancelled) return error(ErrorKind::cancelled, "context canceled");
  return result;
}

/// Appends what comes next on a connection to `received`; 0 at its end. Gives up once `cancel_fd` is readable.
Result<std::size_t> read_more(SocketStream& raw, int cancel_fd, std::string& received) {
  if (wait_readable(raw.fd(), cancel_fd)) return error(ErrorKind::cancelled, "context canceled");
  std::array<char, 16384> buffer;
  DL_TRY(const std::size_t count, raw.read(buffer.data(), buffer.size()));
  received.append(buffer.data(), count);
  return count;
}

/// The body that came with an answer that is no upgrade, for its text alone: what is wrong with it is no further error.
std::string refusal(SocketStream& raw, const Request& request, const ResponseHead& head, std::string body) {
  constexpr std::uint64_t kLimit = 64U << 10;
  const auto length = util::parse_uint(header_value(head.headers, "Content-Length"));
  if (!length || *length > kLimit) return {};
  while (body.size() < *length) {
    const auto count = read_more(raw, request.cancel_fd, body);
    if (!count || *count == 0) return {};
  }
  body.resize(*length);
  return body;
}

Result<Hijacked> CurlTransport::hijack(const Request& request) {
  DL_TRY(const Headers headers, request_headers(options_.headers, request, Upgrade::yes));
  trace("hijack", request);
  const std::shared_ptr<CURL> easy(curl_easy_init(), &curl_easy_cleanup);
  if (easy == nullptr) return error("libcurl: out of memory");
  set_endpoint(easy.get(), request.target());
  set(easy.get(), CURLOPT_CONNECT_ONLY, 1L);
  set(easy.get(), CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy.get(), CURLOPT_TCP_KEEPIDLE, 30L);
  set(easy.get(), CURLOPT_TCP_KEEPINTVL, 30L);
  if (const CURLcode code = curl_easy_perform(easy.get()); code != CURLE_OK) {
    long error_number = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_OS_ERRNO, &error_number);
    return hijack_connect_failed(options_.endpoint, static_cast<int>(error_number));
  }
  curl_socket_t fd = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy.get(), CURLINFO_ACTIVESOCKET, &fd);

  std::string bytes(method_name(request.method));
  bytes += ' ';
  bytes += options_.endpoint.base_path + request.target();
  bytes += " HTTP/1.1\r\nHost: " + host_header() + "\r\nUser-Agent: " + options_.user_agent;
  bytes += "\r\nContent-Length: " + std::to_string(request.body.size()) + "\r\n";
  for (const auto& [name, value] : headers) bytes += name + ": " + value + "\r\n";
  bytes += "\r\n";
  bytes += request.body;
  DL_CHECK(send_all(fd, bytes, options_.endpoint));

  SocketStream raw(fd, {}, options_.endpoint, easy);
  std::string received;
  std::optional<std::size_t> length;
  while (!(length = head_length(received))) {
    DL_TRY(const std::size_t count, read_more(raw, request.cancel_fd, received));
    if (count == 0) {
      // A first line that is no HTTP is what went wrong; otherwise the answer was cut off.
      ResponseHead head;
      const util::Cut line = util::cut(received, "\n");
      if (line.found) DL_CHECK(parse_status_line(line.before, head));
      return error(ErrorKind::connection, "unexpected EOF");
    }
    if (received.size() > kMaximumHead) return error(ErrorKind::connection, "the engine's answer has no end of header");
  }
  DL_TRY(ResponseHead head, parse_head(std::string_view(received).substr(0, *length)));
  trace("answer " + std::to_string(head.status) + " to", request);
  Hijacked result{std::move(head), nullptr, {}};
  if (result.head.status == 101)
    result.stream = std::make_unique<SocketStream>(fd, received.substr(*length), options_.endpoint, easy);
  else
    result.body = refusal(raw, request, result.head, received.substr(*length));
  return result;
}

}  // namespace

Result<std::unique_ptr<Transport>> make_curl_transport(TransportOptions options) {
  const Endpoint& endpoint = options.endpoint;
  constexpr std::size_t kSocketPathSize = 108;  // sockaddr_un's
  if (endpoint.scheme == Endpoint::Scheme::unix_socket && endpoint.address.size() > kSocketPathSize)
    return error("unix socket path " + util::go_quote(endpoint.address) + " is too long");
  if (endpoint.scheme == Endpoint::Scheme::ssh)
    return error("ssh endpoints are not supported by this version: " + endpoint.host);
  if (endpoint.tls) return error("TLS endpoints are not supported by this version: " + endpoint.host);
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) return error("libcurl: " + std::string(curl_easy_strerror(started)));
  return std::unique_ptr<Transport>(std::make_unique<CurlTransport>(std::move(options)));
}

}  // namespace dockerlite::transport
