#include "dockerlite/gpu/translate.hpp"
#include "support/catch.hpp"

namespace dockerlite::gpu {
namespace {

using Words = std::vector<std::string>;

DeviceRequest gpus(std::string_view value) { return parse_gpu_request(value).value(); }

GpuSettings asking(std::vector<std::string_view> values, Words environment = {}, std::string runtime = {}) {
  GpuSettings settings{std::move(runtime), {}, std::move(environment)};
  for (const auto value : values) settings.requests.push_back(gpus(value));
  return settings;
}

GpuSettings with_runtime(Words environment) { return {"nvidia", {}, std::move(environment)}; }

const std::string kNoDriver =
    "the engine has no GPU device driver; using --runtime nvidia with NVIDIA_VISIBLE_DEVICES=";

}  // namespace

TEST_CASE("Device requests become the runtime nvidia and its variables") {
  struct Case {
    GpuSettings asked;
    Words environment;
    std::string notice;
  };
  const Case cases[] = {
      {asking({"all"}), {"NVIDIA_VISIBLE_DEVICES=all"}, kNoDriver + "all"},
      {asking({"2"}), {"NVIDIA_VISIBLE_DEVICES=0,1"}, kNoDriver + "0,1"},
      {asking({"0"}), {"NVIDIA_VISIBLE_DEVICES=void"}, kNoDriver + "void"},
      {asking({"\"device=1,GPU-abc\""}), {"NVIDIA_VISIBLE_DEVICES=1,GPU-abc"}, kNoDriver + "1,GPU-abc"},
      {asking({"device=0", "device=1", "device=0"}), {"NVIDIA_VISIBLE_DEVICES=0,1"}, kNoDriver + "0,1"},
      {asking({"device=0", "all"}), {"NVIDIA_VISIBLE_DEVICES=all"}, kNoDriver + "all"},
      {asking({"driver=nvidia,count=1"}), {"NVIDIA_VISIBLE_DEVICES=0"}, kNoDriver + "0"},
      {asking({"all,\"capabilities=compute,utility,nvidia\""}),
       {"NVIDIA_VISIBLE_DEVICES=all", "NVIDIA_DRIVER_CAPABILITIES=compute,utility"},
       kNoDriver + "all and NVIDIA_DRIVER_CAPABILITIES=compute,utility"},
      {asking({"all"}, {"NVIDIA_VISIBLE_DEVICES=3", "A=b", "NVIDIA_VISIBLE_DEVICES"}),
       {"A=b", "NVIDIA_VISIBLE_DEVICES=all"},
       kNoDriver + "all"},
      {asking({"all"}, {}, "nvidia"), {"NVIDIA_VISIBLE_DEVICES=all"}, kNoDriver + "all"},
      {asking({"all,\"options=a=b\""}), {"NVIDIA_VISIBLE_DEVICES=all"}, kNoDriver + "all"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.notice);
    const auto translation = requests_to_runtime(c.asked);
    REQUIRE(translation.ok());
    CHECK(*translation == Translation{with_runtime(c.environment), c.notice});
  }
}

TEST_CASE("Device requests that the runtime cannot express are refused with the reason") {
  const std::pair<GpuSettings, std::string> cases[] = {
      {asking({"all"}, {}, "runsc"), "the runtime \"runsc\" was asked for"},
      {asking({"count=3,device=0"}), "cannot set both Count and DeviceIDs on device request"},
      {asking({"2", "device=0"}), "a number of GPUs and GPUs by ID were asked for"},
      {asking({"driver=amd"}), "driver \"amd\" is not NVIDIA's"},
      {asking({"driver=cdi,device=nvidia.com/gpu=0"}),
       "a request for CDI devices names them by its specification, which only a CDI driver reads"},
      {asking({"device=nvidia.com/gpu=0"}), "device \"nvidia.com/gpu=0\" is a CDI name"},
      {asking({"all,capabilities=ngx"}), "could not select device driver \"\" with capabilities: [[ngx gpu]]"},
  };
  for (const auto& [asked, message] : cases) CHECK(requests_to_runtime(asked).error() == error(message));
}

TEST_CASE("The runtime nvidia becomes a device request") {
  struct Case {
    Words environment, image;
    std::vector<DeviceRequest> requests;
    std::string notice;
  };
  const std::string prefix = "the engine has no runtime nvidia; using --gpus ";
  const Case cases[] = {
      {{"NVIDIA_VISIBLE_DEVICES=all"}, {}, {gpus("all")}, prefix + "all"},
      {{}, {"NVIDIA_VISIBLE_DEVICES=all"}, {gpus("all")}, prefix + "all"},
      {{"NVIDIA_VISIBLE_DEVICES=1"}, {"NVIDIA_VISIBLE_DEVICES=all"}, {gpus("device=1")}, prefix + "'\"device=1\"'"},
      {{"NVIDIA_VISIBLE_DEVICES=0, GPU-x,0"}, {}, {gpus("\"device=0,GPU-x\"")}, prefix + "'\"device=0,GPU-x\"'"},
      {{}, {}, {gpus("all")}, prefix + "all"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.notice);
    const auto translation = runtime_to_requests(with_runtime(c.environment), c.image);
    REQUIRE(translation.ok());
    CHECK(*translation == Translation{{"", c.requests, c.environment}, c.notice});
  }
}

TEST_CASE("The driver's capabilities become those of the request") {
  const auto capabilities = [](std::string value) {
    return runtime_to_requests(
               with_runtime({"NVIDIA_VISIBLE_DEVICES=all", "NVIDIA_DRIVER_CAPABILITIES=" + std::move(value)}), {})
        .value()
        .settings.requests.at(0)
        .capabilities.value();
  };
  CHECK(capabilities("") == std::vector<Words>{{"gpu"}});
  CHECK(capabilities("compute,utility") == std::vector<Words>{{"gpu", "compute", "utility"}});
  CHECK(capabilities("all") ==
        std::vector<Words>{{"gpu", "compute", "compat32", "graphics", "utility", "video", "display"}});
  CHECK(
      runtime_to_requests(with_runtime({"NVIDIA_VISIBLE_DEVICES=all", "NVIDIA_DRIVER_CAPABILITIES=ngx"}), {}).error() ==
      error("no device driver has the capability \"ngx\""));
  for (const std::string value : {"none", "void", ""})
    CHECK(runtime_to_requests(with_runtime({"NVIDIA_VISIBLE_DEVICES=" + value}), {}).error() ==
          error("NVIDIA_VISIBLE_DEVICES=" + value + " asks for no GPU, which a device request cannot"));
}

TEST_CASE("There and back again a request is the same") {
  for (const char* value : {"all", "device=0", "\"device=0,1\"", "all,\"capabilities=compute,utility\""}) {
    const auto there = requests_to_runtime(asking({value})).value();
    const auto back = runtime_to_requests(there.settings, {}).value();
    const auto again = requests_to_runtime({"", back.settings.requests, {}}).value();
    CHECK(again == there);
  }
}

TEST_CASE("Device requests become CDI devices") {
  const EngineOffer numbered{{}, "", {"nvidia.com/gpu=0", "nvidia.com/gpu=1", "other.com/x=2"}};
  EngineOffer with_all = numbered;
  with_all.cdi_devices.emplace_back("nvidia.com/gpu=all");
  const auto names = [](const char* value, const EngineOffer& offer) {
    return requests_to_cdi(asking({value}), offer).value().settings.requests;
  };
  CHECK(names("all", with_all) == std::vector{make_cdi_request({"nvidia.com/gpu=all"})});
  CHECK(names("all", numbered) == std::vector{make_cdi_request({"nvidia.com/gpu=0", "nvidia.com/gpu=1"})});
  CHECK(names("2", numbered) == std::vector{make_cdi_request({"nvidia.com/gpu=0", "nvidia.com/gpu=1"})});
  CHECK(names("device=1", numbered) == std::vector{make_cdi_request({"nvidia.com/gpu=1"})});
  CHECK(names("0", numbered).empty());
  CHECK(requests_to_cdi(asking({"2"}), numbered).value().notice ==
        "the engine has no GPU device driver; using --device nvidia.com/gpu=0 --device nvidia.com/gpu=1");
  CHECK(requests_to_cdi(asking({"device=GPU-x"}), numbered).error() ==
        error("the engine lists no CDI device nvidia.com/gpu=GPU-x"));
  CHECK(requests_to_cdi(asking({"3"}), numbered).error() == error("the engine lists no CDI device nvidia.com/gpu=2"));
  CHECK(requests_to_cdi(asking({"all"}), EngineOffer{}).error() ==
        error("the engine lists no CDI device of kind nvidia.com/gpu"));
}

TEST_CASE("The engine's refusals are told from other errors") {
  CHECK(refusal_of("Error response from daemon: could not select device driver \"\" with capabilities: [[gpu]]") ==
        Refusal::no_device_driver);
  CHECK(refusal_of("Error response from daemon: Unknown runtime specified nvidia") == Refusal::no_runtime);
  CHECK(refusal_of("Error response from daemon: unknown or invalid runtime name: nvidia") == Refusal::no_runtime);
  CHECK(refusal_of("Error response from daemon: unknown or invalid runtime name: runsc") == Refusal::none);
  CHECK(refusal_of("Error response from daemon: No such image: nvidia") == Refusal::none);
}

TEST_CASE("After a refusal the engine is asked for what it has") {
  const EngineOffer nothing, runtime{{"runc", "nvidia"}, "runc", {}}, cdi{{"runc"}, "runc", {"nvidia.com/gpu=0"}},
      both{{"nvidia"}, "runc", {"nvidia.com/gpu=0"}};
  const auto after = [](Refusal refusal, const GpuSettings& settings, const EngineOffer& offer) {
    const auto translation = translate_after(refusal, settings, offer, {});
    return translation ? translation->notice : "";
  };
  CHECK(after(Refusal::no_device_driver, asking({"all"}), nothing).empty());
  CHECK(after(Refusal::no_device_driver, asking({}), both).empty());
  CHECK(after(Refusal::none, asking({"all"}), both).empty());
  CHECK(after(Refusal::no_device_driver, asking({"all"}), runtime) == kNoDriver + "all");
  CHECK(after(Refusal::no_device_driver, asking({"all"}), both) ==
        "the engine has no GPU device driver; using --device nvidia.com/gpu=0");
  CHECK(after(Refusal::no_device_driver, asking({"device=1"}), both) == kNoDriver + "1");
  CHECK(after(Refusal::no_runtime, with_runtime({"NVIDIA_VISIBLE_DEVICES=all"}), nothing) ==
        "the engine has no runtime nvidia; using --gpus all");
  CHECK(after(Refusal::no_runtime, with_runtime({"NVIDIA_VISIBLE_DEVICES=all"}), cdi) ==
        "the engine has no runtime nvidia; using --device nvidia.com/gpu=0");
  CHECK(after(Refusal::no_runtime, with_runtime({"NVIDIA_VISIBLE_DEVICES=GPU-x"}), cdi) ==
        "the engine has no runtime nvidia; using --gpus '\"device=GPU-x\"'");
  CHECK(after(Refusal::no_runtime, {"runsc", {}, {}}, cdi).empty());
}

TEST_CASE("An engine without device requests is asked by its runtime") {
  const EngineOffer runtime{{"nvidia"}, "runc", {}};
  CHECK(translate_for_old_engine(asking({"all"}), runtime).value().notice ==
        "the engine knows no GPU requests (API below 1.40); using --runtime nvidia with NVIDIA_VISIBLE_DEVICES=all");
  CHECK(translate_for_old_engine(asking({"all"}), EngineOffer{}) == std::nullopt);
  CHECK(translate_for_old_engine(asking({}), runtime) == std::nullopt);
  CHECK(translate_for_old_engine(asking({"driver=amd"}), runtime) == std::nullopt);
}

}  // namespace dockerlite::gpu
