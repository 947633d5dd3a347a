#include "container_row.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "dockerlite/format/text.hpp"
#include "dockerlite/format/units.hpp"
#include "dockerlite/reference/reference.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

std::string id(const ContainerRow& row) {
  return row.truncate ? std::string(format::short_id(row.container->id)) : row.container->id;
}

std::string names(const ContainerRow& row) {
  std::vector<std::string> names;
  for (const auto& name : row.container->names) {
    names.push_back(name.substr(std::min<std::size_t>(1, name.size())));
    // A name with a slash inside is a link from another container.
    if (row.truncate && !util::contains(names.back(), "/")) return names.back();
  }
  return util::join(names, ",");
}

std::string image(const ContainerRow& row) {
  const auto& container = *row.container;
  if (container.image.empty()) return "<no image>";
  if (!row.truncate) return container.image;
  const std::string_view short_id = format::short_id(container.image_id);
  if (short_id == format::short_id(container.image)) return std::string(short_id);
  auto reference = reference::parse(container.image);
  if (!reference) return container.image;
  reference->digest.clear();
  return reference->familiar();
}

std::string command(const ContainerRow& row) {
  return util::go_quote(row.truncate ? format::ellipsis(row.container->command, 20) : row.container->command);
}

std::string created_at(const ContainerRow& row) { return format::local_time(row.container->created); }

std::string running_for(const ContainerRow& row) {
  return format::human_duration(row.now - row.container->created * 1'000'000'000) + " ago";
}

std::string ports(const ContainerRow& row) { return ports_text(row.container->ports); }
std::string state(const ContainerRow& row) { return row.container->state; }
std::string status(const ContainerRow& row) { return row.container->status; }

std::string size(const ContainerRow& row) {
  if (row.size_used != nullptr) *row.size_used = true;
  std::string text = format::human_size(static_cast<double>(row.container->size_rw), 3);
  if (row.container->size_root_fs > 0) {
    text.append(" (virtual ")
        .append(format::human_size(static_cast<double>(row.container->size_root_fs), 3))
        .append(")");
  }
  return text;
}

std::string labels(const ContainerRow& row) {
  std::vector<std::string> labels;
  for (const auto& [key, value] : row.container->labels) labels.push_back(key + "=" + value);
  std::sort(labels.begin(), labels.end());
  return util::join(labels, ",");
}

std::string label(const void* row, std::string_view key) {
  for (const auto& [name, value] : static_cast<const ContainerRow*>(row)->container->labels) {
    if (name == key) return value;
  }
  return {};
}

std::string mounts(const ContainerRow& row) {
  std::vector<std::string> mounts;
  for (const auto& mount : row.container->mounts) {
    const std::string& name = mount.name.empty() ? mount.source : mount.name;
    mounts.push_back(row.truncate ? format::ellipsis(name, 15) : name);
  }
  return util::join(mounts, ",");
}

std::string local_volumes(const ContainerRow& row) {
  const auto& mounts = row.container->mounts;
  return std::to_string(std::count_if(mounts.begin(), mounts.end(), [](const auto& m) { return m.driver == "local"; }));
}

std::string networks(const ContainerRow& row) { return util::join(row.container->networks, ","); }

// formatter.Platform: an OCI platform that prints itself as containerd does.
using format::Value;
constexpr std::array kOciPlatformFields{
    format::Field{"Architecture", &format::types::string, "architecture"},
    format::Field{"OS", &format::types::string, "os"},
    format::Field{"OSVersion", &format::types::string, "os.version", true},
    format::Field{"OSFeatures", &format::types::string_slice, "os.features", true},
    format::Field{"Variant", &format::types::string, "variant", true},
};
constexpr format::Type kOciPlatform{
    .kind = format::Kind::structure, .name = "v1.Platform", .fields = kOciPlatformFields};
constexpr std::array kPlatformFields{format::Field{.name = "Platform", .type = &kOciPlatform, .embedded = true}};

std::string platform_text(const Value& value) {
  const auto field = [&value](std::string_view name) { return value.field(name)->as_string(); };
  opts::Platform platform{field("OS"), field("OSVersion"), field("Architecture"), field("Variant")};
  if (platform.os.empty()) return "unknown";
  if (!platform.os_version.empty()) platform.os.append("(").append(platform.os_version).append(")");
  std::string text = platform.os;
  if (!platform.architecture.empty()) text.append("/").append(platform.architecture);
  if (!platform.variant.empty()) text.append("/").append(platform.variant);
  return text;
}

constexpr format::Type kPlatform{.kind = format::Kind::structure,
                                 .name = "formatter.Platform",
                                 .fields = kPlatformFields,
                                 .to_string = platform_text};
constexpr format::Type kPlatformPointer{.kind = format::Kind::pointer, .element = &kPlatform};

Value platform(const ContainerRow& row) {
  if (!row.container->platform) return Value::nil(kPlatformPointer);
  const auto& from = *row.container->platform;
  Value inner =
      Value::structure({Value::string(from.architecture), Value::string(from.os), Value::string(from.os_version),
                        Value::nil(format::types::string_slice), Value::string(from.variant)},
                       kOciPlatform);
  return Value::pointer(Value::structure({std::move(inner)}, kPlatform), kPlatformPointer);
}

constexpr std::array kColumns{
    format::column<command>("Command", "COMMAND"),
    format::column<created_at>("CreatedAt", "CREATED AT"),
    format::column<id>("ID", "CONTAINER ID"),
    format::column<image>("Image", "IMAGE"),
    format::column<labels>("Labels", "LABELS"),
    format::column<local_volumes>("LocalVolumes", "LOCAL VOLUMES"),
    format::column<mounts>("Mounts", "MOUNTS"),
    format::column<names>("Names", "NAMES"),
    format::column<networks>("Networks", "NETWORKS"),
    format::column<platform>("Platform", "PLATFORM"),
    format::column<ports>("Ports", "PORTS"),
    format::column<running_for>("RunningFor", "CREATED"),
    format::column<size>("Size", "SIZE"),
    format::column<state>("State", "STATE"),
    format::column<status>("Status", "STATUS"),
};

/// Ports from `first` to `last` that are published as themselves on `ip`, or not at all.
struct PortGroup {
  std::string ip, type;
  std::uint16_t first = 0, last = 0;

  std::string text() const {
    std::string range = std::to_string(first);
    if (first != last) range.append("-").append(std::to_string(last));
    if (ip.empty()) return range + "/" + type;
    std::string host = util::contains(ip, ":") ? "[" + ip + "]" : ip;
    return host.append(":").append(range).append("->").append(range).append("/").append(type);
  }
};

}  // namespace

constinit const format::ListType kContainerList{
    .row_type = "*formatter.ContainerContext", .columns = kColumns, .label = label};

std::string ports_text(std::vector<engine::Port> ports) {
  std::sort(ports.begin(), ports.end(), [](const auto& a, const auto& b) {
    return std::tie(a.private_port, a.ip, a.public_port, a.type) <
           std::tie(b.private_port, b.ip, b.public_port, b.type);
  });
  std::vector<PortGroup> groups;  // the open one of each address and protocol, in order of appearance
  std::vector<std::string> closed;
  std::vector<std::string> mappings;
  for (const auto& port : ports) {
    if (!port.ip.empty() && port.public_port != port.private_port) {
      const std::string host = util::contains(port.ip, ":") ? "[" + port.ip + "]" : port.ip;
      mappings.push_back(host + ":" + std::to_string(port.public_port) + "->" + std::to_string(port.private_port) +
                         "/" + port.type);
      continue;
    }
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const auto& open) { return open.ip == port.ip && open.type == port.type; });
    if (group == groups.end()) {
      groups.push_back({port.ip, port.type, port.private_port, port.private_port});
    } else if (port.private_port == group->last + 1) {
      group->last = port.private_port;
    } else {
      closed.push_back(group->text());
      group->first = group->last = port.private_port;
    }
  }
  for (const auto& group : groups) closed.push_back(group.text());
  closed.insert(closed.end(), mappings.begin(), mappings.end());
  return util::join(closed, ", ");
}

}  // namespace dockerlite::command
