#include "dockerlite/engine/registry.hpp"

#include "decode.hpp"
#include "dockerlite/config/credentials.hpp"
#include "dockerlite/engine/client.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {
namespace {

/// The registries that docker, too, talks to without TLS unless told otherwise.
bool is_loopback(std::string_view host) {
  return host == "localhost" || host.starts_with("localhost:") || host.starts_with("127.") || host.starts_with("[::1]");
}

class HeadSink final : public transport::Sink {
 public:
  bool on_head(const transport::ResponseHead& head) override {
    head_ = head;
    return true;
  }
  bool on_data(std::string_view) override { return true; }
  const transport::ResponseHead& head() const { return head_; }

 private:
  transport::ResponseHead head_;
};

}  // namespace

transport::Request login_request(const config::AuthConfig& auth) {
  return {.method = transport::Method::post,
          .path = "/auth",
          .body = config::auth_json(auth) + "\n",
          .content_type = "application/json"};
}

Result<LoginAnswer> decode_login(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_document(body));
  return LoginAnswer{text_at(document, "Status"), text_at(document, "IdentityToken")};
}

Result<LoginAnswer> login_without_engine(const config::AuthConfig& auth) {
  const std::string host = config::registry_host(auth.server_address);
  if (!is_loopback(host)) return error(ErrorKind::connection, "the registry can only be asked by an engine");
  transport::TransportOptions options;
  DL_TRY(options.endpoint, transport::parse_endpoint("tcp://" + host));
  options.user_agent = "Docker-Client/" + std::string(kClientVersion) + " (linux)";
  DL_TRY(const auto wire, transport::make_curl_transport(std::move(options)));
  transport::Request request{.path = "/v2/"};
  request.headers = {{"Authorization", "Basic " + util::base64_encode(auth.username + ":" + auth.password)}};
  HeadSink answer;
  DL_CHECK(wire->send(request, answer));
  if (answer.head().status != 200)
    return error("login attempt to http://" + host +
                 "/v2/ failed with status: " + std::to_string(answer.head().status) + " " + answer.head().reason);
  return LoginAnswer{"Login Succeeded", ""};
}

}  // namespace dockerlite::engine
