#include "dockerlite/gpu/translate.hpp"

#include <algorithm>
#include <array>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::gpu {
namespace {

using Words = std::vector<std::string>;

/// What the engine's nvidia driver can give a container; "gpu" and "nvidia" select the driver and name no capability of
/// it.
constexpr std::array<std::string_view, 6> kCapabilities = {"compute", "compat32", "graphics",
                                                           "utility", "video",    "display"};

bool contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_known_capability(std::string_view word) {
  return std::find(kCapabilities.begin(), kCapabilities.end(), word) != kCapabilities.end();
}

void add_unique(Words& words, std::string_view word) {
  if (!contains(words, word)) words.emplace_back(word);
}

std::string assignment(std::string_view name, std::string_view value) {
  return std::string(name) + "=" + std::string(value);
}

/// Sets a variable as the engine's driver does, whose value comes after what the user gave and so replaces it.
void set_variable(Words& environment, std::string_view name, std::string_view value) {
  std::erase_if(environment, [&](const std::string& entry) { return util::cut(entry, "=").before == name; });
  environment.push_back(assignment(name, value));
}

Words listed(std::string_view value) {
  Words words;
  for (const std::string& word : util::split(value, ','))
    if (const auto trimmed = util::trim_space(word); !trimmed.empty()) add_unique(words, trimmed);
  return words;
}

/// [[gpu utility]], as the engine prints capabilities.
std::string go_list(const DeviceRequest& request) {
  std::string out = "[";
  if (request.capabilities)
    for (const Words& all_of : *request.capabilities)
      out += (out.size() > 1 ? " [" : "[") + util::join(all_of, " ") + "]";
  return out + "]";
}

/// What requests for the nvidia driver ask for, taken together.
struct Wanted {
  bool all = false;
  std::int64_t count = 0;  ///< that many, whichever
  Words ids, capabilities;
  bool nothing() const { return !all && count == 0 && ids.empty(); }
};

Result<void> add_request(const DeviceRequest& request, Wanted& wanted) {
  if (request.driver == "cdi")
    return error("a request for CDI devices names them by its specification, which only a CDI driver reads");
  if (!request.driver.empty() && request.driver != "nvidia")
    return error("driver " + util::go_quote(request.driver) + " is not NVIDIA's");
  const bool has_ids = request.device_ids && !request.device_ids->empty();
  if (request.count != 0 && has_ids) return error("cannot set both Count and DeviceIDs on device request");
  if (has_ids)
    for (const std::string& id : *request.device_ids) {
      if (util::contains(id, "=")) return error("device " + util::go_quote(id) + " is a CDI name");
      if (!id.empty()) add_unique(wanted.ids, id);
    }
  wanted.all = wanted.all || request.count < 0;
  wanted.count = std::max(wanted.count, request.count);
  if (!request.capabilities) return {};
  // Of alternative sets the first one that the driver has is taken.
  for (const Words& all_of : *request.capabilities) {
    const bool served = std::all_of(all_of.begin(), all_of.end(), [](const std::string& word) {
      return word == "gpu" || word == "nvidia" || is_known_capability(word);
    });
    if (!served) continue;
    for (const std::string& word : all_of)
      if (is_known_capability(word)) add_unique(wanted.capabilities, word);
    return {};
  }
  return error("could not select device driver " + util::go_quote(request.driver) +
               " with capabilities: " + go_list(request));
}

Result<Wanted> wanted_by(const std::vector<DeviceRequest>& requests) {
  Wanted wanted;
  for (const DeviceRequest& request : requests) DL_CHECK(add_request(request, wanted));
  if (wanted.all) {
    wanted.count = 0;
    wanted.ids.clear();
  } else if (wanted.count > 0 && !wanted.ids.empty()) {
    return error("a number of GPUs and GPUs by ID were asked for");
  }
  return wanted;
}

std::string visible_devices(const Wanted& wanted) {
  if (wanted.all) return "all";
  if (!wanted.ids.empty()) return util::join(wanted.ids, ",");
  Words indexes;
  for (std::int64_t i = 0; i < wanted.count; ++i) indexes.push_back(std::to_string(i));
  return indexes.empty() ? "void" : util::join(indexes, ",");
}

}  // namespace

bool EngineOffer::has_runtime(std::string_view name) const { return contains(runtimes, name); }

bool EngineOffer::has_cdi_gpus() const {
  return std::any_of(cdi_devices.begin(), cdi_devices.end(),
                     [](const std::string& name) { return util::cut(name, "=").before == kCdiKind; });
}

std::optional<std::string> environment_value(const std::vector<std::string>& environment, std::string_view name) {
  std::optional<std::string> value;
  for (const std::string& entry : environment)
    if (const auto cut = util::cut(entry, "="); cut.found && cut.before == name) value = cut.after;
  return value;
}

Result<Translation> requests_to_runtime(const GpuSettings& settings) {
  if (!settings.runtime.empty() && settings.runtime != kNvidiaRuntime)
    return error("the runtime " + util::go_quote(settings.runtime) + " was asked for");
  DL_TRY(const Wanted wanted, wanted_by(settings.requests));
  Translation translation{settings, ""};
  GpuSettings& changed = translation.settings;
  changed.runtime = kNvidiaRuntime;
  changed.requests.clear();
  const std::string devices = visible_devices(wanted);
  set_variable(changed.environment, kVisibleDevices, devices);
  translation.notice =
      "the engine has no GPU device driver; using --runtime nvidia with " + assignment(kVisibleDevices, devices);
  if (!wanted.capabilities.empty()) {
    const std::string capabilities = util::join(wanted.capabilities, ",");
    set_variable(changed.environment, kDriverCapabilities, capabilities);
    translation.notice += " and " + assignment(kDriverCapabilities, capabilities);
  }
  return translation;
}

Result<Translation> runtime_to_requests(const GpuSettings& settings,
                                        const std::vector<std::string>& image_environment) {
  const auto variable = [&](std::string_view name) {
    auto value = environment_value(settings.environment, name);
    return value ? value : environment_value(image_environment, name);
  };
  Translation translation{settings, ""};
  GpuSettings& changed = translation.settings;
  changed.runtime.clear();
  // Who names the runtime and no GPU means all of them. Who asks for none keeps the engine's refusal: without the
  // runtime the container would be another one than was asked for.
  const std::string devices = variable(kVisibleDevices).value_or("all");
  if (devices.empty() || devices == "none" || devices == "void")
    return error(assignment(kVisibleDevices, devices) + " asks for no GPU, which a device request cannot");

  DeviceRequest request;
  Words capabilities = {"gpu"};
  for (const std::string& word : listed(variable(kDriverCapabilities).value_or(""))) {
    if (word == "all")
      for (const std::string_view each : kCapabilities) add_unique(capabilities, each);
    else if (is_known_capability(word))
      add_unique(capabilities, word);
    else
      return error("no device driver has the capability " + util::go_quote(word));
  }
  request.capabilities = std::vector<Words>{std::move(capabilities)};
  request.options.emplace();
  if (devices == "all")
    request.count = -1;
  else
    request.device_ids = listed(devices);
  translation.notice = "the engine has no runtime nvidia; using --gpus " +
                       (devices == "all" ? devices : "'\"device=" + util::join(*request.device_ids, ",") + "\"'");
  changed.requests.push_back(std::move(request));
  return translation;
}

Result<Translation> requests_to_cdi(const GpuSettings& settings, const EngineOffer& offer) {
  DL_TRY(const Wanted wanted, wanted_by(settings.requests));
  const auto qualified = [](std::string_view id) { return assignment(kCdiKind, id); };
  Words names;
  if (wanted.all && contains(offer.cdi_devices, qualified("all"))) {
    names.push_back(qualified("all"));
  } else if (wanted.all) {
    for (const std::string& name : offer.cdi_devices)
      if (util::cut(name, "=").before == kCdiKind) names.push_back(name);
  } else {
    Words ids = wanted.ids;
    for (std::int64_t i = 0; i < wanted.count; ++i) ids.push_back(std::to_string(i));
    for (const std::string& id : ids) names.push_back(qualified(id));
  }
  if (names.empty() && !wanted.nothing())
    return error("the engine lists no CDI device of kind " + std::string(kCdiKind));
  for (const std::string& name : names)
    if (!contains(offer.cdi_devices, name)) return error("the engine lists no CDI device " + name);

  Translation translation{settings, "the engine has no GPU device driver; using"};
  for (const std::string& name : names) translation.notice += " --device " + name;
  if (names.empty())
    translation.notice =
        "the engine has no GPU device driver, and none of its GPUs was asked for; leaving the request out";
  translation.settings.requests.clear();
  if (!names.empty()) translation.settings.requests.push_back(make_cdi_request(std::move(names)));
  return translation;
}

Refusal refusal_of(std::string_view engine_message) {
  if (util::contains(engine_message, "could not select device driver")) return Refusal::no_device_driver;
  for (const std::string_view text : {"Unknown runtime specified ", "unknown or invalid runtime name: "})
    if (util::contains(engine_message, std::string(text) + std::string(kNvidiaRuntime))) return Refusal::no_runtime;
  return Refusal::none;
}

std::optional<Translation> translate_after(Refusal refusal, const GpuSettings& settings, const EngineOffer& offer,
                                           const std::vector<std::string>& image_environment) {
  const auto value = [](Result<Translation> result) -> std::optional<Translation> {
    if (!result) return std::nullopt;
    return std::move(result).value();
  };
  switch (refusal) {
    case Refusal::none:
      return std::nullopt;
    case Refusal::no_device_driver:
      if (settings.requests.empty()) return std::nullopt;
      if (offer.has_cdi_gpus())
        if (auto cdi = value(requests_to_cdi(settings, offer))) return cdi;
      return offer.has_runtime(kNvidiaRuntime) ? value(requests_to_runtime(settings)) : std::nullopt;
    case Refusal::no_runtime: {
      if (settings.runtime != kNvidiaRuntime) return std::nullopt;
      auto requests = value(runtime_to_requests(settings, image_environment));
      // The device driver cannot be seen beforehand; CDI devices can, and are then the sure way.
      if (!requests || requests->settings.requests.empty() || !offer.has_cdi_gpus()) return requests;
      auto cdi = value(requests_to_cdi(requests->settings, offer));
      if (!cdi) return requests;
      cdi->notice.replace(0, cdi->notice.find(';'), "the engine has no runtime nvidia");
      return cdi;
    }
  }
  return std::nullopt;
}

std::optional<Translation> translate_for_old_engine(const GpuSettings& settings, const EngineOffer& offer) {
  if (settings.requests.empty() || !offer.has_runtime(kNvidiaRuntime)) return std::nullopt;
  auto translation = requests_to_runtime(settings);
  if (!translation) return std::nullopt;
  translation->notice.replace(0, translation->notice.find(';'), "the engine knows no GPU requests (API below 1.40)");
  return std::move(translation).value();
}

}  // namespace dockerlite::gpu
