#pragma once

#include <string>
#include <vector>

#include "dockerlite/engine/containers.hpp"
#include "dockerlite/format/list_format.hpp"

namespace dockerlite::command {

/// A container as lists show it. `now` is in nanoseconds since 1970.
struct ContainerRow {
  const engine::ContainerSummary* container;
  bool truncate = true;
  std::int64_t now = 0;
  bool* size_used = nullptr;  ///< set once a template asks for the size
};

/// docker's columns of `ps`, by the names that templates use.
extern const format::ListType kContainerList;

/// "0.0.0.0:80->8080/tcp, [::]:90-92->90-92/tcp, 53/udp": runs of ports that are published as themselves (or not at
/// all) are grouped, the others follow one by one.
std::string ports_text(std::vector<engine::Port> ports);

}  // namespace dockerlite::command
