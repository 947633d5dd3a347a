#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <vector>

#include "decode.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/query.hpp"

namespace dockerlite::engine {
namespace {

/// Fills summaries straight from the parser's events: with a thousand containers a document tree would cost more than
/// all the rest of the command. What a list does not show is skipped.
class SummaryHandler {
 public:
  explicit SummaryHandler(std::vector<ContainerSummary>& summaries) : summaries_(summaries) {}

  const std::string& kind_error() const { return kind_error_; }

  // The names are nlohmann's.
  bool null() { return true; }
  bool boolean(bool) { return !at_root("bool"); }
  bool number_integer(std::int64_t value) { return number(value); }
  bool number_unsigned(std::uint64_t value) { return number(static_cast<std::int64_t>(value)); }
  bool number_float(double value, const std::string&) { return number(static_cast<std::int64_t>(value)); }
  bool binary(nlohmann::json::binary_t&) { return true; }

  bool string(std::string& value) {
    if (at_root("string")) return false;
    switch (stack_.back()) {
      case Node::container:
        if (std::string* const target = container_text()) target->swap(value);
        break;
      case Node::names:
        current().names.push_back(std::move(value));
        break;
      case Node::labels:
        current().labels.emplace_back(std::move(key_), std::move(value));
        break;
      case Node::port:
        if (key_ == "IP") current().ports.back().ip.swap(value);
        if (key_ == "Type") current().ports.back().type.swap(value);
        break;
      case Node::mount:
        if (key_ == "Name") current().mounts.back().name.swap(value);
        if (key_ == "Source") current().mounts.back().source.swap(value);
        if (key_ == "Driver") current().mounts.back().driver.swap(value);
        break;
      case Node::platform:
        if (key_ == "os") current().platform->os.swap(value);
        if (key_ == "os.version") current().platform->os_version.swap(value);
        if (key_ == "architecture") current().platform->architecture.swap(value);
        if (key_ == "variant") current().platform->variant.swap(value);
        break;
      default:
        break;
    }
    return true;
  }

  bool key(std::string& value) {
    switch (stack_.back()) {
      case Node::skipped:
        break;
      case Node::networks:
        current().networks.push_back(std::move(value));
        break;
      default:
        key_.swap(value);
    }
    return true;
  }

  bool start_object(std::size_t) {
    if (at_root("object")) return false;
    Node node = Node::skipped;
    switch (stack_.back()) {
      case Node::list:
        summaries_.emplace_back();
        node = Node::container;
        break;
      case Node::container:
        if (key_ == "Labels") node = Node::labels;
        if (key_ == "NetworkSettings") node = Node::network_settings;
        if (key_ == "ImageManifestDescriptor") node = Node::manifest;
        break;
      case Node::ports:
        current().ports.emplace_back();
        node = Node::port;
        break;
      case Node::mounts:
        current().mounts.emplace_back();
        node = Node::mount;
        break;
      case Node::network_settings:
        if (key_ == "Networks") node = Node::networks;
        break;
      case Node::manifest:
        if (key_ == "platform") {
          current().platform.emplace();
          node = Node::platform;
        }
        break;
      default:
        break;
    }
    stack_.push_back(node);
    return true;
  }

  bool start_array(std::size_t) {
    Node node = Node::skipped;
    if (stack_.empty()) {
      node = Node::list;
    } else if (stack_.back() == Node::container) {
      if (key_ == "Names") node = Node::names;
      if (key_ == "Ports") node = Node::ports;
      if (key_ == "Mounts") node = Node::mounts;
    }
    stack_.push_back(node);
    return true;
  }

  bool end_object() {
    if (stack_.back() == Node::labels) std::sort(current().labels.begin(), current().labels.end());
    stack_.pop_back();
    return true;
  }
  bool end_array() {
    stack_.pop_back();
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

 private:
  enum class Node : std::uint8_t {
    skipped,
    list,
    container,
    names,
    ports,
    port,
    labels,
    mounts,
    mount,
    network_settings,
    networks,
    manifest,
    platform
  };

  ContainerSummary& current() { return summaries_.back(); }

  bool at_root(std::string_view kind) {
    if (!stack_.empty()) return false;
    kind_error_ = kind;
    return true;
  }

  std::string* container_text() {
    ContainerSummary& container = current();
    if (key_ == "Id") return &container.id;
    if (key_ == "Image") return &container.image;
    if (key_ == "ImageID") return &container.image_id;
    if (key_ == "Command") return &container.command;
    if (key_ == "State") return &container.state;
    if (key_ == "Status") return &container.status;
    return nullptr;
  }

  bool number(std::int64_t value) {
    if (at_root("number")) return false;
    if (stack_.back() == Node::container) {
      if (key_ == "Created") current().created = value;
      if (key_ == "SizeRw") current().size_rw = value;
      if (key_ == "SizeRootFs") current().size_root_fs = value;
    } else if (stack_.back() == Node::port) {
      if (key_ == "PrivatePort") current().ports.back().private_port = static_cast<std::uint16_t>(value);
      if (key_ == "PublicPort") current().ports.back().public_port = static_cast<std::uint16_t>(value);
    }
    return true;
  }

  std::vector<ContainerSummary>& summaries_;
  std::vector<Node> stack_;
  std::string key_;
  std::string kind_error_;
};

}  // namespace

Result<std::vector<ContainerSummary>> decode_containers(std::string_view body) {
  std::vector<ContainerSummary> summaries;
  SummaryHandler handler(summaries);
  if (nlohmann::json::sax_parse(body.begin(), body.end(), &handler)) return summaries;
  if (!handler.kind_error().empty()) return unexpected_kind(handler.kind_error(), "[]container.Summary");
  return decode_error(body);
}

transport::Request list_containers(const ContainerListOptions& options) {
  transport::Request request{.path = "/containers/json"};
  if (options.all) request.query.add("all", "1");
  if (options.limit > 0) request.query.add("limit", std::to_string(options.limit));
  if (options.size) request.query.add("size", "1");
  if (!options.filters.empty()) request.query.add("filters", filters_json(options.filters));
  return request;
}

}  // namespace dockerlite::engine
