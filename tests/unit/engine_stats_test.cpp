#include "dockerlite/engine/stats.hpp"
#include "support/catch.hpp"

using dockerlite::engine::ContainerEvent;
using dockerlite::engine::decode_container_event;
using dockerlite::engine::decode_stats;
using dockerlite::engine::server_os;
using dockerlite::engine::StatsSample;

TEST_CASE("a Linux engine's reading is computed as docker does, cgroup v1") {
  const auto sample = decode_stats(R"({"name":"/web","id":"aa",
    "cpu_stats":{"cpu_usage":{"total_usage":3000000000},"system_cpu_usage":20000000000,"online_cpus":4},
    "precpu_stats":{"cpu_usage":{"total_usage":1000000000},"system_cpu_usage":10000000000},
    "memory_stats":{"usage":2000,"limit":8000,"stats":{"total_inactive_file":500,"inactive_file":400}},
    "pids_stats":{"current":7},"networks":{"eth0":{"rx_bytes":15,"tx_bytes":25},"eth1":{"rx_bytes":10,"tx_bytes":1}},
    "blkio_stats":{"io_service_bytes_recursive":[{"op":"Read","value":40},{"op":"write","value":12},{"op":"Total","value":9},
      {"op":"","value":9},{"op":"Read","value":2}]}})",
                                   false);
  REQUIRE(sample.ok());
  CHECK(*sample == StatsSample{"aa", "/web", 80, 1500, 8000, 18.75, 25, 26, 42, 12, 7});
}

TEST_CASE("memory on cgroup v2 leaves out inactive_file, and nothing that is larger than the usage") {
  CHECK(decode_stats(R"({"memory_stats":{"usage":2000,"stats":{"inactive_file":400}}})", false)->memory == 1600);
  CHECK(decode_stats(R"({"memory_stats":{"usage":2000,"stats":{"inactive_file":2001}}})", false)->memory == 2000);
  CHECK(decode_stats(R"({"memory_stats":{"usage":2000,"stats":{"total_inactive_file":3000,"inactive_file":1}}})", false)
            ->memory == 1999);
  CHECK(decode_stats(R"({"memory_stats":{}})", false)->memory == 0);
}

TEST_CASE("an engine that does not count the CPUs has its per-CPU list counted") {
  CHECK(decode_stats(R"({"cpu_stats":{"cpu_usage":{"total_usage":10,"percpu_usage":[5,5]},"system_cpu_usage":40},
                         "precpu_stats":{"cpu_usage":{"total_usage":0}}})",
                     false)
            ->cpu_percent == 50);
}

TEST_CASE("a Windows engine's reading is computed from 100 ns intervals and the private working set") {
  const auto sample = decode_stats(R"({"read":"2024-01-01T00:00:01.5Z","preread":"2024-01-01T00:00:00.5Z","num_procs":2,
    "cpu_stats":{"cpu_usage":{"total_usage":15000000}},"precpu_stats":{"cpu_usage":{"total_usage":5000000}},
    "memory_stats":{"privateworkingset":99},"storage_stats":{"read_size_bytes":1,"write_size_bytes":2}})",
                                   true);
  REQUIRE(sample.ok());
  CHECK(*sample == StatsSample{"", "", 50, 99, 0, 0, 0, 0, 1, 2, 0});
}

TEST_CASE("the engine's OS is read from its Server header") {
  CHECK(server_os("Docker/28.5.2 (linux)") == "linux");
  CHECK(server_os("Docker/20.10.24+dfsg1 (windows)") == "windows");
  CHECK(server_os("Libpod/5.0 (linux)").empty());
  CHECK(server_os("").empty());
}

TEST_CASE("an event tells what happened to which container") {
  CHECK(
      *decode_container_event(R"({"status":"start","id":"x","Action":"start","Actor":{"ID":"abc","Attributes":{}}})") ==
      ContainerEvent{"start", "abc"});
}
