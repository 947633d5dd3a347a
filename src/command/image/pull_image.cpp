#include "dockerlite/command/image/pull_image.hpp"

#include "dockerlite/engine/progress.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::command {

transport::Request pull_request(const PullRequest& pull) {
  transport::Request request{.method = transport::Method::post, .path = "/images/create"};
  request.query.add("fromImage", pull.reference.name());
  if (!pull.all_tags) {
    const std::string& digest = pull.reference.digest;
    request.query.add("tag", digest.empty() ? pull.reference.with_default_tag().tag : digest);
  }
  if (!pull.platform.empty()) request.query.add("platform", util::to_lower(pull.platform));
  request.headers = {{"X-Registry-Auth", pull.registry_auth}};
  return request;
}

Result<void> pull_image(engine::Client& engine, const PullRequest& pull, term::OutputStream* out,
                        const util::Clock& clock) {
  engine::ProgressSink progress(out, clock);
  return progress.finish(engine.stream(pull_request(pull), progress));
}

}  // namespace dockerlite::command
