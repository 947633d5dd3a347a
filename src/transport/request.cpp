#include <algorithm>

#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::transport {

std::string_view method_name(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::del:
      return "DELETE";
  }
  return "GET";
}

std::string_view header_value(const Headers& headers, std::string_view name) {
  for (auto header = headers.rbegin(); header != headers.rend(); ++header)
    if (util::equal_fold(header->first, name)) return header->second;
  return {};
}

Query& Query::add(std::string key, std::string value) {
  pairs_.emplace_back(std::move(key), std::move(value));
  return *this;
}

std::string Query::encode() const {
  std::vector<const std::pair<std::string, std::string>*> sorted;
  sorted.reserve(pairs_.size());
  for (const auto& pair : pairs_) sorted.push_back(&pair);
  std::ranges::stable_sort(sorted, {}, [](const auto* pair) -> const std::string& { return pair->first; });
  std::string text;
  for (const auto* pair : sorted) {
    if (!text.empty()) text += '&';
    text += util::query_escape(pair->first);
    text += '=';
    text += util::query_escape(pair->second);
  }
  return text;
}

std::string Request::target() const {
  if (query.empty()) return path;
  return path + '?' + query.encode();
}

}  // namespace dockerlite::transport
