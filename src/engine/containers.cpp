#include "dockerlite/engine/containers.hpp"

#include "decode.hpp"

namespace dockerlite::engine {

Result<std::vector<FilesystemChange>> decode_changes(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_document(body));
  std::vector<FilesystemChange> changes;
  for (const auto& entry : document) {
    constexpr std::string_view kKinds = "CAD";
    const std::int64_t kind = integer_at(entry, "Kind");
    changes.push_back({kind >= 0 && kind < 3 ? kKinds[static_cast<std::size_t>(kind)] : '\0', text_at(entry, "Path")});
  }
  return changes;
}

Result<Processes> decode_processes(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_document(body));
  Processes processes{.titles = texts_at(document, "Titles"), .rows = {}};
  if (const auto rows = document.find("Processes"); rows != document.end() && rows->is_array()) {
    for (const auto& row : *rows) processes.rows.push_back(texts_of(row));
  }
  return processes;
}

Result<PublishedPorts> decode_published_ports(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_document(body));
  PublishedPorts ports;
  const auto settings = document.find("NetworkSettings");
  if (settings == document.end() || !settings->is_object()) return ports;
  const auto published = settings->find("Ports");
  if (published == settings->end() || !published->is_object()) return ports;
  for (const auto& [port, bindings] : published->items()) {
    auto& entry = ports.emplace_back(port, std::vector<PortBinding>());
    for (const auto& binding : bindings) {
      entry.second.push_back({text_at(binding, "HostIp"), text_at(binding, "HostPort")});
    }
  }
  return ports;
}

Result<std::int64_t> decode_wait(std::string_view body) {
  auto document = decode_document(body);
  if (document) return integer_at(*document, "StatusCode");
  // A proxy that gives up in the middle of a wait can only say so in the body.
  if (document.error().message.starts_with("invalid character")) return error(std::string(body));
  return std::move(document).error();
}

Result<std::vector<std::string>> decode_warnings(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_document(body));
  return texts_at(document, "Warnings");
}

}  // namespace dockerlite::engine
