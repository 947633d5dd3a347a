#pragma once

#include <string>
#include <string_view>

#include "dockerlite/command/container/create_options.hpp"
#include "dockerlite/command/context.hpp"
#include "dockerlite/engine/create_request.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// "docker: <text>" and where the help is, exit code 125: how run and create report what is wrong with their options.
Error option_error(Error cause, std::string_view command);

/// All that can be wrong with the options once they are put together, and the request that they come to: reads the
/// files that options name, the client's environment, and the proxies of config.json. Asks the engine for its OS.
/// Errors are the bare causes; see option_error.
Result<engine::CreateRequest> make_create_request(Context& context, const CreateOptions& options);

/// Creates the container: pull policy, `--cidfile`, `--platform`, warnings (on stderr), implicit pull of a missing
/// image. The ID of the container, which is not printed. Errors are the bare texts; for create they mean exit code 1.
Result<std::string> create_container(Context& context, const CreateOptions& options, engine::CreateRequest request);

}  // namespace dockerlite::command
