#include "dockerlite/engine/prune.hpp"

#include <utility>

#include "decode.hpp"

namespace dockerlite::engine {
namespace {

Result<nlohmann::json> decode_report(std::string_view body, std::string_view what) {
  auto document = decode_document(body);
  if (!document) return error(std::string(what).append(": ").append(document.error().message));
  return document;
}

std::uint64_t space_reclaimed(const nlohmann::json& report) {
  return static_cast<std::uint64_t>(integer_at(report, "SpaceReclaimed"));
}

}  // namespace

Result<PruneReport> decode_prune_report(std::string_view body, const char* key, std::string_view what) {
  DL_TRY(const nlohmann::json document, decode_report(body, what));
  return PruneReport{texts_at(document, key), space_reclaimed(document)};
}

Result<ImagePruneReport> decode_image_prune_report(std::string_view body, std::string_view what) {
  DL_TRY(const nlohmann::json document, decode_report(body, what));
  ImagePruneReport report{.deleted = {}, .space_reclaimed = space_reclaimed(document)};
  if (const auto deleted = document.find("ImagesDeleted"); deleted != document.end()) {
    for (const auto& entry : *deleted)
      report.deleted.push_back({text_at(entry, "Untagged"), text_at(entry, "Deleted")});
  }
  return report;
}

}  // namespace dockerlite::engine
