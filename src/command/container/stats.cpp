#include <cstdio>

#include "../batch.hpp"
#include "../live_table.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/containers.hpp"
#include "dockerlite/format/list_format.hpp"
#include "dockerlite/format/text.hpp"
#include "dockerlite/format/units.hpp"
#include "stats_board.hpp"

namespace dockerlite::command {
namespace {

struct StatsOptions {
  bool all{}, no_stream{}, no_trunc{};
  std::string format;
  std::vector<std::string> arguments;
  bool operator==(const StatsOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&StatsOptions::all>("all", 'a', "Show containers that do not run too"),
    cli::option<&StatsOptions::format>("format", 0,
                                       "How to print: 'table', 'json', or a Go template, also after 'table '"),
    cli::option<&StatsOptions::no_stream>("no-stream", 0, "Print one reading and end"),
    cli::option<&StatsOptions::no_trunc>("no-trunc", 0, "Show everything in full length"),
};
static_assert(cli::valid_options(kOptions));

struct StatsRow {
  StatsEntry entry;
  bool truncate, windows;
};

constexpr std::string_view kNoValue = "--";

std::string percentage(double value) {
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.2f%%", value);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string pair_of_sizes(double first, double second) {
  return format::human_size(first, 3) + " / " + format::human_size(second, 3);
}

std::string container(const StatsRow& row) { return row.entry.container; }
std::string name(const StatsRow& row) {
  const std::string& name = row.entry.sample.name;
  return name.size() > 1 ? name.substr(1) : std::string(kNoValue);
}
std::string id(const StatsRow& row) {
  const std::string& id = row.entry.sample.id;
  return row.truncate ? std::string(format::short_id(id)) : id;
}
std::string cpu(const StatsRow& row) {
  return row.entry.valid ? percentage(row.entry.sample.cpu_percent) : std::string(kNoValue);
}
std::string memory(const StatsRow& row) {
  if (!row.entry.valid) return "-- / --";
  std::string used = format::binary_size(row.entry.sample.memory);
  return row.windows ? used : used + " / " + format::binary_size(row.entry.sample.memory_limit);
}
std::string memory_share(const StatsRow& row) {
  return row.entry.valid && !row.windows ? percentage(row.entry.sample.memory_percent) : std::string(kNoValue);
}
std::string network(const StatsRow& row) {
  return row.entry.valid ? pair_of_sizes(row.entry.sample.network_rx, row.entry.sample.network_tx)
                         : std::string(kNoValue);
}
std::string block(const StatsRow& row) {
  return row.entry.valid ? pair_of_sizes(row.entry.sample.block_read, row.entry.sample.block_write)
                         : std::string(kNoValue);
}
std::string pids(const StatsRow& row) {
  return row.entry.valid && !row.windows ? std::to_string(row.entry.sample.pids) : std::string(kNoValue);
}

constexpr std::array<format::Column, 9> columns(std::string_view memory_header) {
  return {format::column<block>("BlockIO", "BLOCK I/O"),
          format::column<cpu>("CPUPerc", "CPU %"),
          format::column<container>("Container", "CONTAINER"),
          format::column<id>("ID", "CONTAINER ID"),
          format::column<memory_share>("MemPerc", "MEM %"),
          format::column<memory>("MemUsage", memory_header),
          format::column<name>("Name", "NAME"),
          format::column<network>("NetIO", "NET I/O"),
          format::column<pids>("PIDs", "PIDS")};
}
constexpr auto kLinuxColumns = columns("MEM USAGE / LIMIT");
constexpr auto kWindowsColumns = columns("PRIV WORKING SET");
constexpr format::ListType kLinuxList{.row_type = "*container.statsContext", .columns = kLinuxColumns};
constexpr format::ListType kWindowsList{.row_type = "*container.statsContext", .columns = kWindowsColumns};

std::string expand_format(const std::string& format, bool windows) {
  if (format != "table") return format;
  if (windows) return "table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.NetIO}}\t{{.BlockIO}}";
  return "table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}";
}

/// Puts every container that the engine lists, and those that come later, on the board.
Result<void> watch_all(engine::Client& engine, StatsBoard& board, bool all) {
  board.follow_events(all);
  DL_TRY(const std::string answer, engine.call(engine::list_containers({.all = all})));
  DL_TRY(const auto containers, engine::decode_containers(answer));
  for (const auto& found : containers) board.add(found.id.substr(0, 12));
  board.wait_for_first();
  return {};
}

Result<void> watch_named(StatsBoard& board, const std::vector<std::string>& names) {
  for (const auto& named : names) board.add(named);
  board.wait_for_first();
  return join_errors(board.errors());
}

Result<void> run(Context& context, StatsOptions& options) {
  DL_TRY(engine::Client* const engine, context.engine());
  StatsBoard board(*engine, !options.no_stream);
  DL_CHECK(options.arguments.empty() ? watch_all(*engine, board, options.all) : watch_named(board, options.arguments));

  std::string format = options.format.empty() ? context.config().text("statsFormat") : options.format;
  std::string os = board.os();
  if (os.empty()) os = engine->ping().os_type;
  const bool windows = os == "windows";
  DL_TRY(const auto list, format::ListFormat::parse(expand_format(format.empty() ? "table" : format, windows),
                                                    windows ? kWindowsList : kLinuxList));
  while (true) {
    std::vector<StatsRow> rows;
    for (auto& entry : board.entries()) rows.push_back({std::move(entry), !options.no_trunc, windows});
    std::string table;
    DL_CHECK(list.write(rows, table));
    context.io.out.write(options.no_stream ? table : over_the_old(table));
    DL_CHECK(context.io.out.flush());
    if (options.no_stream) return {};
    if (const auto end = board.wait_for_end(std::chrono::milliseconds(500))) {
      // The engine going away ends the display, not the command's success.
      if (!end->ok() && end->error().message != "unexpected EOF") return *end;
      return {};
    }
  }
}

constexpr std::string_view kNames[] = {"container stats", "stats"};

}  // namespace

constinit const cli::CommandSpec container_stats = cli::make_command<StatsOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] [CONTAINER...]",
    .summary = "Show what containers use, as it changes",
    .options = kOptions,
    .arguments = cli::Arguments::at_least(0),
    .completion = cli::Completion::running_containers,
});

}  // namespace dockerlite::command
