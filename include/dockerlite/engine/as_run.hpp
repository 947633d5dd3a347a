#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::engine {

/// What a container was made beside: values that need not be repeated because they would come out the same again.
struct RunDefaults {
  std::string image_json;  ///< answer of GET /images/{id}/json; "" if the image is gone: everything is spelt out then
  std::string log_driver;  ///< the engine's default (info's LoggingDriver)
  std::string runtime;     ///< the engine's default (info's DefaultRuntime)
  std::string cgroup_version;  ///< "1" or "2" (info's CgroupVersion)
};

/// The `docker run` line that makes a container like the one of `container_json` (answer of GET /containers/{id}/json),
/// quoted for the shell. Errors: the answer is no JSON of a container.
Result<std::string> run_line(std::string_view container_json, const RunDefaults& defaults);

/// A word as a POSIX shell reads it back: itself if it needs no quotes, else in single quotes.
std::string shell_quote(std::string_view word);

}  // namespace dockerlite::engine
