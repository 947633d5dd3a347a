#include "trial.hpp"

#include "dockerlite/engine/containers.hpp"
#include "dockerlite/engine/create_request.hpp"
#include "dockerlite/engine/interactive.hpp"
#include "dockerlite/gpu/translate.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {
namespace {

engine::CreateRequest trial_request(const std::string& image, const gpu::GpuSettings& settings) {
  engine::CreateRequest request;
  request.config.image = image;
  request.config.entrypoint = engine::StringList{""};
  request.config.command = {"true"};
  request.config.env = settings.environment;
  request.host.runtime = settings.runtime;
  request.host.device_requests = settings.requests;
  return request;
}

/// The GPUs are given before the command is looked up, so a command that is not in the image is no failure here.
bool is_about_the_command(const Error& problem) {
  return util::contains(problem.message, "executable file not found") || util::contains(problem.message, "\"true\": ");
}

Result<void> start_once(engine::Client& engine, const std::string& image, const gpu::GpuSettings& settings) {
  engine::CreateRequest request = trial_request(image, settings);
  DL_CHECK(engine::fit_create_request(request, engine.api_version()));
  DL_TRY(const std::string answer, engine.call(engine::create_container(request)));
  DL_TRY(const engine::CreatedContainer container, engine::decode_created_container(answer));
  DL_TRY(auto start, engine::start_container(container.id));
  DL_TRY(auto remove, engine::remove_container(container.id, true));
  auto started = engine.call(std::move(start));
  // Whatever became of it, it has to go; that it cannot be removed is worth saying only if all else went well.
  auto removed = engine.call(std::move(remove));
  if (!started && !is_about_the_command(started.error())) return std::move(started).error();
  if (!removed) return std::move(removed).error();
  return {};
}

}  // namespace

GpuTrial try_gpu_container(engine::Client& engine, const gpu::EngineOffer& offer, const std::string& image) {
  gpu::GpuSettings settings;
  settings.requests = {gpu::parse_gpu_request("all").value()};
  std::string notice;  // of the translation in use
  const auto use = [&](gpu::Translation translation) {
    settings = std::move(translation.settings);
    notice = std::move(translation.notice);
  };
  if (engine.api_less("1.40"))
    if (auto translation = gpu::translate_for_old_engine(settings, offer)) use(*std::move(translation));
  auto outcome = start_once(engine, image, settings);
  if (!outcome) {
    const auto refusal = gpu::refusal_of(outcome.error().message);
    if (auto translation = gpu::translate_after(refusal, settings, offer, {})) {
      use(*std::move(translation));
      outcome = start_once(engine, image, settings);
    }
  }
  GpuTrial trial{{"container of " + image, gpu::Status::ok, "started with --gpus all", ""}, false};
  if (!outcome) {
    trial.check.status = gpu::Status::problem;
    trial.check.found = outcome.error().message;
    if (outcome.error().http_status == 404) trial.check.next_step = "Pull the image first: dockerlite pull " + image;
  } else if (notice.empty()) {
    trial.by_device_driver = true;
  } else {
    trial.check.found = "started: " + notice;
  }
  return trial;
}

}  // namespace dockerlite::command
