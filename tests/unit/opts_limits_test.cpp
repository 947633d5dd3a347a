#include <fmt/format.h>

#include "dockerlite/opts/device.hpp"
#include "dockerlite/opts/limits.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

TEST_CASE("ulimits", "[opts]") {
  const auto outcome = [](std::string_view text) {
    const auto limit = opts::parse_ulimit(text);
    return limit ? fmt::format("{} {} {}", limit->name, limit->soft, limit->hard) : limit.error().message;
  };
  CHECK(outcome("nofile=1") == "nofile 1 1");
  CHECK(outcome("nofile=1:2") == "nofile 1 2");
  CHECK(outcome("core=-1") == "core -1 -1");
  CHECK(outcome("nofile=5:-1") == "nofile 5 -1");
  CHECK(outcome("nofile") == "invalid ulimit argument: nofile");
  CHECK(outcome("") == "invalid ulimit argument: ");
  CHECK(outcome("bogus=1") == "invalid ulimit type: bogus");
  CHECK(outcome("nofile=2048:1024") == "ulimit soft limit must be less than or equal to hard limit: 2048 > 1024");
  CHECK(outcome("nofile=-1:5") ==
        "ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: 5");
  CHECK(outcome("nofile=1:2:3") == "too many limit value arguments - 1:2:3, can only have up to two, `soft[:hard]`");
  CHECK(outcome("nofile=") == R"(strconv.ParseInt: parsing "": invalid syntax)");
  CHECK(outcome("nofile=x:y") == R"(strconv.ParseInt: parsing "y": invalid syntax)");

  opts::UlimitOption option;
  CHECK(option.set("nofile=1").ok());
  CHECK(option.set("core=0").ok());
  CHECK(option.set("nofile=5").ok());
  CHECK(option.values == std::map<std::string, opts::Ulimit>{{"core", {"core", 0, 0}}, {"nofile", {"nofile", 5, 5}}});
}

TEST_CASE("shares of block devices", "[opts]") {
  opts::WeightDeviceOption weight;
  CHECK(weight.set("/dev/sda:500").ok());
  CHECK(weight.set("/dev/sdb:0").ok());
  CHECK(weight.values == std::vector<opts::WeightDevice>{{"/dev/sda", 500}, {"/dev/sdb", 0}});
  CHECK(weight.set("/dev/sda:5").error().message == "invalid weight for device: /dev/sda:5");
  CHECK(weight.set("/dev/sda:x").error().message == "invalid weight for device: /dev/sda:x");
  CHECK(weight.set("/dev/sda").error().message == "bad format: /dev/sda");
  CHECK(weight.set(":500").error().message == "bad format: :500");
  CHECK(weight.set("sda:500").error().message == "bad format for device path: sda:500");
}

TEST_CASE("limits of block devices", "[opts]") {
  opts::ThrottleBytesOption bytes;
  CHECK(bytes.set("/dev/sda:1mb").ok());
  CHECK(bytes.values == std::vector<opts::ThrottleDevice>{{"/dev/sda", 1 << 20}});
  CHECK(bytes.set("/dev/sda:-1").error().message ==
        "invalid rate for device: /dev/sda:-1. The correct format is <device-path>:<number>[<unit>]. Number must be a "
        "positive integer. Unit is optional and can be kb, mb, or gb");
  opts::ThrottleOperationsOption operations;
  CHECK(operations.set("/dev/sda:100").ok());
  CHECK(operations.values == std::vector<opts::ThrottleDevice>{{"/dev/sda", 100}});
  CHECK(operations.set("/dev/sda:1k").error().message ==
        "invalid rate for device: /dev/sda:1k. The correct format is <device-path>:<number>. Number must be a positive "
        "integer");
}

TEST_CASE("restart policies", "[opts]") {
  CHECK(*opts::parse_restart_policy("always") == opts::RestartPolicy{"always", 0});
  CHECK(*opts::parse_restart_policy("on-failure:3") == opts::RestartPolicy{"on-failure", 3});
  CHECK(*opts::parse_restart_policy("on-failure:5000000000") == opts::RestartPolicy{"on-failure", 5'000'000'000});
  CHECK(*opts::parse_restart_policy("no:") == opts::RestartPolicy{"no", 0});
  CHECK(*opts::parse_restart_policy("") == opts::RestartPolicy{"", 0});
  CHECK(opts::parse_restart_policy("on-failure:x").error().message ==
        "invalid restart policy format: maximum retry count must be an integer");
  CHECK(opts::parse_restart_policy(":3").error().message ==
        "invalid restart policy format: no policy provided before colon");
}

TEST_CASE("devices of the host", "[opts]") {
  const auto outcome = [](std::string_view text, std::string_view os = "linux") {
    const auto device = opts::parse_device(text, os);
    return device ? fmt::format("{} {} {}", device->path_on_host, device->path_in_container, device->cgroup_permissions)
                  : "error: " + device.error().message;
  };
  CHECK(outcome("/dev/null") == "/dev/null /dev/null rwm");
  CHECK(outcome("/dev/../dev/null") == "/dev/null /dev/null rwm");
  CHECK(outcome("/dev/null:/dev/x") == "/dev/null /dev/x rwm");
  CHECK(outcome("/dev//null:/dev//x") == "/dev//null /dev/x rwm");
  CHECK(outcome("/dev/null:/dev/x:r") == "/dev/null /dev/x r");
  CHECK(outcome("/dev/null:rw") == "/dev/null /dev/null rw");
  CHECK(outcome("null:/dev/x") == "null /dev/x rwm");
  CHECK(outcome("/dev/null:rwz") == "error: rwz is not an absolute path");
  CHECK(outcome("/dev/null:/dev/x:rr") == "error: bad mode specified: rr");
  CHECK(outcome("a:b:c:d") == "error: bad format for path: a:b:c:d");
  CHECK(outcome("") == "error: bad format for path: ");
  CHECK(outcome("null") == "error: null is not an absolute path");
  CHECK(outcome("/dev/null:") == "error:  is not an absolute path");
  CHECK(outcome("class/x", "windows") == "class/x  ");
  CHECK(outcome("/dev/null", "") == "error: unknown server OS: ");
}
