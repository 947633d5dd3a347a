#include "dockerlite/engine/update.hpp"

#include "json_writer.hpp"

namespace dockerlite::engine {

std::string update_body(const ContainerUpdate& update) {
  JsonWriter json;
  const auto empty = [&json](std::initializer_list<std::string_view> names) {
    for (const auto name : names) json.key(name).null();
  };
  json.begin_object();
  json.member("CpuShares", update.cpu_shares);
  json.member("Memory", update.memory);
  json.member("NanoCpus", update.nano_cpus);
  json.member("CgroupParent", "");
  json.member("BlkioWeight", update.blkio_weight);
  empty({"BlkioWeightDevice", "BlkioDeviceReadBps", "BlkioDeviceWriteBps", "BlkioDeviceReadIOps",
         "BlkioDeviceWriteIOps"});
  json.member("CpuPeriod", update.cpu_period);
  json.member("CpuQuota", update.cpu_quota);
  json.member("CpuRealtimePeriod", update.cpu_realtime_period);
  json.member("CpuRealtimeRuntime", update.cpu_realtime_runtime);
  json.member("CpusetCpus", update.cpuset_cpus);
  json.member("CpusetMems", update.cpuset_mems);
  empty({"Devices", "DeviceCgroupRules", "DeviceRequests"});
  json.optional_member("KernelMemory", update.kernel_memory);
  json.member("MemoryReservation", update.memory_reservation);
  json.member("MemorySwap", update.memory_swap);
  empty({"MemorySwappiness", "OomKillDisable"});
  json.key("PidsLimit");
  if (update.pids_limit == 0) {
    json.null();
  } else {
    json.value(update.pids_limit);
  }
  empty({"Ulimits"});
  for (const auto name : {"CpuCount", "CpuPercent", "IOMaximumIOps", "IOMaximumBandwidth"}) json.member(name, 0);
  json.key("RestartPolicy").begin_object();
  json.member("Name", update.restart_policy.name);
  json.member("MaximumRetryCount", update.restart_policy.maximum_retry_count);
  json.end_object();
  json.end_object();
  return json.take() + "\n";
}

}  // namespace dockerlite::engine
