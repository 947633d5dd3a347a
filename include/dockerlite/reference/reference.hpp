#pragma once

#include <string>
#include <string_view>

#include "dockerlite/util/result.hpp"

namespace dockerlite::reference {

/// A normalised image reference, `domain/path[:tag][@digest]`, as github.com/distribution/reference defines it.
struct Reference {
  std::string domain;  ///< "docker.io", "localhost:5000"; "" for the odd "a_b.c/x", whose first part is no valid domain
  std::string path;    ///< "library/busybox"
  std::string tag;     ///< "" if there is none
  std::string digest;  ///< "sha256:...", "" if there is none

  bool operator==(const Reference&) const = default;

  bool is_id() const { return path.empty(); }
  bool name_only() const { return tag.empty() && digest.empty(); }
  std::string name() const;           ///< "docker.io/library/busybox"
  std::string text() const;           ///< everything: "docker.io/library/busybox:1@sha256:..."
  std::string familiar_name() const;  ///< as people write it: "busybox"
  std::string familiar() const;       ///< with tag and digest: "busybox:1"
  /// With the tag "latest" if it has neither tag nor digest.
  Reference with_default_tag() const;
};

/// Parses what a user typed and fills in `docker.io` and `library/`. Errors (docker's texts): "invalid reference
/// format", "invalid reference format: repository name (library/FOO) must be lowercase", "invalid repository name
/// (...), cannot specify 64-byte hexadecimal strings", "repository name must not be more than 255 characters", "invalid
/// checksum digest length", ...
Result<Reference> parse(std::string_view text);

/// As `parse`, but 64 hexadecimal digits and "algorithm:hex" are image IDs: an empty optional-like Reference with only
/// `digest` set is returned for them (docker's ParseAnyReference, used by run and create).
Result<Reference> parse_any(std::string_view text);

/// 64 lower-case hexadecimal digits: what docker takes for a whole image ID.
bool is_anchored_identifier(std::string_view text);

/// Checks "algorithm:hex" with docker's errors: "invalid checksum digest format", "... length", "unsupported digest
/// algorithm".
Result<void> validate_digest(std::string_view text);

}  // namespace dockerlite::reference
