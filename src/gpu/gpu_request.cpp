#include "dockerlite/gpu/gpu_request.hpp"

#include <algorithm>
#include <set>

#include "dockerlite/util/csv.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::gpu {
namespace {

using Capabilities = std::vector<std::vector<std::string>>;

Result<std::int64_t> parse_count(std::string_view text) {
  if (text == "all") return std::int64_t{-1};
  auto count = util::parse_int(text, 10, 64);
  if (!count) {
    // Docker shows the cause alone, what follows the last ": " of Go's `strconv.Atoi: parsing "x": invalid syntax`.
    std::string cause = count.error().message;
    if (const auto colon = cause.rfind(": "); colon != std::string::npos) cause.erase(0, colon + 2);
    return error("invalid count (" + std::string(text) + "): value must be either \"all\" or an integer: " + cause);
  }
  return *count;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

/// Vendor, class and device names: which characters may start one and which may stand inside.
bool valid_cdi_part(std::string_view text, bool (*starts)(char), std::string_view inner) {
  return !text.empty() && starts(text.front()) && is_alphanumeric(text.back()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_alphanumeric(c) || inner.find(c) != std::string_view::npos; });
}

}  // namespace

Result<DeviceRequest> parse_gpu_request(std::string_view text) {
  DL_TRY(const auto fields, util::read_csv_record(text));
  DeviceRequest request;
  std::set<std::string_view> seen;
  for (const std::string& field : fields) {
    const auto cut = util::cut(field, "=");
    const std::string_view key = cut.before, value = cut.after;
    if (!seen.insert(key).second) return error("gpu request key '" + std::string(key) + "' can be specified only once");
    if (!cut.found) {
      // A bare word also marks count as given, but is itself remembered by its text: "all,2" is accepted and the last
      // one wins.
      seen.insert("count");
      DL_TRY(request.count, parse_count(key));
    } else if (key == "driver") {
      request.driver = value;
    } else if (key == "count") {
      DL_TRY(request.count, parse_count(value));
    } else if (key == "device") {
      request.device_ids = util::split(value, ',');
    } else if (key == "capabilities") {
      auto capabilities = util::split(value, ',');
      capabilities.emplace_back("gpu");
      request.capabilities = Capabilities{std::move(capabilities)};
    } else if (key == "options") {
      auto pairs = util::read_csv_record(value);
      if (!pairs) return error("failed to read gpu options: " + pairs.error().message);
      request.options.emplace();
      for (const std::string& pair : *pairs) {
        const auto option = util::cut(pair, "=");
        (*request.options)[std::string(option.before)] = option.after;
      }
    } else {
      return error("unexpected key '" + std::string(key) + "' in '" + field + "'");
    }
  }
  if (!seen.contains("count") && !request.device_ids) request.count = 1;
  if (!request.options) request.options.emplace();
  if (!request.capabilities) request.capabilities = Capabilities{{"gpu"}};
  return request;
}

namespace {

bool is_bare(const std::string& field) { return !util::contains(field, "=") && field != "all"; }

/// "device=0,1" as the list that is meant by it: bare words behind a device belong to it.
std::string with_quoted_devices(const std::vector<std::string>& fields) {
  std::vector<std::string> quoted;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::string field = fields[i];
    while (field.starts_with("device=") && i + 1 < fields.size() && is_bare(fields[i + 1])) field += "," + fields[++i];
    quoted.push_back("\"" + util::replace_all(field, "\"", "\"\"") + "\"");
  }
  return util::join(quoted, ",");
}

/// "0,1": the last number counts, though it reads like a list of devices.
bool looks_like_a_list(const std::vector<std::string>& fields) {
  return fields.size() > 1 &&
         std::all_of(fields.begin(), fields.end(), [](const auto& field) { return util::parse_uint(field).ok(); });
}

}  // namespace

Result<void> GpuOption::set(std::string_view text) {
  if (text == "auto") {
    automatic_ = true;
    return {};
  }
  const auto fields = util::read_csv_record(text);
  auto request = parse_gpu_request(fields ? with_quoted_devices(*fields) : std::string(text));
  if (!request) return parse_gpu_request(text).error();
  if (fields && looks_like_a_list(*fields))
    notes_.push_back("--gpus " + std::string(text) + " asks for " + fields->back() +
                     " of the GPUs; for those of these numbers write --gpus device=" + std::string(text));
  requests_.push_back(*std::move(request));
  return {};
}

bool is_cdi_device_name(std::string_view text) {
  const auto name = util::cut(text, "=");
  const auto kind = util::cut(name.before, "/");
  return name.found && kind.found && valid_cdi_part(kind.before, is_letter, "_-.") &&
         valid_cdi_part(kind.after, is_letter, "_-.") && valid_cdi_part(name.after, is_alphanumeric, "_-.:");
}

DeviceRequest make_cdi_request(std::vector<std::string> names) {
  DeviceRequest request;
  request.driver = "cdi";
  request.device_ids = std::move(names);
  return request;
}

}  // namespace dockerlite::gpu
