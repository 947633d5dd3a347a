#include "dockerlite/gpu/gpu_request.hpp"

#include "support/catch.hpp"

namespace dockerlite::gpu {
namespace {

using Ids = std::optional<std::vector<std::string>>;
using Capabilities = std::vector<std::vector<std::string>>;
using Options = std::map<std::string, std::string>;

DeviceRequest request(std::int64_t count, Ids ids = std::nullopt, std::string driver = {},
                      Capabilities capabilities = {{"gpu"}}, Options options = {}) {
  return {std::move(driver), count, std::move(ids), std::move(capabilities), std::move(options)};
}

Ids ids(std::vector<std::string> list) { return list; }

}  // namespace

TEST_CASE("A --gpus value becomes the device request that docker sends") {
  const std::pair<std::string, DeviceRequest> cases[] = {
      {"all", request(-1)},
      {"-1", request(-1)},
      {"count=all", request(-1)},
      {"1", request(1)},
      {"+1", request(1)},
      {"0", request(0)},
      {"count=0", request(0)},
      {"\"all\"", request(-1)},
      {"all\r", request(-1)},
      {"all\nfoo", request(-1)},
      {"device=0", request(0, ids({"0"}))},
      {"\"device=0,1\"", request(0, ids({"0", "1"}))},
      {"device=0,1", request(1, ids({"0"}))},
      {"device=GPU-abc", request(0, ids({"GPU-abc"}))},
      {"device=", request(0, ids({""}))},
      {"\"device=0,1\",count=2\n", request(2, ids({"0", "1"}))},
      {"count=3,device=0", request(3, ids({"0"}))},
      {"all,capabilities=utility", request(-1, {}, "", {{"utility", "gpu"}})},
      {"all,\"capabilities=compute,utility\"", request(-1, {}, "", {{"compute", "utility", "gpu"}})},
      {"capabilities=", request(1, {}, "", {{"", "gpu"}})},
      {"capabilities=gpu", request(1, {}, "", {{"gpu", "gpu"}})},
      {"driver=nvidia,count=2", request(2, {}, "nvidia")},
      {"driver=cdi,device=nvidia.com/gpu=all", request(0, ids({"nvidia.com/gpu=all"}), "cdi")},
      {"\"options=a=b,c=d\"", request(1, {}, "", {{"gpu"}}, {{"a", "b"}, {"c", "d"}})},
      {"\"options=\"\"a=b\"\",c\"", request(1, {}, "", {{"gpu"}}, {{"a", "b"}, {"c", ""}})},
      {"count=2,2", request(2)},
      {"all,2", request(2)},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    const auto parsed = parse_gpu_request(text);
    REQUIRE(parsed.ok());
    CHECK(*parsed == expected);
  }
}

TEST_CASE("A bad --gpus value is refused with docker's words") {
  const auto count = [](std::string text, const char* cause = "invalid syntax") {
    return "invalid count (" + text + "): value must be either \"all\" or an integer: " + cause;
  };
  const std::pair<std::string, std::string> cases[] = {
      {"", "EOF"},
      {"foo", count("foo")},
      {"ALL", count("ALL")},
      {"1.5", count("1.5")},
      {"0x1", count("0x1")},
      {" all", count(" all")},
      {"_", count("_")},
      {"count=1_0", count("1_0")},
      {"count=", count("")},
      {"all,", count("")},
      {"99999999999999999999", count("99999999999999999999", "value out of range")},
      {"bogus=1", "unexpected key 'bogus' in 'bogus=1'"},
      {"DEVICE=0", "unexpected key 'DEVICE' in 'DEVICE=0'"},
      {"=x", "unexpected key '' in '=x'"},
      {"device=0,device=1", "gpu request key 'device' can be specified only once"},
      {"2,count=2", "gpu request key 'count' can be specified only once"},
      {"all,all", "gpu request key 'all' can be specified only once"},
      {"options=", "failed to read gpu options: EOF"},
      {"\"options=a\"\"b\"",
       "failed to read gpu options: parse error on line 1, column 2: bare \" in non-quoted-field"},
      {"\"unbal", "parse error on line 1, column 7: extraneous or missing \" in quoted-field"},
      {"a\"b", "parse error on line 1, column 2: bare \" in non-quoted-field"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    const auto parsed = parse_gpu_request(text);
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.error() == error(message));
  }
}

TEST_CASE("Each --gpus adds one request, in the order of the command line") {
  GpuOption option;
  REQUIRE(option.set("device=1").ok());
  REQUIRE(option.set("all").ok());
  CHECK_FALSE(option.set("foo").ok());
  CHECK(option.requests() == std::vector{request(0, ids({"1"})), request(-1)});
}

TEST_CASE("Fully qualified CDI names are told from host paths") {
  for (const char* name :
       {"nvidia.com/gpu=0", "nvidia.com/gpu=all", "nvidia.com/gpu=GPU-1:2", "v.e-n_d0r/c=n", "ab/bc=0.a", "a/b=c"})
    CHECK(is_cdi_device_name(name));
  for (const char* name : {"",
                           "=",
                           "/dev/sda",
                           "/dev/x=y",
                           "/v/c=n",
                           "nvidia.com/gpu",
                           "nvidia.com/gpu=",
                           "nvidia.com=0",
                           "/gpu=0",
                           "nvidia.com/=0",
                           "1v/c=n",
                           "v-/c=n",
                           "v/1c=n",
                           "v/c.=n",
                           "v/c=_n",
                           "v/c=n-",
                           "v/c=n=m",
                           "v/c/d=n",
                           "v/c=n/m",
                           "v\xC3\xA9w/c=n"})
    CHECK_FALSE(is_cdi_device_name(name));
}

TEST_CASE("CDI names go into one request without capabilities and options") {
  CHECK(make_cdi_request({"nvidia.com/gpu=all", "nvidia.com/gpu=0"}) ==
        DeviceRequest{"cdi", 0, ids({"nvidia.com/gpu=all", "nvidia.com/gpu=0"}), std::nullopt, std::nullopt});
}

}  // namespace dockerlite::gpu
