#include <chrono>

#include "dockerlite/cli/choices.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/images.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/format/list_format.hpp"
#include "dockerlite/format/text.hpp"
#include "dockerlite/format/units.hpp"

namespace dockerlite::command {
namespace {

struct HistoryOptions {
  bool human = true;
  bool quiet{}, no_trunc{};
  std::string format, platform;
  std::vector<std::string> arguments;
  bool operator==(const HistoryOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&HistoryOptions::format>("format", 0,
                                         "How to print: 'table', 'json', or a Go template, also after 'table '"),
    cli::option<&HistoryOptions::human>("human", 'H', "Print sizes and ages in round numbers").with_default("true"),
    cli::option<&HistoryOptions::no_trunc>("no-trunc", 0, "Show everything in full length"),
    cli::option<&HistoryOptions::platform>("platform", 0, "Show this platform's variant, as in \"linux/arm64\"")
        .with_choices(cli::kPlatformChoices)
        .with_since("1.48"),
    cli::option<&HistoryOptions::quiet>("quiet", 'q', "Show only IDs"),
};
static_assert(cli::valid_options(kOptions));

struct HistoryRow {
  const engine::ImageHistoryItem* item;
  bool truncate, human;
  std::int64_t now;  ///< nanoseconds since 1970
};

constexpr std::int64_t kEpoch = 946684800;  // 2000-01-01: docker takes anything older for unknown

std::string id(const HistoryRow& row) {
  return row.truncate ? std::string(format::short_id(row.item->id)) : row.item->id;
}
std::string created_at(const HistoryRow& row) { return format::local_time_rfc3339(row.item->created); }
std::string created_since(const HistoryRow& row) {
  if (!row.human) return created_at(row);
  if (row.item->created <= kEpoch) return "N/A";
  return format::human_duration(row.now - row.item->created * 1'000'000'000) + " ago";
}
std::string created_by(const HistoryRow& row) {
  const std::string text = util::replace_all(row.item->created_by, "\t", " ");
  return row.truncate ? format::ellipsis(text, 45) : text;
}
std::string size(const HistoryRow& row) {
  return row.human ? format::human_size(static_cast<double>(row.item->size), 3) : std::to_string(row.item->size);
}
std::string comment(const HistoryRow& row) { return row.item->comment; }

constexpr std::array kColumns{
    format::column<comment>("Comment", "COMMENT"),
    format::column<created_at>("CreatedAt", "CREATED AT"),
    format::column<created_by>("CreatedBy", "CREATED BY"),
    format::column<created_since>("CreatedSince", "CREATED"),
    format::column<id>("ID", "IMAGE"),
    format::column<size>("Size", "SIZE"),
};
constexpr format::ListType kHistoryList{.row_type = "*image.historyContext", .columns = kColumns};

std::string expand_format(const HistoryOptions& options) {
  if (!options.format.empty() && options.format != "table") return options.format;
  if (options.quiet) return "{{.ID}}";
  return std::string("table {{.ID}}\t") + (options.human ? "{{.CreatedSince}}" : "{{.CreatedAt}}") +
         "\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}";
}

Result<transport::Request> history_request(const HistoryOptions& options) {
  transport::Request request{.path = engine::object_path("images", options.arguments[0], "history")};
  if (options.platform.empty()) return request;
  const auto platform = opts::parse_platform(options.platform);
  if (!platform) return error("invalid platform: " + platform.error().message);
  request.query.add("platform", engine::platform_json(*platform));
  return request;
}

Result<void> run(Context& context, HistoryOptions& options) {
  DL_TRY(transport::Request request, history_request(options));
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(const std::string answer, engine->call(std::move(request)));
  DL_TRY(const auto history, engine::decode_image_history(answer));
  DL_TRY(const auto list, format::ListFormat::parse(expand_format(options), kHistoryList));
  const std::int64_t now =
      std::chrono::duration_cast<std::chrono::nanoseconds>(context.clock.now().time_since_epoch()).count();
  std::vector<HistoryRow> rows;
  rows.reserve(history.size());
  for (const auto& item : history) rows.push_back({&item, !options.no_trunc, options.human, now});
  std::string out;
  DL_CHECK(list.write(rows, out));
  context.io.out.write(out);
  return {};
}

constexpr std::string_view kNames[] = {"image history", "history"};

}  // namespace

constinit const cli::CommandSpec image_history = cli::make_command<HistoryOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] IMAGE",
    .summary = "Show how an image was made",
    .options = kOptions,
    .arguments = cli::Arguments::exactly(1),
    .completion = cli::Completion::images,
    .completed_arguments = 1,
});

}  // namespace dockerlite::command
