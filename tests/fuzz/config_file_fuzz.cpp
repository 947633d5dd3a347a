#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "config/json_text.hpp"
#include "dockerlite/config/config_file.hpp"

using namespace dockerlite::config;

/// Reading never fails, and a document that is fit to be changed still is afterwards, with the change in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ConfigFile file = ConfigFile::parse(text, "config.json");
  static_cast<void>(file.has_auth_settings());
  static_cast<void>(file.proxy_environment("tcp://h:1"));
  if (file.warning()) return 0;
  const std::string changed = json::set_member(text, {"auths", "reg.io"}, "{\n\t\"auth\": \"dTpw\"\n}");
  const ConfigFile after = ConfigFile::parse(changed, "config.json");
  if (after.warning() || after.auths().at("reg.io").username != "u") std::abort();
  const ConfigFile removed = ConfigFile::parse(json::remove_member(changed, {"auths", "reg.io"}), "config.json");
  if (removed.warning()) std::abort();
  return 0;
}
