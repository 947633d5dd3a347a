#include <algorithm>
#include <string>

#include "dockerlite/util/strings.hpp"
#include "format/schema_definitions.hpp"

namespace dockerlite::format {
namespace {

using Text = std::string_view;

Value to_value(bool truth) { return Value::boolean(truth); }
Value to_value(Text text) { return Value::string(std::string(text)); }
Value to_value(std::int64_t number) { return Value::integer(number); }

/// A method without arguments of a type that is a string: `Of` gets the string.
template <auto Of>
Result<Value> of_text(const Method& /*m*/, const Value& receiver, std::span<const Value> /*a*/) {
  return to_value(Of(Text(receiver.as_string())));
}

// "80/tcp": the port or the protocol.
Text port_number(Text port) { return util::cut(port, "/").before; }
Text port_protocol(Text port) {
  const auto parts = util::cut(port, "/");
  return parts.after.empty() ? "tcp" : parts.after;
}
std::int64_t port_int(Text port) {
  const auto number = util::parse_uint(port_number(port), 10, 16);
  return number ? static_cast<std::int64_t>(*number) : 0;
}

constexpr Text kContainer = "container:";
bool is_host(Text mode) { return mode == "host"; }
bool is_not_host(Text mode) { return !is_host(mode); }
bool is_private(Text mode) { return mode == "private"; }
bool is_none(Text mode) { return mode == "none"; }
bool is_shareable(Text mode) { return mode == "shareable"; }
bool is_bridge(Text mode) { return mode == "bridge"; }
bool is_default(Text mode) { return mode == "default"; }
bool is_empty(Text mode) { return mode.empty(); }
bool is_container(Text mode) { return mode.starts_with(kContainer); }
bool is_own(Text mode) { return !is_host(mode) && !is_container(mode); }
Text container_of(Text mode) { return is_container(mode) ? mode.substr(kContainer.size()) : Text(); }
bool names_container(Text mode) { return !container_of(mode).empty(); }

bool is_user_defined(Text mode) {
  return !is_default(mode) && !is_bridge(mode) && !is_host(mode) && !is_none(mode) && !is_container(mode);
}
Text user_defined(Text mode) { return is_user_defined(mode) ? mode : Text(); }
Text network_name(Text mode) { return is_container(mode) ? "container" : mode; }

bool valid_cgroupns(Text mode) { return is_empty(mode) || is_private(mode) || is_host(mode); }
bool valid_host(Text mode) { return is_empty(mode) || is_host(mode); }
bool valid_pid(Text mode) { return valid_host(mode) || names_container(mode); }
bool valid_cgroup(Text spec) { return is_empty(spec) || is_container(spec); }
bool valid_ipc(Text mode) {
  return is_empty(mode) || is_none(mode) || is_private(mode) || is_host(mode) || is_shareable(mode) ||
         is_container(mode);
}

bool is_default_isolation(Text isolation) { return isolation.empty() || util::equal_fold(isolation, "default"); }
bool is_hyperv(Text isolation) { return util::equal_fold(isolation, "hyperv"); }
bool is_process(Text isolation) { return util::equal_fold(isolation, "process"); }

/// A method of container.RestartPolicy, whose first field is its name.
template <auto Of>
Result<Value> of_policy(const Method& /*m*/, const Value& receiver, std::span<const Value> /*a*/) {
  const Value& policy = receiver.kind() == Kind::pointer ? receiver.pointee() : receiver;
  return to_value(Of(Text(policy.fields().front().as_string())));
}
bool no_restart(Text name) { return name.empty() || name == "no"; }
bool restarts_always(Text name) { return name == "always"; }
bool restarts_on_failure(Text name) { return name == "on-failure"; }
bool restarts_unless_stopped(Text name) { return name == "unless-stopped"; }

constexpr Method kPort[] = {
    {"Int", of_text<port_int>}, {"Port", of_text<port_number>}, {"Proto", of_text<port_protocol>}};
constexpr Method kNetworkMode[] = {
    {"IsNone", of_text<is_none>},
    {"IsDefault", of_text<is_default>},
    {"IsPrivate", of_text<is_own>},
    {"IsContainer", of_text<is_container>},
    {"ConnectedContainer", of_text<container_of>},
    {"UserDefined", of_text<user_defined>},
    {"IsBridge", of_text<is_bridge>},
    {"IsHost", of_text<is_host>},
    {"IsUserDefined", of_text<is_user_defined>},
    {"NetworkName", of_text<network_name>},
};
constexpr Method kIpcMode[] = {
    {"IsPrivate", of_text<is_private>},     {"IsHost", of_text<is_host>},
    {"IsShareable", of_text<is_shareable>}, {"IsContainer", of_text<is_container>},
    {"IsNone", of_text<is_none>},           {"IsEmpty", of_text<is_empty>},
    {"Valid", of_text<valid_ipc>},          {"Container", of_text<container_of>},
};
constexpr Method kPidMode[] = {
    {"IsPrivate", of_text<is_own>}, {"IsHost", of_text<is_host>},         {"IsContainer", of_text<is_container>},
    {"Valid", of_text<valid_pid>},  {"Container", of_text<container_of>},
};
constexpr Method kUtsMode[] = {
    {"IsPrivate", of_text<is_not_host>}, {"IsHost", of_text<is_host>}, {"Valid", of_text<valid_host>}};
constexpr Method kCgroupnsMode[] = {
    {"IsPrivate", of_text<is_private>},
    {"IsHost", of_text<is_host>},
    {"IsEmpty", of_text<is_empty>},
    {"Valid", of_text<valid_cgroupns>},
};
constexpr Method kCgroupSpec[] = {
    {"IsContainer", of_text<is_container>}, {"Valid", of_text<valid_cgroup>}, {"Container", of_text<container_of>}};
constexpr Method kIsolation[] = {
    {"IsDefault", of_text<is_default_isolation>},
    {"IsHyperV", of_text<is_hyperv>},
    {"IsProcess", of_text<is_process>},
    {"IsValid", of_text<is_default_isolation>},
};
constexpr Method kRestartPolicy[] = {
    {"IsNone", of_policy<no_restart>},
    {"IsAlways", of_policy<restarts_always>},
    {"IsOnFailure", of_policy<restarts_on_failure>},
    {"IsUnlessStopped", of_policy<restarts_unless_stopped>},
};

constexpr std::pair<Text, std::span<const Method>> kMethods[] = {
    {"nat.Port", kPort},
    {"container.NetworkMode", kNetworkMode},
    {"container.IpcMode", kIpcMode},
    {"container.PidMode", kPidMode},
    {"container.UTSMode", kUtsMode},
    {"container.UsernsMode", kUtsMode},
    {"container.CgroupnsMode", kCgroupnsMode},
    {"container.CgroupSpec", kCgroupSpec},
    {"container.Isolation", kIsolation},
    {"container.RestartPolicy", kRestartPolicy},
};

}  // namespace

std::span<const Method> schema_methods(std::string_view type) {
  const auto* const found = std::ranges::find(kMethods, type, &std::pair<Text, std::span<const Method>>::first);
  return found != std::end(kMethods) ? found->second : std::span<const Method>();
}

}  // namespace dockerlite::format
