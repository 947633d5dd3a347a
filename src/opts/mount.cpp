#include "dockerlite/opts/mount.hpp"

#include <fmt/format.h>

#include "dockerlite/opts/size.hpp"
#include "dockerlite/util/csv.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

template <class T>
T& group(std::optional<T>& options) {
  if (!options) options = T{};
  return *options;
}

Error invalid_value(std::string_view key, std::string_view value) {
  return error(fmt::format("invalid value for {}: {}", key, value));
}

Result<bool> parse_flag(std::string_view key, std::string_view value) {
  const auto parsed = util::parse_bool(value);
  if (!parsed) return invalid_value(key, value);
  return *parsed;
}

void set_pair(std::map<std::string, std::string>& target, std::string_view text) {
  const auto [key, value, found] = util::cut(text, "=");
  if (!key.empty()) target[std::string(key)] = value;
}

Result<void> set_bind_recursive(Mount& mount, std::string_view value) {
  if (value == "enabled") return {};
  if (value == "disabled") {
    group(mount.bind).non_recursive = true;
  } else if (value == "writable") {
    group(mount.bind).read_only_non_recursive = true;
  } else if (value == "readonly") {
    group(mount.bind).read_only_force_recursive = true;
  } else {
    return error(fmt::format(
        R"(invalid value for bind-recursive: {} (must be "enabled", "disabled", "writable", or "readonly"))", value));
  }
  return {};
}

/// A field without "=". Only switches may lack a value.
Result<void> set_switch(Mount& mount, std::string_view key, std::string_view field) {
  if (key == "readonly" || key == "ro") {
    mount.read_only = true;
  } else if (key == "volume-nocopy") {
    group(mount.volume).no_copy = true;
  } else if (key == "bind-nonrecursive") {
    group(mount.bind).non_recursive = true;
  } else {
    return error(fmt::format("invalid field '{}' must be a key=value pair", field));
  }
  return {};
}

Result<void> set_tmpfs_field(Mount& mount, std::string_view key, std::string_view value) {
  if (key == "tmpfs-size") {
    const auto size = parse_ram_bytes(value);
    if (!size) return invalid_value(key, value);
    group(mount.tmpfs).size_bytes = *size;
  } else {
    const auto mode = util::parse_uint(value, 8, 32);
    if (!mode) return invalid_value(key, value);
    group(mount.tmpfs).mode = static_cast<std::uint32_t>(*mode);
  }
  return {};
}

Result<void> set_field(Mount& mount, std::string_view key, std::string_view value, std::string_view field) {
  if (key == "type") {
    mount.type = util::to_lower(value);
  } else if (key == "source" || key == "src") {
    mount.source = value.starts_with('.') ? util::absolute_path(value) : std::string(value);
  } else if (key == "target" || key == "dst" || key == "destination") {
    mount.target = value;
  } else if (key == "readonly" || key == "ro") {
    DL_TRY(mount.read_only, parse_flag(key, value));
  } else if (key == "consistency") {
    mount.consistency = util::to_lower(value);
  } else if (key == "bind-propagation") {
    group(mount.bind).propagation = util::to_lower(value);
  } else if (key == "bind-nonrecursive") {
    DL_TRY(group(mount.bind).non_recursive, parse_flag(key, value));
  } else if (key == "bind-recursive") {
    return set_bind_recursive(mount, value);
  } else if (key == "volume-subpath") {
    group(mount.volume).subpath = value;
  } else if (key == "volume-nocopy") {
    DL_TRY(group(mount.volume).no_copy, parse_flag(key, value));
  } else if (key == "volume-label") {
    set_pair(group(mount.volume).labels, value);
  } else if (key == "volume-driver") {
    group(mount.volume).driver = value;
  } else if (key == "volume-opt") {
    set_pair(group(mount.volume).driver_options, value);
  } else if (key == "image-subpath") {
    group(mount.image).subpath = value;
  } else if (key == "tmpfs-size" || key == "tmpfs-mode") {
    return set_tmpfs_field(mount, key, value);
  } else {
    return error(fmt::format("unexpected key '{}' in '{}'", key, field));
  }
  return {};
}

Result<void> check(const Mount& mount) {
  if (mount.type.empty()) return error("type is required");
  if (mount.target.empty()) return error("target is required");
  const auto mixed = [&mount](std::string_view kind) {
    return error(fmt::format("cannot mix '{}-*' options with mount type '{}'", kind, mount.type));
  };
  if (mount.volume && mount.type != "volume") return mixed("volume");
  if (mount.image && mount.type != "image") return mixed("image");
  if (mount.bind && mount.type != "bind") return mixed("bind");
  if (mount.tmpfs && mount.type != "tmpfs") return mixed("tmpfs");
  if (!mount.bind) return {};

  const auto needs = [](std::string_view value, std::string_view other) {
    return error(fmt::format("option 'bind-recursive={}' requires '{}' to be specified in conjunction", value, other));
  };
  if (mount.bind->read_only_non_recursive && !mount.read_only) return needs("writable", "readonly");
  if (mount.bind->read_only_force_recursive) {
    if (!mount.read_only) return needs("readonly", "readonly");
    if (mount.bind->propagation != "rprivate") return needs("readonly", "bind-propagation=rprivate");
  }
  return {};
}

}  // namespace

Result<void> MountOption::set(std::string_view text) {
  DL_TRY(const auto fields, util::read_csv_record(text));
  Mount mount;
  for (const auto& field : fields) {
    const auto [name, value, has_value] = util::cut(field, "=");
    const auto key = util::to_lower(name);
    if (!has_value) {
      DL_CHECK(set_switch(mount, key, field));
      continue;
    }
    DL_CHECK(set_field(mount, key, value, field));
    if (key == "bind-nonrecursive")
      warnings.emplace_back("bind-nonrecursive is deprecated, use bind-recursive=disabled instead");
  }
  DL_CHECK(check(mount));
  values.push_back(std::move(mount));
  return {};
}

std::map<std::string, std::string> parse_tmpfs(const std::vector<std::string>& values) {
  std::map<std::string, std::string> mounts;
  for (const auto& text : values) {
    const auto [path, options, found] = util::cut(text, ":");
    mounts[std::string(path)] = options;
  }
  return mounts;
}

}  // namespace dockerlite::opts
