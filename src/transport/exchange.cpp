#include "transport/exchange.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::transport {

namespace {

/// Pieces of an answer from this size on go to the sink as they are; smaller ones are put together as long as more is
/// there.
constexpr std::size_t kDirect = 64U << 10;
constexpr std::size_t kGathered = 256U << 10;

}  // namespace

bool Exchange::refused_redirect() const {
  constexpr std::array<int, 5> kRedirects{301, 302, 303, 307, 308};
  return request.method != Method::get && std::ranges::find(kRedirects, head.status) != kRedirects.end() &&
         !header_value(head.headers, "Location").empty();
}

Result<void> Exchange::begin_body() {
  std::vector<std::string> codings;
  for (const auto& [name, value] : head.headers)
    if (util::equal_fold(name, "Transfer-Encoding")) codings.push_back(util::go_quote(value));
  if (codings.empty() || old_version) return {};
  if (codings.size() > 1) return error("too many transfer encodings: [" + util::join(codings, " ") + "]");
  if (!util::equal_fold(codings.front(), "\"chunked\""))
    return error("unsupported transfer encoding: " + codings.front());
  constexpr int kNoContent = 204, kNotModified = 304;
  const bool no_body = request.method == Method::head || head.status == kNoContent || head.status == kNotModified;
  if (!no_body) chunked.emplace();
  return {};
}

bool Exchange::take(std::string_view bytes) {
  if (!chunked) return pass(bytes);
  while (!bytes.empty() && !chunked->ended()) {
    Result<std::string_view> payload = chunked->next(bytes);
    if (!payload) {
      failure = std::move(payload).error();
      return false;
    }
    if (!payload->empty() && !pass(*payload)) return false;
  }
  return true;
}

bool Exchange::flush() {
  if (gathered_.empty()) return !stopped;
  const bool go_on = deliver(gathered_);
  gathered_.clear();
  return go_on;
}

bool Exchange::pass(std::string_view payload) {
  if (gathered_.empty() && payload.size() >= kDirect) return deliver(payload);
  gathered_.append(payload);
  return gathered_.size() < kGathered || flush();
}

bool Exchange::deliver(std::string_view payload) {
  if (!stopped && !sink.on_data(payload)) stopped = true;
  return !stopped;
}

}  // namespace dockerlite::transport
