#include "dockerlite/engine/images.hpp"

#include <algorithm>
#include <utility>

#include "decode.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/reference/reference.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {
namespace {

opts::Platform decode_platform(const nlohmann::json& object) {
  return {text_at(object, "os"), text_at(object, "os.version"), text_at(object, "architecture"),
          text_at(object, "variant")};
}

const nlohmann::json& member(const nlohmann::json& object, const char* key) {
  static const nlohmann::json absent;
  if (!object.is_object()) return absent;
  const auto found = object.find(key);
  return found != object.end() ? *found : absent;
}

ImageManifest decode_manifest(const nlohmann::json& object) {
  const auto& size = member(object, "Size");
  const auto& image = member(object, "ImageData");
  const auto& available = member(object, "Available");
  const auto& containers = member(image, "Containers");
  return {.id = text_at(object, "ID"),
          .kind = text_at(object, "Kind"),
          .available = available.is_boolean() && available.get<bool>(),
          .content_size = integer_at(size, "Content"),
          .total_size = integer_at(size, "Total"),
          .platform = decode_platform(member(image, "Platform")),
          .in_use = containers.is_array() && !containers.empty()};
}

}  // namespace

bool ImageSummary::dangling() const {
  if (repo_tags.empty() && repo_digests.empty()) return true;
  // How engines before 25 say it.
  return repo_tags == std::vector<std::string>{"<none>:<none>"} &&
         repo_digests == std::vector<std::string>{"<none>@<none>"};
}

transport::Request list_images(const ImageListOptions& options) {
  transport::Request request{.path = "/images/json"};
  if (options.all) request.query.add("all", "1");
  if (options.manifests) request.query.add("manifests", "1");
  opts::Filters filters = options.filters;
  if (const auto names = filters.find("reference"); options.name_apart && names != filters.end()) {
    request.query.add("filter", *names->second.begin());
    filters.erase(names);
  }
  if (!filters.empty()) request.query.add("filters", filters_json(filters));
  return request;
}

Result<std::vector<ImageSummary>> decode_images(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_document(body));
  if (document.is_object()) return unexpected_kind("object", "[]image.Summary");
  std::vector<ImageSummary> images;
  images.reserve(document.size());
  for (const auto& entry : document) {
    auto& image = images.emplace_back();
    image.id = text_at(entry, "Id");
    image.created = integer_at(entry, "Created");
    image.repo_tags = texts_at(entry, "RepoTags");
    image.repo_digests = texts_at(entry, "RepoDigests");
    image.size = integer_at(entry, "Size");
    image.shared_size = integer_at(entry, "SharedSize");
    image.containers = integer_at(entry, "Containers");
    for (const auto& manifest : member(entry, "Manifests")) image.manifests.push_back(decode_manifest(manifest));
  }
  return images;
}

Result<std::vector<ImageDeletion>> decode_image_deletions(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_document(body));
  std::vector<ImageDeletion> deletions;
  for (const auto& entry : document) deletions.push_back({text_at(entry, "Untagged"), text_at(entry, "Deleted")});
  return deletions;
}

Result<std::vector<ImageHistoryItem>> decode_image_history(std::string_view body) {
  DL_TRY(const nlohmann::json document, decode_document(body));
  std::vector<ImageHistoryItem> history;
  for (const auto& entry : document) {
    history.push_back({.id = text_at(entry, "Id"),
                       .created_by = text_at(entry, "CreatedBy"),
                       .comment = text_at(entry, "Comment"),
                       .created = integer_at(entry, "Created"),
                       .size = integer_at(entry, "Size")});
  }
  return history;
}

Result<transport::Request> tag_image(std::string_view source, std::string_view target) {
  const auto invalid = [](std::string_view name, const Error& cause) {
    return error("Error parsing reference: " + util::go_quote(name) +
                 " is not a valid repository/tag: " + cause.message);
  };
  if (const auto parsed = reference::parse_any(source); !parsed) return invalid(source, parsed.error());
  auto parsed = reference::parse(target);
  if (!parsed) return invalid(target, parsed.error());
  if (!parsed->digest.empty()) return error("refusing to create a tag with a digest reference");
  const reference::Reference tagged = parsed->with_default_tag();
  return transport::Request{.method = transport::Method::post,
                            .path = object_path("images", source, "tag"),
                            .query = {{"repo", tagged.name()}, {"tag", tagged.tag}}};
}

}  // namespace dockerlite::engine
