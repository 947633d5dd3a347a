#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

/// A platform as containerd writes it: os[(version)]/architecture[/variant], normalised ("x86_64" is "amd64").
struct Platform {
  std::string os, os_version, architecture, variant;

  /// "linux/arm/v7"; parts that are empty are left out.
  std::string text() const;
  bool operator==(const Platform&) const = default;
};

/// Parses "linux", "arm64", "linux/arm64", "windows(10.0.17763)/amd64", "linux/arm/v7". What is missing is the client's
/// own. Errors, containerd's: `"x": unknown operating system or architecture: invalid argument`, ...
Result<Platform> parse_platform(std::string_view text);

}  // namespace dockerlite::opts
