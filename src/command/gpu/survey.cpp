#include "survey.hpp"

#include <sys/utsname.h>

#include "dockerlite/engine/gpu_info.hpp"

namespace dockerlite::command {
namespace {

/// A socket may lead into a virtual machine, whose kernel is another one.
bool is_local(const engine::Client& engine, const gpu::EngineFacts& facts) {
  utsname system{};
  return engine.host().starts_with("unix://") && ::uname(&system) == 0 && facts.kernel == system.release;
}

}  // namespace

Result<GpuSurvey> survey_gpus(Context& context) {
  DL_TRY(engine::Client* const engine, context.engine());
  GpuSurvey survey;
  DL_TRY(survey.engine, engine::gpu_facts(*engine));
  if (is_local(*engine, survey.engine)) survey.machine = gpu::probe(*gpu::this_machine(context.env));
  return survey;
}

}  // namespace dockerlite::command
