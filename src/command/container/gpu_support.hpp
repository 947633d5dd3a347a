#pragma once

#include <optional>
#include <string>

#include "dockerlite/command/container/create_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/engine/create_request.hpp"
#include "dockerlite/gpu/translate.hpp"

namespace dockerlite::command {

/// What create and run do for GPUs beyond docker: another way to ask where the engine refuses docker's, and notes on a
/// terminal.
class GpuSupport {
 public:
  GpuSupport(Context& context, const CreateOptions& options) : context_(context), options_(options) {}

  /// Before the first create: `--gpus auto`, an engine that knows no device requests, and the notes. Errors: docker's
  /// refusal of --gpus below API 1.40.
  Result<void> prepare(engine::CreateRequest& request);

  /// The request to make instead after the engine refused this one, at create or at start; nothing if there is no other
  /// way, or it is turned off.
  std::optional<engine::CreateRequest> after(const Error& refusal, const engine::CreateRequest& request);

  /// Whether the engine may still refuse `request` at start for want of a device driver.
  bool may_be_refused(const engine::CreateRequest& request) const {
    return enabled() && !request.host.device_requests.empty();
  }

  /// After the container has ended: a bus error with the engine's small /dev/shm is most likely that.
  void note_end(const engine::CreateRequest& request, int exit_code);

  /// What the engine said to what the user typed, once something else was asked for.
  const std::optional<Error>& first_refusal() const { return first_refusal_; }

  /// The error as it is, or on a terminal printed with what is missing for GPUs, if it is about GPUs.
  Error explain(Error problem);

 private:
  bool asked_for(const engine::CreateRequest& request) const;
  bool enabled() const;
  void note(const std::string& sentence);
  void note_before_start(const engine::CreateRequest& request);
  void note_small_shm(const engine::CreateRequest& request);
  std::vector<std::string> image_environment(const std::string& image);
  engine::CreateRequest translated(engine::CreateRequest request, gpu::Translation translation);

  Context& context_;
  const CreateOptions& options_;
  std::optional<Error> first_refusal_;
};

}  // namespace dockerlite::command
