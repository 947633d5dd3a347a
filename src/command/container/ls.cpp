#include <chrono>
#include <thread>

#include "../live_table.hpp"
#include "container_row.hpp"
#include "container_sort.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"

namespace dockerlite::command {
namespace {

struct LsOptions {
  bool quiet{}, all{}, no_trunc{}, latest{}, watch{};
  std::optional<bool> size;
  int last = -1;
  std::string format;
  ContainerSort sort;
  opts::FilterOption filter;
  std::vector<std::string> arguments;
  bool operator==(const LsOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&LsOptions::all>("all", 'a', "Show containers that do not run too"),
    cli::option<&LsOptions::filter>("filter", 'f', "Show only containers that match, as in \"status=exited\""),
    cli::option<&LsOptions::format>("format", 0,
                                    "How to print: 'table', 'json', 'raw', or a Go template, also after 'table '"),
    cli::option<&LsOptions::last>("last", 'n', "Show the last so many created ones, whatever their state")
        .with_default("-1"),
    cli::option<&LsOptions::latest>("latest", 'l', "Show the last created one, whatever its state"),
    cli::option<&LsOptions::no_trunc>("no-trunc", 0, "Show everything in full length"),
    cli::option<&LsOptions::quiet>("quiet", 'q', "Show only IDs"),
    cli::option<&LsOptions::sort>("sort", 0,
                                  "Order by name, image, status, created, size or id; '-created': the other way round")
        .with_choices("name image status created size id -name -image -status -created -size -id")
        .as_extra(),
    cli::option<&LsOptions::watch>("watch", 0, "Show the list again every two seconds until interrupted").as_extra(),
    cli::option<&LsOptions::size>("size", 's', "Show how much each container holds on disk"),
};
static_assert(cli::valid_options(kOptions));

/// The template that stands behind a format's name.
std::string expand_format(const std::string& format, bool quiet, bool size) {
  if (format == "raw") {
    if (quiet) return "container_id: {{.ID}}";
    return std::string(
               "container_id: {{.ID}}\nimage: {{.Image}}\ncommand: {{.Command}}\ncreated_at: {{.CreatedAt}}\n"
               "state: {{- pad .State 1 0}}\nstatus: {{- pad .Status 1 0}}\nnames: {{.Names}}\n"
               "labels: {{- pad .Labels 1 0}}\nports: {{- pad .Ports 1 0}}\n") +
           (size ? "size: {{.Size}}\n" : "");
  }
  if (quiet) return "{{.ID}}";
  if (!format.empty() && format != "table") return format;
  return std::string("table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}") +
         (size ? "\t{{.Size}}" : "");
}

/// Runs a format over an empty row before anything is asked of the engine: it has to be valid, and sizes, which are
/// slow to get, are asked for only if it shows them.
Result<bool> format_shows_size(const std::string& format) {
  const auto parsed = format::Template::parse(format);
  if (!parsed) return error("failed to parse template: " + parsed.error().message);
  bool size_used = false;
  const engine::ContainerSummary empty;
  const ContainerRow row{.container = &empty, .truncate = false, .now = 0, .size_used = &size_used};
  std::string ignored;
  const format::RowMethods methods(kContainerList);
  if (const auto result = parsed->execute(methods.row(&row), ignored); !result) {
    return error("failed to execute template: " + result.error().message);
  }
  return size_used;
}

Result<transport::Request> ls_request(const LsOptions& options, const std::string& format, bool& size) {
  size = options.size.value_or(options.sort.by_size());
  if (!format.empty()) {
    DL_TRY(const bool shows_size, format_shows_size(format));
    if (!options.quiet && !options.size) size = shows_size;
  }
  return engine::list_containers({.all = options.all,
                                  .limit = options.latest && options.last == -1 ? 1 : options.last,
                                  .size = size,
                                  .filters = options.filter.filters});
}

/// Asks the engine once and gives the list as it is printed.
Result<std::string> listing(Context& context, const LsOptions& options, const transport::Request& request,
                            const format::ListFormat& list) {
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(const std::string answer, engine->call(request));
  DL_TRY(auto containers, engine::decode_containers(answer));
  options.sort.apply(containers);
  const std::int64_t now =
      std::chrono::duration_cast<std::chrono::nanoseconds>(context.clock.now().time_since_epoch()).count();
  std::vector<ContainerRow> rows;
  rows.reserve(containers.size());
  for (const auto& container : containers) rows.push_back({&container, !options.no_trunc, now});
  std::string out;
  DL_CHECK(list.write(rows, out));
  return out;
}

Result<void> run(Context& context, LsOptions& options) {
  std::string format = options.format;
  if (format.empty()) {
    format = context.config().text("psFormat");
  } else if (options.quiet) {
    context.io.err.write("WARNING: Ignoring custom format, because both --format and --quiet are set.\n");
  }
  bool size = false;
  DL_TRY(const transport::Request request, ls_request(options, format, size));
  DL_TRY(const auto list, format::ListFormat::parse(expand_format(format, options.quiet, size), kContainerList));
  while (true) {
    DL_TRY(const std::string out, listing(context, options, request, list));
    context.io.out.write(options.watch ? over_the_old(out) : out);
    if (!options.watch) return {};
    DL_CHECK(context.io.out.flush());
    std::this_thread::sleep_for(std::chrono::seconds(2));
  }
}

constexpr std::string_view kNames[] = {"container ls", "container list", "container ps", "ps"};

}  // namespace

constinit const cli::CommandSpec container_ls = cli::make_command<LsOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS]",
    .summary = "List containers",
    .options = kOptions,
    .arguments = cli::Arguments::none(),
});

}  // namespace dockerlite::command
