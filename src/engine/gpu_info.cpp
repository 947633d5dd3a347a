#include "dockerlite/engine/gpu_info.hpp"

#include "decode.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {

Result<gpu::EngineFacts> decode_gpu_facts(std::string_view info, std::string_view api_version) {
  DL_TRY(const nlohmann::json document, decode_document(info));
  if (!document.is_object()) return unexpected_kind(document.type_name(), "system.Info");
  gpu::EngineFacts facts;
  facts.version = text_at(document, "ServerVersion");
  facts.api_version = api_version;
  facts.kernel = text_at(document, "KernelVersion");
  facts.operating_system = text_at(document, "OperatingSystem");
  facts.architecture = text_at(document, "Architecture");
  facts.offer.default_runtime = text_at(document, "DefaultRuntime");
  if (const auto runtimes = document.find("Runtimes"); runtimes != document.end() && runtimes->is_object())
    for (const auto& [name, runtime] : runtimes->items()) facts.offer.runtimes.push_back(name);
  if (const auto devices = document.find("DiscoveredDevices"); devices != document.end() && devices->is_array())
    for (const auto& device : *devices)
      if (text_at(device, "Source") == "cdi") facts.offer.cdi_devices.push_back(text_at(device, "ID"));
  if (document.contains("CDISpecDirs")) facts.cdi_directories = texts_at(document, "CDISpecDirs");
  for (const std::string& option : texts_at(document, "SecurityOptions"))
    if (option == "name=rootless") facts.rootless = true;
  return facts;
}

Result<gpu::EngineFacts> gpu_facts(Client& client) {
  DL_TRY(const std::string info, client.call({.path = "/info"}));
  return decode_gpu_facts(info, client.api_version());
}

std::vector<std::string> decode_image_environment(std::string_view body) {
  const auto document = decode_document(body);
  if (!document || !document->is_object() || !document->contains("Config") || !(*document)["Config"].is_object())
    return {};
  return texts_at((*document)["Config"], "Env");
}

}  // namespace dockerlite::engine
