#include "dockerlite/engine/stats.hpp"

#include <ctime>

#include "decode.hpp"

namespace dockerlite::engine {
namespace {

const nlohmann::json& member(const nlohmann::json& object, const char* key) {
  static const nlohmann::json absent;
  if (!object.is_object()) return absent;
  const auto found = object.find(key);
  return found != object.end() ? *found : absent;
}

std::uint64_t counter(const nlohmann::json& object, const char* key) {
  const auto& value = member(object, key);
  return value.is_number() ? value.get<std::uint64_t>() : 0;
}

double cpu_percent_linux(const nlohmann::json& message) {
  const auto& now = member(message, "cpu_stats");
  const auto& before = member(message, "precpu_stats");
  const auto& usage = member(now, "cpu_usage");
  const double used = static_cast<double>(counter(usage, "total_usage")) -
                      static_cast<double>(counter(member(before, "cpu_usage"), "total_usage"));
  const double passed =
      static_cast<double>(counter(now, "system_cpu_usage")) - static_cast<double>(counter(before, "system_cpu_usage"));
  auto cpus = static_cast<double>(counter(now, "online_cpus"));
  if (cpus == 0) cpus = static_cast<double>(member(usage, "percpu_usage").size());
  return passed > 0 && used > 0 ? used / passed * cpus * 100 : 0;
}

/// Nanoseconds of an RFC 3339 time in UTC, as the engine writes it; 0 if it is none.
std::int64_t nanoseconds(const std::string& text) {
  std::tm time{};
  const char* rest = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &time);
  if (rest == nullptr) return 0;
  std::int64_t fraction = 0;
  std::int64_t unit = 1'000'000'000;
  if (*rest == '.') {
    for (++rest; *rest >= '0' && *rest <= '9' && unit > 1; ++rest) fraction += (*rest - '0') * (unit /= 10);
  }
  return static_cast<std::int64_t>(::timegm(&time)) * 1'000'000'000 + fraction;
}

double cpu_percent_windows(const nlohmann::json& message) {
  const std::int64_t passed = nanoseconds(text_at(message, "read")) - nanoseconds(text_at(message, "preread"));
  const std::uint64_t possible = static_cast<std::uint64_t>(passed) / 100 * counter(message, "num_procs");
  const std::uint64_t used = counter(member(member(message, "cpu_stats"), "cpu_usage"), "total_usage") -
                             counter(member(member(message, "precpu_stats"), "cpu_usage"), "total_usage");
  return possible > 0 ? static_cast<double>(used) / static_cast<double>(possible) * 100 : 0;
}

double used_memory(const nlohmann::json& memory) {
  const std::uint64_t usage = counter(memory, "usage");
  const auto& stats = member(memory, "stats");
  if (stats.is_object() && stats.contains("total_inactive_file")) {
    if (const auto cache = counter(stats, "total_inactive_file"); cache < usage) {
      return static_cast<double>(usage - cache);
    }
  }
  if (const auto cache = counter(stats, "inactive_file"); cache < usage) return static_cast<double>(usage - cache);
  return static_cast<double>(usage);
}

void add_block_io(const nlohmann::json& message, StatsSample& sample) {
  for (const auto& entry : member(member(message, "blkio_stats"), "io_service_bytes_recursive")) {
    const std::string operation = text_at(entry, "op");
    if (operation.empty()) continue;
    const auto bytes = static_cast<double>(counter(entry, "value"));
    if (operation[0] == 'r' || operation[0] == 'R') sample.block_read += bytes;
    if (operation[0] == 'w' || operation[0] == 'W') sample.block_write += bytes;
  }
}

}  // namespace

Result<StatsSample> decode_stats(std::string_view json, bool windows) {
  DL_TRY(const nlohmann::json message, decode_document(json));
  StatsSample sample{.id = text_at(message, "id"), .name = text_at(message, "name")};
  const auto& memory = member(message, "memory_stats");
  if (windows) {
    const auto& storage = member(message, "storage_stats");
    sample.cpu_percent = cpu_percent_windows(message);
    sample.memory = static_cast<double>(counter(memory, "privateworkingset"));
    sample.block_read = static_cast<double>(counter(storage, "read_size_bytes"));
    sample.block_write = static_cast<double>(counter(storage, "write_size_bytes"));
  } else {
    sample.cpu_percent = cpu_percent_linux(message);
    sample.memory = used_memory(memory);
    sample.memory_limit = static_cast<double>(counter(memory, "limit"));
    if (sample.memory_limit != 0) sample.memory_percent = sample.memory / sample.memory_limit * 100;
    sample.pids = counter(member(message, "pids_stats"), "current");
    add_block_io(message, sample);
  }
  for (const auto& network : member(message, "networks")) {
    sample.network_rx += static_cast<double>(counter(network, "rx_bytes"));
    sample.network_tx += static_cast<double>(counter(network, "tx_bytes"));
  }
  return sample;
}

std::string_view server_os(std::string_view server_header) {
  if (!server_header.starts_with("Docker/") || !server_header.ends_with(')')) return {};
  const auto open = server_header.rfind(" (");
  if (open == std::string_view::npos) return {};
  return server_header.substr(open + 2, server_header.size() - open - 3);
}

Result<ContainerEvent> decode_container_event(std::string_view json) {
  DL_TRY(const nlohmann::json message, decode_document(json));
  return ContainerEvent{text_at(message, "Action"), text_at(member(message, "Actor"), "ID")};
}

}  // namespace dockerlite::engine
