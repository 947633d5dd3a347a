#include "client_version.hpp"

namespace dockerlite::command {
namespace {

using format::Field;
using format::Kind;
using format::Type;
using format::Value;
namespace types = format::types;

constexpr Field kPlatformFields[] = {{"Name", &types::string, "", true}};
constexpr Type kPlatform{.kind = Kind::structure, .name = "system.platformInfo", .fields = kPlatformFields};
constexpr Type kPlatformPointer{.kind = Kind::pointer, .element = &kPlatform};
constexpr Field kFields[] = {{"Platform", &kPlatformPointer, "", true},
                             {"Version", &types::string, "", true},
                             {"APIVersion", &types::string, "ApiVersion", true},
                             {"DefaultAPIVersion", &types::string, "", true},
                             {"GitCommit", &types::string, "", true},
                             {"GoVersion", &types::string, "", true},
                             {"Os", &types::string, "", true},
                             {"Arch", &types::string, "", true},
                             {"BuildTime", &types::string, "", true},
                             {"Context", &types::string}};

}  // namespace

constinit const Type kClientVersionType{.kind = Kind::structure, .name = "system.clientVersion", .fields = kFields};

std::string_view client_architecture() {
#if defined(__x86_64__)
  return "amd64";
#elif defined(__aarch64__)
  return "arm64";
#elif defined(__arm__)
  return "arm";
#elif defined(__i386__)
  return "386";
#elif defined(__powerpc64__)
  return "ppc64le";
#elif defined(__s390x__)
  return "s390x";
#elif defined(__riscv)
  return "riscv64";
#else
  return "unknown";
#endif
}

Value client_version(Context& context, const std::string& api_version) {
  const auto text = [](std::string_view value) { return Value::string(std::string(value)); };
  return Value::structure(
      {Value::nil(kPlatformPointer), text(engine::kClientVersion), text(api_version), text(engine::kMaximumApiVersion),
       text(engine::kClientCommit), text(kClientGoVersion), text("linux"), text(client_architecture()),
       text(kClientBuildTime), text(context.context_name())},
      kClientVersionType);
}

}  // namespace dockerlite::command
