#include "format/template_node.hpp"

#include "dockerlite/util/strings.hpp"

namespace dockerlite::format {
namespace {

void write(std::string& out, const Node& node);

void write_in_parens(std::string& out, const Node& node) {
  if (node.kind != NodeKind::pipe) {
    write(out, node);
    return;
  }
  out += '(';
  write(out, node);
  out += ')';
}

void write_branch(std::string& out, std::string_view word, const Node& node) {
  out += "{{";
  out += word;
  out += ' ';
  write(out, *node.children[0]);
  out += "}}";
  write(out, *node.children[1]);
  if (node.children[2] != nullptr) {
    out += "{{else}}";
    write(out, *node.children[2]);
  }
  out += "{{end}}";
}

void write_pipe(std::string& out, const Node& node) {
  if (!node.declarations.empty()) {
    out += util::join(node.declarations, ", ");
    out += node.is_assignment ? " = " : " := ";
  }
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) out += " | ";
    write(out, *node.children[i]);
  }
}

void write(std::string& out, const Node& node) {
  switch (node.kind) {
    case NodeKind::text:
    case NodeKind::identifier:
    case NodeKind::number:
      out += node.text;
      return;
    case NodeKind::action:
      out += "{{";
      write(out, *node.children[0]);
      out += "}}";
      return;
    case NodeKind::boolean:
      out += node.truth ? "true" : "false";
      return;
    case NodeKind::chain:
      write_in_parens(out, *node.children[0]);
      for (const auto& name : node.names) out += "." + name;
      return;
    case NodeKind::command:
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i > 0) out += ' ';
        write_in_parens(out, *node.children[i]);
      }
      return;
    case NodeKind::dot:
      out += '.';
      return;
    case NodeKind::field:
      for (const auto& name : node.names) out += "." + name;
      return;
    case NodeKind::list:
      for (const auto& child : node.children) write(out, *child);
      return;
    case NodeKind::nil:
      out += "nil";
      return;
    case NodeKind::pipe:
      write_pipe(out, node);
      return;
    case NodeKind::if_:
      write_branch(out, "if", node);
      return;
    case NodeKind::range:
      write_branch(out, "range", node);
      return;
    case NodeKind::with:
      write_branch(out, "with", node);
      return;
    case NodeKind::string:
      out += node.quoted;
      return;
    case NodeKind::template_:
      out += "{{template " + util::go_quote(node.text);
      if (node.children[0] != nullptr) {
        out += ' ';
        write(out, *node.children[0]);
      }
      out += "}}";
      return;
    case NodeKind::variable:
      out += util::join(node.names, ".");
      return;
    case NodeKind::break_:
      out += "{{break}}";
      return;
    case NodeKind::continue_:
      out += "{{continue}}";
      return;
    case NodeKind::else_:
      out += "{{else}}";
      return;
    case NodeKind::end:
      out += "{{end}}";
      return;
  }
}

}  // namespace

std::string to_string(const Node& node) {
  std::string out;
  write(out, node);
  return out;
}

}  // namespace dockerlite::format
