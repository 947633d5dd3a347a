#include "tree.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "dockerlite/format/text.hpp"
#include "dockerlite/format/units.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kTitleColour = "\x1b[39m\x1b[1m";
constexpr std::string_view kNameColour = "\x1b[34m\x1b[1m";
constexpr std::string_view kNormalColour = "\x1b[39m";
constexpr std::string_view kFaintColour = "\x1b[39m\x1b[2m";
constexpr std::string_view kWarningColour = "\x1b[93m";
constexpr std::string_view kSpacing = "   ";
constexpr std::string_view kLastBranch = "└─ ";
constexpr std::string_view kBranch = "├─ ";

std::size_t rune_count(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// The first `length` - 1 characters and "…"; the whole text if it is shorter, or if `length` is 0.
std::string shortened(std::string_view text, std::size_t length) {
  if (length == 0 || rune_count(text) < length) return std::string(text);
  std::size_t position = 0;
  for (std::size_t i = 1; i < length; ++i) util::decode_utf8(text, position);
  return std::string(text.substr(0, position)).append("…");
}

struct Details {
  std::string_view id;
  std::int64_t disk_usage = 0, content_size = 0;
  bool in_use = false;
};

struct Column {
  std::string_view title;
  std::size_t width;
  bool right = false;
};

class TreeView {
 public:
  TreeView(const std::vector<engine::ImageSummary>& images, unsigned width) : terminal_(width > 0), full_width_(width) {
    for (const auto& image : images) images_.push_back(&image);
    std::stable_sort(images_.begin(), images_.end(), [](auto a, auto b) { return a->created > b->created; });
    width_ = width == 0 ? 80 : std::max(width, 20U);
    for (const auto& image : images) {
      for (const auto& manifest : image.manifests) {
        if (manifest.kind != "image") continue;
        has_children_ = true;
        any_in_use_ = any_in_use_ || manifest.in_use;
      }
    }
    fit_columns();
  }

  std::string text() {
    warning_and_legend();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) out_ += kSpacing;
      std::string title(columns_[i].title);
      std::transform(title.begin(), title.end(), title.begin(),
                     [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
      cell(columns_[i], kTitleColour, title);
    }
    out_ += '\n';
    for (const auto* image : images_) show(*image);
    return std::move(out_);
  }

 private:
  std::string_view colour(std::string_view wanted) const { return terminal_ ? wanted : std::string_view(); }

  void coloured(std::string_view colour, std::string_view text) {
    out_.append(colour).append(text);
    if (!colour.empty()) out_ += kReset;
  }

  void cell(const Column& column, std::string_view colour, std::string_view text, std::size_t columns) {
    if (columns > column.width) return coloured(colour, shortened(text, column.width));
    const std::string fill(column.width - columns, ' ');
    if (column.right) out_ += fill;
    coloured(colour, text);
    if (!column.right) out_ += fill;
  }
  void cell(const Column& column, std::string_view colour, std::string_view text) {
    cell(column, colour, text, rune_count(text));
  }

  void warning_and_legend() {
    coloured(colour(kWarningColour),
             "WARNING: This is an experimental feature. The output may change and shouldn't be depended on.");
    const std::string_view legend =
        terminal_ ? "\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo → \x1b[0m\x1b[0m \x1b[38;5;0m\x1b[48;5;14m U "
                    "\x1b[0m In Use "
                  : " Info ->  U In Use ";
    const std::size_t legend_width = terminal_ ? 21 : 19;
    out_ += '\n';
    out_.append(width_ > legend_width ? width_ - legend_width : 0, ' ').append(legend).append("\n\n");
  }

  /// The first column is as wide as the widest name, the others keep their widths; those that leave it too little room
  /// go.
  void fit_columns() {
    const std::array<Column, 4> others{
        {{"ID", 12}, {"Disk usage", 10, true}, {"Content size", 12, true}, {"Extra", 5}}};
    columns_.push_back({"Image", 0});
    std::size_t room = width_;
    for (const auto& column : others) {
      const std::size_t needed = column.width + kSpacing.size();
      if (room < needed + 12) break;
      room -= needed;
      columns_.push_back(column);
    }
    std::size_t widest = columns_[0].title.size();
    for (const auto* image : images_) {
      for (const auto& name : image->repo_tags) widest = std::max(widest, name.size());
      for (const auto& manifest : image->manifests) {
        // docker counts the bytes of the branch.
        if (manifest.kind == "image") widest = std::max(widest, manifest.platform.text().size() + kLastBranch.size());
      }
    }
    columns_[0].width = std::min(room, widest);
  }

  void details(std::string_view colour, const Details& details) {
    for (std::size_t i = 1; i < columns_.size(); ++i) {
      out_ += kSpacing;
      switch (i) {
        case 1:
          cell(columns_[i], colour, format::short_id(details.id));
          break;
        case 2:
          cell(columns_[i], colour, format::human_size(static_cast<double>(details.disk_usage), 3));
          break;
        case 3:
          cell(columns_[i], colour, format::human_size(static_cast<double>(details.content_size), 3));
          break;
        default:
          chip(columns_[i], details.in_use);
      }
    }
  }

  void chip(const Column& column, bool in_use) {
    if (!any_in_use_) return cell(column, {}, "");
    if (!terminal_) return cell(column, {}, in_use ? "U" : " ");
    cell(column, {}, in_use ? "\x1b[38;5;0m\x1b[48;5;14m U \x1b[0m" : "   ", 3);
  }

  void names(const engine::ImageSummary& image) {
    if (image.repo_tags.empty()) return cell(columns_[0], colour(kFaintColour), "<untagged>");
    std::vector<std::string> names = image.repo_tags;
    std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
      coloured(colour(kNameColour), shortened(names[i], full_width_));
      out_ += '\n';
    }
    cell(columns_[0], colour(kNameColour), names.back());
  }

  void show(const engine::ImageSummary& image) {
    Details own{image.id, image.size, 0, image.containers > 0};
    std::vector<const engine::ImageManifest*> children;
    for (const auto& manifest : image.manifests) {
      own.content_size += manifest.content_size;
      if (manifest.kind != "image") continue;
      own.in_use = own.in_use || manifest.in_use;
      children.push_back(&manifest);
    }
    names(image);
    details(colour(kNormalColour), own);
    if (has_children_) out_ += '\n';
    for (const auto* child : children) {
      const std::string_view shade = colour(child->available ? kNormalColour : kFaintColour);
      const std::string_view branch = child == children.back() ? kLastBranch : kBranch;
      cell(columns_[0], shade, std::string(branch).append(child->platform.text()));
      details(shade, {child->id, child->total_size, child->content_size, child->in_use});
      out_ += '\n';
    }
    out_ += '\n';
  }

  std::vector<const engine::ImageSummary*> images_;
  std::vector<Column> columns_;
  std::string out_;
  bool terminal_;
  unsigned full_width_;
  std::size_t width_ = 80;
  bool has_children_ = false;  ///< then an empty line follows each image
  bool any_in_use_ = false;
};

}  // namespace

std::string image_tree(const std::vector<engine::ImageSummary>& images, unsigned width) {
  return TreeView(images, width).text();
}

}  // namespace dockerlite::command
