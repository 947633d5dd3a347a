#include <algorithm>
#include <chrono>

#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "image_row.hpp"
#include "tree.hpp"

namespace dockerlite::command {
namespace {

struct LsOptions {
  bool quiet{}, all{}, no_trunc{}, digests{}, tree{};
  std::string format;
  opts::FilterOption filter;
  std::vector<std::string> arguments;
  bool operator==(const LsOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&LsOptions::all>("all", 'a', "Show intermediate images too"),
    cli::option<&LsOptions::digests>("digests", 0, "Show digests"),
    cli::option<&LsOptions::filter>("filter", 'f', "Show only images that match, as in \"dangling=true\""),
    cli::option<&LsOptions::format>("format", 0,
                                    "How to print: 'table', 'json', 'raw', or a Go template, also after 'table '"),
    cli::option<&LsOptions::no_trunc>("no-trunc", 0, "Show everything in full length"),
    cli::option<&LsOptions::quiet>("quiet", 'q', "Show only IDs"),
    cli::option<&LsOptions::tree>("tree", 0, "Show images with their platforms as a tree").with_since("1.47"),
};
static_assert(cli::valid_options(kOptions));

/// The template that stands behind a format's name.
std::string expand_format(const std::string& format, bool quiet, bool digests) {
  if (format == "table") {
    if (quiet) return "{{.ID}}";
    return std::string("table {{.Repository}}\t{{.Tag}}\t") + (digests ? "{{.Digest}}\t" : "") +
           "{{.ID}}\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\t{{.Size}}";
  }
  if (format == "raw") {
    if (quiet) return "image_id: {{.ID}}";
    return std::string("repository: {{ .Repository }}\ntag: {{.Tag}}\n") + (digests ? "digest: {{.Digest}}\n" : "") +
           "image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n";
  }
  if (digests && format.starts_with("table") && !util::contains(format, "{{.Digest}}")) return format + "\t{{.Digest}}";
  return format;
}

Result<void> check_tree(const LsOptions& options) {
  if (options.quiet) return error("--quiet is not yet supported with --tree");
  if (options.no_trunc) return error("--no-trunc is not yet supported with --tree");
  if (options.digests) return error("--show-digest is not yet supported with --tree");
  if (!options.format.empty()) return error("--format is not yet supported with --tree");
  return {};
}

/// `docker images ls` lists the images named "ls", which is hardly what was meant.
bool is_image_verb(std::string_view word) {
  static constexpr std::string_view kVerbs[] = {"build", "history", "import", "inspect", "list", "load", "ls",
                                                "prune", "pull",    "push",   "rm",      "save", "tag"};
  return std::find(std::begin(kVerbs), std::end(kVerbs), word) != std::end(kVerbs);
}

Result<void> show_table(Context& context, const LsOptions& options, const std::vector<engine::ImageSummary>& images) {
  std::string format = options.format;
  if (format.empty() && !options.quiet) format = context.config().text("imagesFormat");
  format = expand_format(format.empty() ? "table" : format, options.quiet, options.digests);
  DL_TRY(const auto list, format::ListFormat::parse(format, kImageList));
  const auto rows = image_rows(
      images,
      {.truncate = !options.no_trunc,
       .digests = options.digests,
       .digest_shown = util::contains(format, "{{.Digest}}"),
       .now = std::chrono::duration_cast<std::chrono::nanoseconds>(context.clock.now().time_since_epoch()).count()});
  std::string out;
  DL_CHECK(list.write(rows, out));
  context.io.out.write(out);
  return {};
}

Result<void> run(Context& context, LsOptions& options) {
  engine::ImageListOptions request{.all = options.all, .manifests = options.tree, .filters = options.filter.filters};
  const std::string name = options.arguments.empty() ? "" : options.arguments[0];
  if (!name.empty()) request.filters["reference"].insert(name);
  if (options.tree) DL_CHECK(check_tree(options));
  DL_TRY(engine::Client* const engine, context.engine());
  request.name_apart = engine->api_less("1.25");
  DL_TRY(const std::string answer, engine->call(engine::list_images(request)));
  DL_TRY(auto images, engine::decode_images(answer));
  if (options.tree) {
    if (!options.all) std::erase_if(images, [](const auto& image) { return image.dangling(); });
    const auto size = context.io.out.window_size();
    context.io.out.write(image_tree(images, size ? size->columns : 0));
    return {};
  }
  DL_CHECK(show_table(context, options, images));
  if (images.empty() && context.command == "images" && is_image_verb(name)) {
    context.io.err.write("\nNo images found matching \"" + name + "\": did you mean \"docker image " + name + "\"?\n");
  }
  return {};
}

constexpr std::string_view kNames[] = {"image ls", "image list", "images"};

}  // namespace

constinit const cli::CommandSpec image_ls = cli::make_command<LsOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] [REPOSITORY[:TAG]]",
    .summary = "List images",
    .options = kOptions,
    .arguments = cli::Arguments::at_most(1),
    .completion = cli::Completion::images,
});

}  // namespace dockerlite::command
