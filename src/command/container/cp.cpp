#include <optional>
#include <thread>

#include "../archive_output.hpp"
#include "../interruption.hpp"
#include "cp_local.hpp"
#include "cp_pipe.hpp"
#include "cp_progress.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/command/specs.hpp"
#include "dockerlite/engine/archive.hpp"
#include "dockerlite/format/units.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/log.hpp"
#include "interactive_thread.hpp"

namespace dockerlite::command {
namespace {

struct CpOptions {
  bool archive{}, follow_link{};
  std::optional<bool> quiet{};
  std::vector<std::string> arguments;
  bool operator==(const CpOptions&) const = default;
};

constexpr std::array kOptions{
    cli::option<&CpOptions::archive>("archive", 'a', "Keep the owners of what is copied into a container"),
    cli::option<&CpOptions::follow_link>("follow-link", 'L', "Copy what the source points to if it is a symlink"),
    cli::option<&CpOptions::quiet>("quiet", 'q',
                                   "Show neither progress nor summary, which without a terminal are not shown either"),
};
static_assert(cli::valid_options(kOptions));

constexpr std::string_view kStandardStream = "-";

void say_copied(Context& context, CopyProgress& progress, const std::string& destination) {
  progress.clear();
  context.io.err.write("Successfully copied " + format::human_size(static_cast<double>(progress.total()), 3) + " to " +
                       destination + "\n");
}

/// What the engine says about a path; nothing if it cannot say.
std::optional<engine::PathStat> stat_in_container(engine::Client& engine, const std::string& container,
                                                  const std::string& path) {
  auto request = engine::stat_path(container, path);
  if (!request) return std::nullopt;
  const auto answer = engine.exchange(*std::move(request));
  if (!answer || answer->head.status >= 400) return std::nullopt;
  auto stat = engine::decode_path_stat(answer->head);
  if (!stat) return std::nullopt;
  return *std::move(stat);
}

std::string link_target(const std::string& path, const engine::PathStat& stat) {
  return stat.link_target.starts_with('/') ? stat.link_target : join_path(split_path(path).folder, stat.link_target);
}

/// Passes the archive on to stdout, if the answer is what docker takes for one.
class StdoutSink final : public OutputSink {
 public:
  using OutputSink::OutputSink;
  bool on_head(const transport::ResponseHead& head) override {
    if (auto stat = engine::decode_path_stat(head); !stat)
      outcome = error("unable to get resource stat from response: " + stat.error().message);
    return outcome.ok();
  }
};

/// Receives the archive of what is in a container; another thread extracts it.
class ExtractSink final : public transport::Sink {
 public:
  ExtractSink(CopyEnd source, std::string destination, CopyProgress& progress)
      : source_(std::move(source)), destination_(std::move(destination)), progress_(progress) {}
  ExtractSink(const ExtractSink&) = delete;
  ExtractSink& operator=(const ExtractSink&) = delete;
  ~ExtractSink() override { join(error("")); }

  bool on_head(const transport::ResponseHead& head) override {
    auto plan = make_plan(head);
    if (!plan) {
      outcome_ = std::move(plan).error();
      return false;
    }
    worker_ = start_thread([this, plan = *std::move(plan)] { outcome_ = extract(plan); });
    return true;
  }

  bool on_data(std::string_view bytes) override {
    progress_.add(bytes.size());
    return pipe_.push(bytes);
  }

  /// What became of the copy, from the outcome of the transfer.
  Result<void> finish(Result<void> transfer) {
    join(transfer);
    if (!transfer) return transfer;  // what the extraction found missing is due to this
    return std::move(outcome_);
  }

 private:
  Result<CopyPlan> make_plan(const transport::ResponseHead& head) {
    const auto stat = engine::decode_path_stat(head);
    if (!stat) return error("unable to get resource stat from response: " + stat.error().message);
    source_.exists = true;
    source_.is_folder = stat->is_directory();
    DL_TRY(const CopyEnd destination, local_destination(destination_));
    DL_TRY(CopyPlan plan, plan_copy(source_, destination));
    plan.folder = util::clean_path(plan.folder);
    return plan;
  }

  Result<void> extract(const CopyPlan& plan) {
    // A link was followed: its target's archive gets the name that was asked for first.
    const PathParts parts = split_path(source_.path);
    const stream::TarRename followed{parts.base == "/" ? "" : parts.base,
                                     source_.rebase_name.empty() ? parts.base : source_.rebase_name};
    stream::ExtractOptions options{.directory = plan.folder};
    if (!source_.rebase_name.empty()) options.renames.push_back(followed);
    options.renames.push_back(plan.rename);
    options.on_warning = [](std::string_view text) { util::log::write(util::log::Level::warning, text); };
    stream::TarReader reader([this] { return pipe_.next(); });
    auto extracted = stream::extract_tar(reader, options);
    pipe_.close();
    return extracted;
  }

  void join(Result<void> transfer) {
    if (!worker_.joinable()) return;
    pipe_.finish(std::move(transfer));
    worker_.join();
  }

  CopyEnd source_;
  std::string destination_;
  CopyProgress& progress_;
  CopyPipe pipe_;
  Result<void> outcome_;
  std::thread worker_;
};

Result<void> copy_from_container(Context& context, const CpOptions& options, const CopyArgument& from,
                                 const std::string& to, bool quiet) {
  const bool to_stdout = to == kStandardStream;
  const std::string destination = to_stdout ? to : absolute_local_path(to);
  DL_CHECK(check_local_destination(destination));
  DL_TRY(engine::Client* const engine, context.engine());
  CopyEnd source{.path = from.path};
  if (options.follow_link) {
    const auto stat = stat_in_container(*engine, from.container, from.path);
    if (stat && stat->is_symlink()) source = resolved_source(from.path, link_target(from.path, *stat));
  }
  DL_TRY(auto request, engine::get_archive(from.container, source.path));
  if (to_stdout) {
    StdoutSink sink(context.io.out);
    auto sent = engine->stream(std::move(request), sink);
    DL_CHECK(std::move(sink.outcome));
    return sent;
  }
  CopyProgress progress(context.io.err, context.clock, "Copying from container - ", !quiet);
  Interruption interruption;
  request.cancel_fd = interruption.fd();
  ExtractSink sink(std::move(source), destination, progress);
  auto copied = interruption.outcome(sink.finish(engine->stream(std::move(request), sink)));
  progress.clear();
  DL_CHECK(std::move(copied));
  if (!quiet) say_copied(context, progress, destination);
  return {};
}

/// Where a copy into a container goes: a symlink is followed, once.
struct ContainerDestination {
  CopyEnd end;
  std::optional<engine::PathStat> stat;
};
ContainerDestination find_destination(engine::Client& engine, const CopyArgument& to) {
  ContainerDestination found{{.path = to.path}, stat_in_container(engine, to.container, to.path)};
  if (found.stat && found.stat->is_symlink()) {
    found.end.path = link_target(to.path, *found.stat);
    found.stat = stat_in_container(engine, to.container, found.end.path);
  }
  found.end.exists = found.stat.has_value();
  found.end.is_folder = found.stat && found.stat->is_directory();
  return found;
}

Result<void> copy_to_container(Context& context, const CpOptions& options, const std::string& from,
                               const CopyArgument& to, bool quiet) {
  const bool from_stdin = from == kStandardStream;
  DL_TRY(engine::Client* const engine, context.engine());
  const auto [destination, stat] = find_destination(*engine, to);
  const std::string shown = "\"" + to.container + ":" + to.path + "\"";
  if (stat) {
    if (const auto allowed = check_destination_mode(stat->is_device(), stat->is_irregular()); !allowed)
      return error("destination " + shown + " must be a directory or a regular file: " + allowed.error().message);
  }
  if (from_stdin && !destination.is_folder) return error("destination " + shown + " must be a directory");

  CopyPlan plan{.folder = destination.path};
  std::optional<stream::TarPacker> packer;
  if (!from_stdin) {
    DL_TRY(const CopyEnd source, local_source(absolute_local_path(from), options.follow_link));
    DL_TRY(plan, plan_copy(source, destination));
    stream::PackOptions pack = pack_source(source, plan);
    pack.on_problem = [](std::string_view text) { util::log::write(util::log::Level::error, text); };
    packer.emplace(std::move(pack));
  }
  CopyProgress progress(context.io.err, context.clock, "Copying to container - ", !quiet);
  DL_TRY(auto request, engine::put_archive(to.container, plan.folder, options.archive));
  request.body_reader = [&](char* buffer, std::size_t size) {
    auto count = packer ? packer->read(buffer, size) : context.io.in.read(buffer, size);
    if (count) progress.add(*count);
    return count;
  };
  const auto answer = engine->call(std::move(request));
  progress.clear();
  if (!answer) return answer.error();
  if (packer && packer->unreadable() > 0)
    return error("not everything was copied: " + std::to_string(packer->unreadable()) + " could not be read");
  if (!quiet) say_copied(context, progress, to.container + ":" + destination.path);
  return {};
}

Result<void> run(Context& context, CpOptions& options) {
  if (options.arguments[0].empty()) return error("source can not be empty");
  if (options.arguments[1].empty()) return error("destination can not be empty");
  const CopyArgument from = split_argument(options.arguments[0]);
  const CopyArgument to = split_argument(options.arguments[1]);
  const bool quiet = options.quiet.value_or(!context.io.out.is_terminal());
  if (!from.container.empty() && !to.container.empty()) return error("copying between containers is not supported");
  if (!from.container.empty()) return copy_from_container(context, options, from, to.path, quiet);
  if (!to.container.empty()) return copy_to_container(context, options, from.path, to, quiet);
  return error("must specify at least one container source");
}

constexpr std::string_view kNames[] = {"container cp", "cp"};

}  // namespace

constinit const cli::CommandSpec container_cp = cli::make_command<CpOptions, run>({
    .names = kNames,
    .usage = "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
    .summary = "Copy files and folders between a container and this machine",
    .description =
        "With '-' as the source, a tar archive is read from stdin and extracted into the folder DEST_PATH of the "
        "container.\nWith '-' as the destination, SRC_PATH is written to stdout as a tar archive.",
    .options = kOptions,
    .arguments = cli::Arguments::exactly(2),
    .completion = cli::Completion::files,
});

}  // namespace dockerlite::command
