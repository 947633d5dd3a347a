#include "dockerlite/engine/platform.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {
namespace {

#if defined(__x86_64__)
constexpr std::string_view kOwnArchitecture = "amd64";
#elif defined(__aarch64__)
constexpr std::string_view kOwnArchitecture = "arm64";
#elif defined(__arm__)
constexpr std::string_view kOwnArchitecture = "arm";
#elif defined(__i386__)
constexpr std::string_view kOwnArchitecture = "386";
#elif defined(__powerpc64__)
constexpr std::string_view kOwnArchitecture = "ppc64le";
#elif defined(__s390x__)
constexpr std::string_view kOwnArchitecture = "s390x";
#elif defined(__riscv)
constexpr std::string_view kOwnArchitecture = "riscv64";
#else
constexpr std::string_view kOwnArchitecture = "unknown";
#endif

constexpr std::array<std::string_view, 17> kKnownSystems{
    "aix",   "android", "darwin", "dragonfly", "freebsd", "hurd",    "illumos", "ios", "js",
    "linux", "nacl",    "netbsd", "openbsd",   "plan9",   "solaris", "windows", "zos"};
constexpr std::array<std::string_view, 24> kKnownArchitectures{
    "386",     "amd64",   "amd64p32", "arm",    "armbe",  "arm64",    "arm64be",   "ppc64",
    "ppc64le", "loong64", "mips",     "mipsle", "mips64", "mips64le", "mips64p32", "mips64p32le",
    "ppc",     "riscv",   "riscv64",  "s390",   "s390x",  "sparc",    "sparc64",   "wasm"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool all_of(std::string_view text, std::string_view extra) {
  return std::all_of(text.begin(), text.end(), [extra](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           extra.find(c) != std::string_view::npos;
  });
}

std::string normal_system(std::string_view system) {
  std::string result = util::to_lower(system);
  return result == "macos" ? "darwin" : result;
}

/// The usual spelling of an architecture and its variant.
std::pair<std::string, std::string> normal_architecture(std::string_view architecture_text,
                                                        std::string_view variant_text) {
  std::string architecture = util::to_lower(architecture_text);
  std::string variant = util::to_lower(variant_text);
  if (architecture == "i386") return {"386", ""};
  if (architecture == "x86_64" || architecture == "x86-64" || architecture == "amd64") {
    return {"amd64", variant == "v1" ? "" : variant};
  }
  if (architecture == "aarch64" || architecture == "arm64") {
    if (variant == "8" || variant == "v8" || variant == "v8.0") variant.clear();
    if (variant == "9" || variant == "9.0" || variant == "v9.0") variant = "v9";
    return {"arm64", variant};
  }
  if (architecture == "armhf") return {"arm", "v7"};
  if (architecture == "armel") return {"arm", "v6"};
  if (architecture == "arm") {
    if (variant.empty() || variant == "7") variant = "v7";
    if (variant == "5" || variant == "6" || variant == "8") variant.insert(0, "v");
  }
  return {architecture, variant};
}

Error invalid(std::string text) { return error(std::move(text).append(": invalid argument")); }

/// "os" or "os(version)".
Result<Platform> parse_system(std::string_view part, std::string_view whole) {
  std::string_view system = part;
  std::string_view version;
  bool valid = true;
  if (const auto open = part.find('('); open != std::string_view::npos) {
    system = part.substr(0, open);
    version = part.substr(open + 1);
    valid = !version.empty() && version.back() == ')';
    if (valid) version.remove_suffix(1);
  }
  if (!valid || system.empty() || !all_of(system, "_-") || !all_of(version, "_.-")) {
    return invalid(
        util::go_quote(part)
            .append(" is an invalid OS component of ")
            .append(util::go_quote(whole))
            .append(
                R"(: OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.-]*)\\))?$")"));
  }
  Platform platform;
  platform.os = normal_system(system);
  platform.os_version = version;
  return platform;
}

}  // namespace

std::string Platform::text(bool with_version) const {
  if (os.empty()) return "unknown";
  std::string result = os;
  if (with_version && !os_version.empty()) result.append("(").append(os_version).append(")");
  if (!architecture.empty()) result.append("/").append(architecture);
  if (!variant.empty()) result.append("/").append(variant);
  return result;
}

std::string Platform::json() const {
  nlohmann::ordered_json document{{"architecture", architecture}, {"os", os}};
  if (!os_version.empty()) document["os.version"] = os_version;
  if (!variant.empty()) document["variant"] = variant;
  return document.dump();
}

Result<Platform> parse_platform(std::string_view text) {
  if (util::contains(text, "*")) return invalid(util::go_quote(text).append(": wildcards not yet supported"));
  const std::vector<std::string> parts = util::split_n(text, '/', 4);
  DL_TRY(Platform platform, parse_system(parts[0], text));
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].empty() || !all_of(parts[i], "_.-")) {
      return invalid(util::go_quote(parts[i])
                         .append(" is an invalid component of ")
                         .append(util::go_quote(text))
                         .append(R"(: platform specifier component must match "^[A-Za-z0-9_.-]+$")"));
    }
  }
  switch (parts.size()) {
    case 1:
      if (contains(kKnownSystems, platform.os)) {
        platform.architecture = kOwnArchitecture;
        return platform;
      }
      std::tie(platform.architecture, platform.variant) = normal_architecture(parts[0], "");
      if (platform.architecture == "arm" && platform.variant == "v7") platform.variant.clear();
      if (!contains(kKnownArchitectures, platform.architecture)) {
        return invalid(util::go_quote(text).append(": unknown operating system or architecture"));
      }
      platform.os = "linux";
      return platform;
    case 2:
      std::tie(platform.architecture, platform.variant) = normal_architecture(parts[1], "");
      if (platform.architecture == "arm" && platform.variant == "v7") platform.variant.clear();
      return platform;
    case 3:
      std::tie(platform.architecture, platform.variant) = normal_architecture(parts[1], parts[2]);
      if (platform.architecture == "arm64" && platform.variant.empty()) platform.variant = "v8";
      return platform;
    default:
      return invalid(util::go_quote(text).append(": cannot parse platform specifier"));
  }
}

}  // namespace dockerlite::engine
