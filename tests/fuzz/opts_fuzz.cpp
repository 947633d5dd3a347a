#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dockerlite/opts/device.hpp"
#include "dockerlite/opts/filter.hpp"
#include "dockerlite/opts/key_value_file.hpp"
#include "dockerlite/opts/limits.hpp"
#include "dockerlite/opts/lists.hpp"
#include "dockerlite/opts/mount.hpp"
#include "dockerlite/opts/network.hpp"
#include "dockerlite/opts/platform.hpp"
#include "dockerlite/opts/port.hpp"
#include "dockerlite/opts/size.hpp"
#include "dockerlite/util/strings.hpp"

using namespace dockerlite;
using Parser = void (*)(std::string_view);

namespace {

/// An option's value type: each line is one use of the option.
template <class Option>
void set(std::string_view text) {
  Option option;
  for (const auto& line : util::split(text, '\n')) static_cast<void>(option.set(line));
}

void ports(std::string_view text) {
  const auto [publish, expose, found] = util::cut(text, "\n");
  static_cast<void>(opts::parse_ports({std::string(publish)}, {std::string(expose)}));
}

void volumes(std::string_view text) { static_cast<void>(opts::parse_volumes(util::split(text, '\n'), "linux")); }

void key_values(std::string_view text) {
  const util::Environment environment({{"A", "1"}});
  static_cast<void>(opts::parse_key_values(text, &environment));
}

/// A platform that was understood is understood again as it is printed.
void platform(std::string_view text) {
  const auto parsed = opts::parse_platform(text);
  if (parsed && !opts::parse_platform(parsed->text())) __builtin_trap();
}

/// So is an IP address.
void dns_server(std::string_view text) {
  const auto address = opts::validate_dns_server(text);
  if (address && *opts::validate_dns_server(*address) != *address) __builtin_trap();
}

constexpr Parser kParsers[] = {
    set<opts::MemoryBytes>,
    set<opts::MemorySwapBytes>,
    set<opts::NanoCpus>,
    set<opts::Duration>,
    set<opts::UlimitOption>,
    set<opts::WeightDeviceOption>,
    set<opts::ThrottleBytesOption>,
    set<opts::ThrottleOperationsOption>,
    set<opts::MountOption>,
    set<opts::NetworkOption>,
    set<opts::FilterOption>,
    set<opts::AttachList>,
    set<opts::DnsSearchList>,
    set<opts::ExtraHostList>,
    set<opts::LinkList>,
    set<opts::LabelList>,
    set<opts::DeviceCgroupRuleList>,
    set<opts::SysctlOption>,
    ports,
    volumes,
    key_values,
    platform,
    dns_server,
    [](std::string_view text) { static_cast<void>(opts::parse_restart_policy(text)); },
    [](std::string_view text) { static_cast<void>(opts::parse_device(text, "linux")); },
};

}  // namespace

/// The first byte chooses the parser. None may crash or hang, whatever the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  kParsers[data[0] % std::size(kParsers)](std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1));
  return 0;
}
