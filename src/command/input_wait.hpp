#pragma once

#include <optional>

#include "dockerlite/term/signals.hpp"
#include "dockerlite/term/streams.hpp"

namespace dockerlite::command {

/// Waits until `in` can be read, or has ended; the signal if one comes first.
std::optional<int> wait_for_input(const term::InputStream& in, term::SignalWatcher& signals);

}  // namespace dockerlite::command
