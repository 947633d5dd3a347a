#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/format/list_format.hpp"
#include "survey.hpp"

namespace dockerlite::command {
namespace {

struct LsOptions {
  bool quiet{};
  std::string format;
  std::vector<std::string> arguments;
  bool operator==(const LsOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&LsOptions::format>("format", 0,
                                    "How to print: 'table', 'json', or a Go template, also after 'table '"),
    cli::option<&LsOptions::quiet>("quiet", 'q', "Show only what --gpus device= takes"),
};
static_assert(cli::valid_options(kOptions));

using Row = gpu::ReachableGpu;

/// What `--gpus device=` takes: an index or, where there is none, a UUID.
std::string row_id(const Row& row) { return row.gpu.index.empty() ? row.gpu.uuid : row.gpu.index; }
std::string row_index(const Row& row) { return row.gpu.index; }
std::string row_uuid(const Row& row) { return row.gpu.uuid; }
std::string row_name(const Row& row) { return row.gpu.name; }
std::string row_ways(const Row& row) { return row.ways.empty() ? "nothing" : util::join(row.ways, ", "); }

constexpr format::Column kColumns[] = {
    format::column<row_id>("ID", "ID"),
    format::column<row_index>("Index", "INDEX"),
    format::column<row_uuid>("UUID", "UUID"),
    format::column<row_name>("Name", "NAME"),
    format::column<row_ways>("Ways", "REACHABLE BY"),
};
constexpr format::ListType kList{"*formatter.GPUContext", kColumns};

std::string expand_format(const LsOptions& options) {
  if (options.quiet) return "{{.ID}}";
  if (options.format.empty() || options.format == "table") return "table {{.Index}}\t{{.UUID}}\t{{.Name}}\t{{.Ways}}";
  return options.format;
}

Result<void> run(Context& context, LsOptions& options) {
  DL_TRY(const auto list, format::ListFormat::parse(expand_format(options), kList));
  DL_TRY(const GpuSurvey survey, survey_gpus(context));
  const std::vector<Row> rows = gpu::reachable_gpus(survey.engine, survey.machine);
  std::string out;
  DL_CHECK(list.write(rows, out));
  context.io.out.write(out);
  if (rows.empty() && context.io.err.is_terminal())
    context.io.err.write(survey.machine ? "No GPU found; `dockerlite gpu doctor` says why.\n"
                                        : "The engine is on another machine, and lists no GPU as a CDI device.\n");
  return {};
}

constexpr std::string_view kNames[] = {"gpu ls", "gpu list"};

}  // namespace

constinit const cli::CommandSpec gpu_ls = cli::make_command<LsOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS]",
    .summary = "List the GPUs that the engine can hand out",
    .description =
        "List the GPUs of this machine and those that the engine lists as CDI devices, each with the ways by which a "
        "container can get it.",
    .options = kOptions,
    .arguments = cli::Arguments::none(),
});

}  // namespace dockerlite::command
