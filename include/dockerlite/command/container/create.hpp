#pragma once

#include <string>
#include <string_view>

#include "dockerlite/command/container/create_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/engine/create_request.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// "docker: <text>" and where the help of `command` is: how run and create report what is wrong with their options.
Error option_error(const Error& cause, std::string_view command, int exit_code = 125);

/// The request that the options come to: reads the files that they name, the client's environment and the proxies of
/// config.json, and asks the engine for its OS. `command` is "run" or "create". Errors: option_error of what is wrong.
Result<engine::CreateRequest> make_create_request(Context& context, const CreateOptions& options,
                                                  std::string_view command);

class GpuSupport;

/// Creates the container: `--pull`, `--cidfile`, `--platform`, warnings (on stderr), a pull if the image is missing.
/// If the engine refuses the way in which GPUs are asked for and `gpus` knows another, `request` becomes that. The
/// container's ID, which is not printed. Errors are the bare texts; for create they mean exit code 1.
Result<std::string> create_container(Context& context, const CreateOptions& options, GpuSupport& gpus,
                                     engine::CreateRequest& request);

}  // namespace dockerlite::command
