#include "gpu_support.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "../gpu/survey.hpp"
#include "dockerlite/engine/gpu_info.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/gpu/cuda.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/log.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

gpu::GpuSettings settings_of(const engine::CreateRequest& request) {
  return {.runtime = request.host.runtime, .requests = request.host.device_requests, .environment = request.config.env};
}

bool hints_wanted(const Context& context) {
  const auto value = util::parse_bool(context.env.value("DOCKER_CLI_HINTS"));
  return context.io.err.is_terminal() && (!value || *value);
}

/// The engine's default of 64 MB, and no other IPC namespace that might have more.
bool has_small_shm(const engine::CreateRequest& request) {
  const std::string& ipc = request.host.ipc_mode;
  return request.host.shm_size == 0 && ipc != "host" && !ipc.starts_with("container:");
}

/// Whether the engine has a GPU to hand out, as far as can be seen before a container starts.
bool has_gpus(const GpuSurvey& survey) {
  const auto reachable = [](const gpu::ReachableGpu& gpu) { return !gpu.ways.empty(); };
  if (survey.machine) return std::ranges::any_of(gpu::reachable_gpus(survey.engine, survey.machine), reachable);
  return survey.engine.offer.has_runtime(gpu::kNvidiaRuntime) || survey.engine.offer.has_cdi_gpus();
}

}  // namespace

bool GpuSupport::asked_for(const engine::CreateRequest& request) const {
  return !request.host.device_requests.empty() || request.host.runtime == gpu::kNvidiaRuntime;
}

bool GpuSupport::enabled() const {
  if (options_.no_gpu_translation) return false;
  if (const auto value = util::parse_bool(context_.env.value("DOCKERLITE_GPU_TRANSLATION"))) return *value;
  const auto value = util::parse_bool(context_.config().plugin_option("dockerlite", "gpuTranslation").value_or(""));
  return !value || *value;
}

void GpuSupport::note(const std::string& sentence) {
  util::log::debug("gpu: " + sentence);
  if (context_.io.err.is_terminal()) context_.io.err.write("Note: " + sentence + "\n");
}

std::vector<std::string> GpuSupport::image_environment(const std::string& image) {
  const auto engine = context_.engine();
  if (!engine) return {};
  const auto answer = (*engine)->call({.path = engine::object_path("images", image, "json")});
  return answer ? engine::decode_image_environment(*answer) : std::vector<std::string>{};
}

engine::CreateRequest GpuSupport::translated(engine::CreateRequest request, gpu::Translation translation) {
  note(translation.notice);
  request.host.runtime = std::move(translation.settings.runtime);
  request.host.device_requests = std::move(translation.settings.requests);
  request.config.env = std::move(translation.settings.environment);
  return request;
}

Result<void> GpuSupport::prepare(engine::CreateRequest& request) {
  DL_TRY(engine::Client* const engine, context_.engine());
  if (hints_wanted(context_))
    for (const auto& sentence : options_.gpus.notes()) note(sentence);
  if (options_.gpus.automatic()) {
    DL_TRY(const GpuSurvey survey, survey_gpus(context_));
    if (has_gpus(survey)) {
      DL_TRY(auto all, gpu::parse_gpu_request("all"));
      request.host.device_requests.insert(request.host.device_requests.begin(), std::move(all));
    } else {
      note("the engine has no GPUs; --gpus auto starts the container without");
    }
  }
  if (options_.gpus.given() && !request.host.device_requests.empty() && engine->api_less("1.40")) {
    std::optional<gpu::Translation> translation;
    if (enabled()) {
      if (const auto facts = engine::gpu_facts(*engine))
        translation = gpu::translate_for_old_engine(settings_of(request), facts->offer);
    }
    if (!translation)
      return error("\"--gpus\" requires API version 1.40, but the Docker daemon API version is " +
                   engine->api_version());
    request = translated(std::move(request), *std::move(translation));
  }
  if (asked_for(request) && hints_wanted(context_)) note_before_start(request);
  return {};
}

std::optional<engine::CreateRequest> GpuSupport::after(const Error& refusal, const engine::CreateRequest& request) {
  const auto kind = gpu::refusal_of(refusal.message);
  if (kind == gpu::Refusal::none || !enabled()) return std::nullopt;
  const auto engine = context_.engine();
  if (!engine) return std::nullopt;
  const auto facts = engine::gpu_facts(**engine);
  if (!facts) return std::nullopt;
  // Only the way from the runtime looks at what the image says.
  const auto environment =
      kind == gpu::Refusal::no_runtime ? image_environment(request.config.image) : std::vector<std::string>{};
  auto translation = gpu::translate_after(kind, settings_of(request), facts->offer, environment);
  if (!translation) return std::nullopt;
  if (!first_refusal_) first_refusal_ = refusal;
  return translated(request, *std::move(translation));
}

void GpuSupport::note_before_start(const engine::CreateRequest& request) {
  note_small_shm(request);
  const auto required = gpu::environment_value(image_environment(request.config.image), "NVIDIA_REQUIRE_CUDA");
  if (!required) return;
  const auto survey = survey_gpus(context_);
  if (!survey || !survey->machine || !survey->machine->driver) return;
  if (const auto shortfall = gpu::cuda_shortfall(*required, *survey->machine->driver))
    note(fmt::format("{} is made for CUDA {}, and this machine's driver {} supports CUDA up to {}",
                     request.config.image, shortfall->needs, shortfall->driver, shortfall->driver_supports));
}

/// Once for each image: which ones it was said for is kept in the user's state folder.
void GpuSupport::note_small_shm(const engine::CreateRequest& request) {
  const std::string state = context_.env.value("XDG_STATE_HOME"), home = context_.env.value("HOME");
  if (!has_small_shm(request) || (state.empty() && home.empty())) return;
  const std::string folder = (state.empty() ? home + "/.local/state" : state) + "/dockerlite";
  const std::string path = folder + "/shared-memory-noted";
  const auto known = util::read_file(path);
  std::string images = known ? *known : std::string();
  const auto lines = util::split(images, '\n');
  if (std::find(lines.begin(), lines.end(), request.config.image) != lines.end()) return;
  note(
      "the container has 64 MB of shared memory, which data loaders and NCCL outgrow (a bus error); --shm-size=8g or "
      "--ipc=host gives more");
  images += request.config.image + "\n";
  if (util::make_directories(folder, 0700)) static_cast<void>(util::write_file_atomically(path, images, 0600));
}

void GpuSupport::note_end(const engine::CreateRequest& request, int exit_code) {
  constexpr int kBusError = 128 + SIGBUS;
  if (exit_code == kBusError && asked_for(request) && has_small_shm(request) && hints_wanted(context_))
    note("the container ended with a bus error, and had 64 MB of shared memory; try --shm-size=8g or --ipc=host");
}

Error GpuSupport::explain(Error problem) {
  if (gpu::refusal_of(problem.message) == gpu::Refusal::none || !hints_wanted(context_)) return problem;
  const auto survey = survey_gpus(context_);
  if (!survey) return problem;
  std::string text = problem.message + "\n\n";
  for (const gpu::Check& check : gpu::diagnose(survey->engine, survey->machine).checks)
    if (!check.next_step.empty()) text += "  " + check.name + ": " + check.found + ". " + check.next_step + "\n";
  problem.message = text + "`dockerlite gpu doctor` shows the whole check.";
  return problem;
}

}  // namespace dockerlite::command
