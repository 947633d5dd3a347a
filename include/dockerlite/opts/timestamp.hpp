#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::opts {

/// A point in time of `--since` and `--until` as it is sent, in seconds since 1970: "1577934245.000000000". Takes a
/// duration before `now` ("42m"), a date or time with or without a zone ("2013-01-02", "2013-01-02T13:23:37Z"; without:
/// the machine's), or seconds, which stay as they are. Errors are Go's: `parsing time "x-" as "2006-01-02": cannot
/// parse "x-" as "2006"`, `failed to parse value as time or duration: "x"`.
Result<std::string> timestamp(std::string_view text, std::chrono::system_clock::time_point now);

}  // namespace dockerlite::opts
