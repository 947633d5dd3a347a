#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// An OCI platform, as containerd's platforms package understands it.
struct Platform {
  std::string os, os_version, architecture, variant;
  bool operator==(const Platform&) const = default;

  /// "linux/arm64/v8", with the OS version in parentheses if `with_version`; "unknown" without an OS.
  std::string text(bool with_version = false) const;
  /// The JSON that goes into `platform` and `platforms` query parameters.
  std::string json() const;
};

/// "os[(version)]", "architecture" or "os/architecture[/variant]", in any spelling that docker takes ("linux/x86_64").
/// What is left out is the machine's own. Errors: docker's, such as `"a/b/c/d": cannot parse platform specifier:
/// invalid argument`.
Result<Platform> parse_platform(std::string_view text);

}  // namespace dockerlite::engine
