#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

struct BindMountOptions {
  std::string propagation;
  bool non_recursive = false, read_only_non_recursive = false, read_only_force_recursive = false;
  bool operator==(const BindMountOptions&) const = default;
};

struct VolumeMountOptions {
  bool no_copy = false;
  std::map<std::string, std::string> labels;
  std::string subpath, driver;
  std::map<std::string, std::string> driver_options;
  bool operator==(const VolumeMountOptions&) const = default;
};

struct ImageMountOptions {
  std::string subpath;
  bool operator==(const ImageMountOptions&) const = default;
};

struct TmpfsMountOptions {
  std::int64_t size_bytes = 0;
  std::uint32_t mode = 0;
  bool operator==(const TmpfsMountOptions&) const = default;
};

/// One element of HostConfig.Mounts. An option group that is there is sent even if it says nothing, as docker does.
struct Mount {
  std::string type = "volume", source, target, consistency;
  bool read_only = false;
  std::optional<BindMountOptions> bind;
  std::optional<VolumeMountOptions> volume;
  std::optional<ImageMountOptions> image;
  std::optional<TmpfsMountOptions> tmpfs;

  bool operator==(const Mount&) const = default;
};

/// `--mount`: a CSV record of key=value fields, keys in any case. A source that starts with "." is made absolute.
/// Errors: "target is required", "unexpected key 'x' in 'x=1'", "cannot mix 'bind-*' options with mount type 'volume'",
/// ...
struct MountOption {
  static constexpr std::string_view kTypeWord = "mount";
  std::vector<Mount> values;
  std::vector<std::string> warnings;  ///< docker logs these while it parses
  Result<void> set(std::string_view text);
  bool operator==(const MountOption&) const = default;
};

/// What `-v` values come to: bind mounts and named volumes (HostConfig.Binds) and anonymous volumes (Config.Volumes).
struct Volumes {
  std::vector<std::string> binds;      ///< in the order given
  std::vector<std::string> anonymous;  ///< sorted
  bool operator==(const Volumes&) const = default;
};

/// Sorts out the values of `-v`. Duplicates collapse; a host path that starts with "." is made absolute; modes are the
/// engine's to check. Errors: "invalid empty volume spec", "invalid spec: :/b: empty section between colons", "... too
/// many colons".
///
/// docker 28 takes "a:/b" for a Windows drive, sends an anonymous volume "a:/b" and mounts nothing at /b. Unless the
/// engine runs on Windows, it is sent as a bind here, and the engine says what is wrong with the name.
Result<Volumes> parse_volumes(const std::vector<std::string>& specs, std::string_view server_os);

/// `--tmpfs PATH[:OPTIONS]`, as a map; the options are the engine's to check.
std::map<std::string, std::string> parse_tmpfs(const std::vector<std::string>& values);

}  // namespace dockerlite::opts
