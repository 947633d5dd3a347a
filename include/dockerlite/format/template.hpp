#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dockerlite/format/value.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::format {

/// A parsed Go text/template with docker's functions (json, split, join, title, lower, upper, pad, truncate). Parse
/// once, execute per value. Errors of both have Go's text, without any prefix: `template: :1: unclosed action`.
class Template {
 public:
  struct Tree;

  /// `name` is the template's name, which errors show: docker's list formats have an empty one.
  static Result<Template> parse(std::string_view text, std::string_view name = {});

  /// What a key that is missing in a map gives: `<no value>`, or an error (`map has no entry for key "x"`).
  enum class MissingKey : bool { no_value, error };
  /// In a table's header line docker's functions hand their argument through.
  enum class Functions : bool { docker, header };

  /// Appends the output to `out`. What was written before an error stays there.
  Result<void> execute(const Value& data, std::string& out, MissingKey missing_key = MissingKey::no_value,
                       Functions functions = Functions::docker) const;

 private:
  explicit Template(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}
  std::shared_ptr<const Tree> tree_;
};

}  // namespace dockerlite::format
