#pragma once

#include <complex>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/format/template.hpp"
#include "dockerlite/format/value.hpp"

namespace dockerlite::format {

struct Function;

enum class NodeKind : std::uint8_t {
  text,
  action,  ///< children: a pipe
  boolean,
  chain,    ///< children: the term; names: the fields after it
  command,  ///< children: the operands
  dot,
  field,       ///< names: the path
  identifier,  ///< a function
  list,
  nil,
  number,
  pipe,  ///< children: commands
  if_,   ///< children: pipe, list, else list (may be null)
  range,
  with,
  string,
  template_,  ///< text: the name; children: a pipe (may be null)
  variable,   ///< names: the variable with its dollar sign, then fields
  break_,
  continue_,
  else_,  ///< these two only end a list while parsing
  end,
};

struct Node;
using NodePointer = std::unique_ptr<Node>;

/// A constant, under all the types that can hold it (Go's untyped constants).
struct NumberNode {
  bool is_int = false, is_uint = false, is_float = false, is_complex = false;
  std::int64_t int_value = 0;
  std::uint64_t uint_value = 0;
  double float_value = 0;
  std::complex<double> complex_value;
};

/// A node of the parse tree. What the members mean depends on the kind.
struct Node {
  NodeKind kind;
  std::size_t position = 0;
  std::string text{};    ///< text, string (unquoted), template or function name, number as written
  std::string quoted{};  ///< of a string: as written
  std::vector<std::string> names{};
  std::vector<NodePointer> children{};
  std::vector<std::string> declarations{};  ///< of a pipe: variables that it sets
  bool is_assignment = false;               ///< of a pipe: `=` instead of `:=`
  bool truth = false;
  const Function* function = nullptr;
  std::unique_ptr<NumberNode> number{};
  Value constant{};  ///< of a string, number or boolean where no other type is asked for
};

/// The node as template text, which execution errors show.
std::string to_string(const Node& node);

/// Docker's or text/template's function of that name; null if there is none.
const Function* find_function(std::string_view name);

struct Template::Tree {
  std::string name;
  std::string source;
  std::map<std::string, NodePointer, std::less<>> definitions;  ///< bodies by name, the template's own among them
};

}  // namespace dockerlite::format
