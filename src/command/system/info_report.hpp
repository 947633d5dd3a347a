#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/format/value.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::command {

/// The "Server:" half of docker's `info`, below that line. `info` is a value of engine::kSystemInfo; `user_name` the
/// one that is logged in at Docker Hub. Errors: a security option that makes no sense; the text is complete all the
/// same.
struct InfoReport {
  std::string text;
  std::vector<std::string> errors;
};
InfoReport info_report(const format::Value& info, bool debug, std::string_view user_name);

}  // namespace dockerlite::command
