#include "image_row.hpp"

#include <algorithm>
#include <array>

#include "dockerlite/format/text.hpp"
#include "dockerlite/format/units.hpp"
#include "dockerlite/reference/reference.hpp"

namespace dockerlite::command {
namespace {

constexpr std::int64_t kNoTime = -62135596800;  // the year 1, Go's zero time

std::string size_text(std::int64_t bytes, int precision) {
  return format::human_size(static_cast<double>(bytes), precision);
}

std::string id(const ImageRow& row) {
  return row.truncate ? std::string(format::short_id(row.image->id)) : row.image->id;
}
std::string repository(const ImageRow& row) { return row.repository; }
std::string tag(const ImageRow& row) { return row.tag; }
std::string digest(const ImageRow& row) { return row.digest; }
std::string created_at(const ImageRow& row) { return format::local_time(row.image->created); }
std::string created_since(const ImageRow& row) {
  if (row.image->created == kNoTime) return {};
  return format::human_duration(row.now - row.image->created * 1'000'000'000) + " ago";
}
std::string size(const ImageRow& row) { return size_text(row.image->size, 3); }
std::string virtual_size(const ImageRow& row) { return size_text(row.image->size, 4); }
std::string containers(const ImageRow& row) {
  return row.image->containers == -1 ? "N/A" : std::to_string(row.image->containers);
}
std::string shared_size(const ImageRow& row) {
  return row.image->shared_size == -1 ? "N/A" : size_text(row.image->shared_size, 4);
}
std::string unique_size(const ImageRow& row) {
  const bool known = row.image->size != -1 && row.image->shared_size != -1;
  return known ? size_text(row.image->size - row.image->shared_size, 4) : "N/A";
}

constexpr std::array kColumns{
    format::column<containers>("Containers", "CONTAINERS"),
    format::column<created_at>("CreatedAt", "CREATED AT"),
    format::column<created_since>("CreatedSince", "CREATED"),
    format::column<digest>("Digest", "DIGEST"),
    format::column<id>("ID", "IMAGE ID"),
    format::column<repository>("Repository", "REPOSITORY"),
    format::column<shared_size>("SharedSize", "SHARED SIZE"),
    format::column<size>("Size", "SIZE"),
    format::column<tag>("Tag", "TAG"),
    format::column<unique_size>("UniqueSize", "UNIQUE SIZE"),
    format::column<virtual_size>("VirtualSize", "SIZE"),
};

/// The tags and digests of an image in one repository.
struct Repository {
  std::string name;
  std::vector<std::string> tags, digests;
};

Repository& repository_named(std::vector<Repository>& repositories, const std::string& name) {
  const auto found =
      std::find_if(repositories.begin(), repositories.end(), [&](const auto& r) { return r.name == name; });
  if (found != repositories.end()) return *found;
  return repositories.emplace_back(Repository{name, {}, {}});
}

/// Names that cannot be parsed are left out, as docker does.
std::vector<Repository> repositories_of(const engine::ImageSummary& image) {
  std::vector<Repository> repositories;
  for (const auto& text : image.repo_tags) {
    const auto reference = reference::parse(text);
    if (reference && !reference->tag.empty())
      repository_named(repositories, reference->familiar_name()).tags.push_back(reference->tag);
  }
  for (const auto& text : image.repo_digests) {
    const auto reference = reference::parse(text);
    if (reference && !reference->digest.empty())
      repository_named(repositories, reference->familiar_name()).digests.push_back(reference->digest);
  }
  return repositories;
}

}  // namespace

constinit const format::ListType kImageList{.row_type = "*formatter.imageContext", .columns = kColumns};

std::vector<ImageRow> image_rows(const std::vector<engine::ImageSummary>& images, const ImageRowOptions& options) {
  std::vector<ImageRow> rows;
  for (const auto& image : images) {
    const auto add = [&](std::string name, std::string tag, std::string digest) {
      rows.push_back({&image, std::move(name), std::move(tag), std::move(digest), options.truncate, options.now});
    };
    if (image.dangling()) {
      add("<none>", "<none>", "<none>");
      continue;
    }
    const auto repositories = repositories_of(image);
    for (const auto& repository : repositories) {
      const bool with_digests = (options.digests || options.digest_shown) && !repository.digests.empty();
      for (const auto& tag : repository.tags) {
        if (!with_digests) add(repository.name, tag, "<none>");
        for (std::size_t i = 0; with_digests && i < repository.digests.size(); ++i)
          add(repository.name, tag, repository.digests[i]);
      }
    }
    // Repositories that hold the image by digest alone.
    for (const auto& repository : repositories) {
      if (!repository.tags.empty()) continue;
      if (!options.digests) add(repository.name, "<none>", "");
      for (std::size_t i = 0; options.digests && i < repository.digests.size(); ++i)
        add(repository.name, "<none>", repository.digests[i]);
    }
  }
  return rows;
}

}  // namespace dockerlite::command
