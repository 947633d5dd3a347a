#include "dockerlite/opts/platform.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

#if defined(__x86_64__)
constexpr std::string_view kOwnArchitecture = "amd64";
#elif defined(__aarch64__)
constexpr std::string_view kOwnArchitecture = "arm64";
#elif defined(__arm__)
constexpr std::string_view kOwnArchitecture = "arm";
#elif defined(__i386__)
constexpr std::string_view kOwnArchitecture = "386";
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
constexpr std::string_view kOwnArchitecture = "ppc64le";
#elif defined(__s390x__)
constexpr std::string_view kOwnArchitecture = "s390x";
#elif defined(__riscv) && __riscv_xlen == 64
constexpr std::string_view kOwnArchitecture = "riscv64";
#elif defined(__loongarch64)
constexpr std::string_view kOwnArchitecture = "loong64";
#else
#error "the name that Go gives this architecture is missing here"
#endif
constexpr std::string_view kOwnSystem = "linux";

constexpr std::array<std::string_view, 17> kSystems = {
    "aix",   "android", "darwin", "dragonfly", "freebsd", "hurd",    "illumos", "ios", "js",
    "linux", "nacl",    "netbsd", "openbsd",   "plan9",   "solaris", "windows", "zos"};
constexpr std::array<std::string_view, 24> kArchitectures = {
    "386",     "amd64",   "amd64p32", "arm",    "armbe",  "arm64",    "arm64be",   "ppc64",
    "ppc64le", "loong64", "mips",     "mipsle", "mips64", "mips64le", "mips64p32", "mips64p32le",
    "ppc",     "riscv",   "riscv64",  "s390",   "s390x",  "sparc",    "sparc64",   "wasm"};

constexpr std::string_view kSystemPattern = R"(^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.-]*)\))?$)";
constexpr std::string_view kComponentPattern = "^[A-Za-z0-9_.-]+$";

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_name(std::string_view text, bool dots) {
  return std::all_of(text.begin(), text.end(), [dots](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           (dots && c == '.');
  });
}

/// Splits "windows(10.0.17763)" into the platform's system and version.
bool set_system(Platform& platform, std::string_view text) {
  if (const auto open = text.find('('); open != std::string_view::npos) {
    if (!text.ends_with(')')) return false;
    const auto version = text.substr(open + 1, text.size() - open - 2);
    if (!is_name(version, true)) return false;
    platform.os_version = version;
    text = text.substr(0, open);
  }
  if (text.empty() || !is_name(text, false)) return false;
  platform.os = util::to_lower(text);
  if (platform.os == "macos") platform.os = "darwin";
  return true;
}

/// The canonical names that containerd gives to architectures and their variants.
void set_architecture(Platform& platform, std::string_view name, std::string_view version) {
  auto architecture = util::to_lower(name), variant = util::to_lower(version);
  if (architecture == "i386") {
    architecture = "386";
    variant.clear();
  } else if (architecture == "x86_64" || architecture == "x86-64" || architecture == "amd64") {
    architecture = "amd64";
    if (variant == "v1") variant.clear();
  } else if (architecture == "aarch64" || architecture == "arm64") {
    architecture = "arm64";
    if (variant == "8" || variant == "v8" || variant == "v8.0") variant.clear();
    if (variant == "9" || variant == "9.0" || variant == "v9.0") variant = "v9";
  } else if (architecture == "armhf") {
    architecture = "arm";
    variant = "v7";
  } else if (architecture == "armel") {
    architecture = "arm";
    variant = "v6";
  } else if (architecture == "arm") {
    if (variant.empty() || variant == "7") variant = "v7";
    if (variant == "5" || variant == "6" || variant == "8") variant.insert(0, "v");
  }
  platform.architecture = std::move(architecture);
  platform.variant = std::move(variant);
}

}  // namespace

std::string Platform::text() const {
  std::string out;
  for (const auto* part : {&os, &architecture, &variant}) {
    if (part->empty()) continue;
    if (!out.empty()) out += '/';
    out += *part;
  }
  return out;
}

Result<Platform> parse_platform(std::string_view text) {
  const auto quoted = util::go_quote(text);
  if (util::contains(text, "*")) return error(quoted + ": wildcards not yet supported: invalid argument");

  const auto parts = util::split_n(text, '/', 4);
  Platform platform;
  if (!set_system(platform, parts[0]))
    return error(fmt::format(
        "{} is an invalid OS component of {}: OSAndVersion specifier component must match {}: invalid argument",
        util::go_quote(parts[0]), quoted, util::go_quote(kSystemPattern)));
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (parts[i].empty() || !is_name(parts[i], true))
      return error(
          fmt::format("{} is an invalid component of {}: platform specifier component must match {}: invalid argument",
                      util::go_quote(parts[i]), quoted, util::go_quote(kComponentPattern)));

  switch (parts.size()) {
    case 1:
      if (contains(kSystems, platform.os)) {
        platform.architecture = kOwnArchitecture;
        return platform;
      }
      set_architecture(platform, parts[0], "");
      if (platform.architecture == "arm" && platform.variant == "v7") platform.variant.clear();
      if (!contains(kArchitectures, platform.architecture))
        return error(quoted + ": unknown operating system or architecture: invalid argument");
      platform.os = kOwnSystem;
      return platform;
    case 2:
      set_architecture(platform, parts[1], "");
      if (platform.architecture == "arm" && platform.variant == "v7") platform.variant.clear();
      return platform;
    case 3:
      set_architecture(platform, parts[1], parts[2]);
      if (platform.architecture == "arm64" && platform.variant.empty()) platform.variant = "v8";
      return platform;
    default:
      return error(quoted + ": cannot parse platform specifier: invalid argument");
  }
}

}  // namespace dockerlite::opts
