#include "prune.hpp"

#include "dockerlite/engine/prune.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/format/units.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

bool has(const opts::Filters& filters, std::string_view name, std::string_view value) {
  const auto values = filters.find(name);
  return values != filters.end() && values->second.count(std::string(value)) > 0;
}

transport::Request prune_request(std::string path, const opts::Filters& filters) {
  transport::Request request{.method = transport::Method::post, .path = std::move(path)};
  if (!filters.empty()) request.query.add("filters", engine::filters_json(filters));
  return request;
}

PruneOutcome listed(std::string_view title, const engine::PruneReport& report) {
  if (report.deleted.empty()) return {};
  PruneOutcome outcome{std::string(title).append(":\n"), report.space_reclaimed};
  for (const auto& name : report.deleted) outcome.text.append(name).append("\n");
  return outcome;
}

}  // namespace

opts::Filters with_configured_filters(Context& context, const opts::Filters& filters) {
  opts::Filters merged = filters;
  for (const auto& filter : context.config().prune_filters()) {
    const auto [name, value, found] = util::cut(filter, "=");
    if (!found) continue;
    if (name == "label" && has(filters, "label!", value)) continue;
    if (name == "label!" && has(filters, "label", value)) continue;
    merged[std::string(name)].emplace(value);
  }
  return merged;
}

Result<PruneOutcome> prune_containers(engine::Client& engine, const opts::Filters& filters) {
  DL_TRY(const std::string answer, engine.call(prune_request("/containers/prune", filters)));
  DL_TRY(const auto report, engine::decode_prune_report(answer, "ContainersDeleted", "Error retrieving disk usage"));
  return listed("Deleted Containers", report);
}

Result<PruneOutcome> prune_networks(engine::Client& engine, const opts::Filters& filters) {
  DL_TRY(const std::string answer, engine.call(prune_request("/networks/prune", filters)));
  DL_TRY(const auto report,
         engine::decode_prune_report(answer, "NetworksDeleted", "Error retrieving network prune report"));
  return listed("Deleted Networks", report);
}

Result<PruneOutcome> prune_volumes(engine::Client& engine, const opts::Filters& filters) {
  DL_TRY(const std::string answer, engine.call(prune_request("/volumes/prune", filters)));
  DL_TRY(const auto report,
         engine::decode_prune_report(answer, "VolumesDeleted", "Error retrieving volume prune report"));
  return listed("Deleted Volumes", report);
}

Result<PruneOutcome> prune_images(engine::Client& engine, opts::Filters filters, bool all) {
  filters["dangling"].insert(all ? "false" : "true");
  DL_TRY(const std::string answer, engine.call(prune_request("/images/prune", filters)));
  DL_TRY(const auto report, engine::decode_image_prune_report(answer, "Error retrieving disk usage"));
  if (report.deleted.empty()) return PruneOutcome{};
  PruneOutcome outcome{"Deleted Images:\n", report.space_reclaimed};
  for (const auto& image : report.deleted) {
    outcome.text += image.untagged.empty() ? "deleted: " + image.deleted : "untagged: " + image.untagged;
    outcome.text += '\n';
  }
  return outcome;
}

Result<PruneOutcome> prune_build_cache(engine::Client& engine, const opts::Filters& filters, bool all) {
  transport::Request request{.method = transport::Method::post, .path = "/build/prune"};
  if (all) request.query.add("all", "1");
  request.query.add("filters", filters.empty() ? "" : engine::filters_json(filters));
  DL_TRY(const std::string answer, engine.call(std::move(request)));
  DL_TRY(const auto report, engine::decode_prune_report(answer, "CachesDeleted", "error retrieving disk usage"));
  PruneOutcome outcome = listed("Deleted build cache objects", report);
  outcome.reclaimed = report.space_reclaimed;  // counted even if nothing is listed, as in docker
  return outcome;
}

void print_deleted(Context& context, const PruneOutcome& outcome) {
  if (!outcome.text.empty()) context.io.out.write(outcome.text + "\n");
}

void print_total(Context& context, std::uint64_t reclaimed) {
  context.io.out.write("Total reclaimed space: " + format::human_size(static_cast<double>(reclaimed)) + "\n");
}

}  // namespace dockerlite::command
