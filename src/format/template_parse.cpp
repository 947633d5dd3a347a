#include <optional>
#include <set>

#include "dockerlite/format/template.hpp"
#include "dockerlite/util/strings.hpp"
#include "format/go_unquote.hpp"
#include "format/template_lex.hpp"
#include "format/template_node.hpp"
#include "format/template_number.hpp"

namespace dockerlite::format {
namespace {

using Kind = Token::Kind;

// Parsing and execution are recursive; nobody writes templates nested this deep by hand.
constexpr int kMaximumDepth = 500;

bool is_empty_tree(const Node* node) {
  if (node == nullptr) return true;
  if (node->kind == NodeKind::text) return util::trim_space(node->text).empty();
  if (node->kind != NodeKind::list) return false;
  for (const auto& child : node->children)
    if (!is_empty_tree(child.get())) return false;
  return true;
}

/// Recursive descent over the tokens, with Go's error texts. After the first error every step returns at once.
class Parser {
 public:
  explicit Parser(Template::Tree& tree) : tree_(tree), lexer_(tree.source) {}

  Result<void> run() {
    NodePointer root = top_level();
    if (root != nullptr) add(tree_.name, std::move(root));
    if (error_) return *std::move(error_);
    return {};
  }

 private:
  // Tokens. Up to three can be put back.
  const Token& next() {
    if (peek_count_ > 0)
      --peek_count_;
    else
      tokens_[0] = lexer_.next();
    return tokens_[peek_count_];
  }
  const Token& peek() {
    if (peek_count_ > 0) return tokens_[peek_count_ - 1];
    peek_count_ = 1;
    return tokens_[0] = lexer_.next();
  }
  void backup() { ++peek_count_; }
  void backup2(Token first) {
    tokens_[1] = std::move(first);
    peek_count_ = 2;
  }
  void backup3(Token second, Token first) {
    tokens_[1] = std::move(first);
    tokens_[2] = std::move(second);
    peek_count_ = 3;
  }
  const Token& next_non_space() {
    while (true) {
      const Token& token = next();
      if (token.kind != Kind::space) return token;
    }
  }
  const Token& peek_non_space() {
    const Token& token = next_non_space();
    backup();
    return token;
  }

  std::nullptr_t fail(std::string_view message) {
    if (!error_)
      error_ = error("template: " + tree_.name + ":" + std::to_string(tokens_[0].line) + ": " + std::string(message));
    return nullptr;
  }
  std::nullptr_t unexpected(const Token& token, std::string_view context) {
    if (token.kind != Kind::error) return fail("unexpected " + token.describe() + " in " + std::string(context));
    std::string extra;
    if (action_line_ != 0 && action_line_ != token.line) {
      extra = " in action started at " + tree_.name + ":" + std::to_string(action_line_);
      if (token.text.ends_with(" action")) extra.erase(0, std::string_view(" in action").size());
    }
    return fail(token.describe() + extra);
  }
  bool expect(Kind kind, std::string_view context) {
    const Token& token = next_non_space();
    if (token.kind == kind) return true;
    unexpected(token, context);
    return false;
  }

  static NodePointer make(NodeKind kind, std::size_t position) {
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->position = position;
    return node;
  }

  void add(const std::string& name, NodePointer body) {
    auto& slot = tree_.definitions[name];
    if (slot == nullptr || is_empty_tree(slot.get()))
      slot = std::move(body);
    else if (!is_empty_tree(body.get()))
      fail("template: multiple definition of template " + util::go_quote(name));
  }

  NodePointer top_level();
  bool definition();
  NodePointer item_list(NodePointer& terminator);
  NodePointer text_or_action();
  NodePointer action();
  NodePointer control(NodeKind kind, std::string_view context);
  NodePointer else_control();
  NodePointer block();
  NodePointer template_call();
  NodePointer loop_exit(NodeKind kind, std::size_t position, std::string_view text);
  bool template_name(const Token& token, std::string_view context, std::string& name);
  NodePointer pipeline(std::string_view context, Kind end);
  bool declarations(Node& pipe, std::string_view context);
  NodePointer command();
  NodePointer operand();
  NodePointer term();

  Template::Tree& tree_;
  Lexer lexer_;
  Token tokens_[3];
  std::size_t peek_count_ = 0;
  std::vector<std::string> variables_{"$"};
  std::size_t action_line_ = 0;
  int range_depth_ = 0;
  int depth_ = 0;
  std::optional<Error> error_;
};

NodePointer Parser::top_level() {
  NodePointer root = make(NodeKind::list, peek().position);
  while (peek().kind != Kind::end_of_file) {
    if (peek().kind == Kind::left_delimiter) {
      Token delimiter = next();
      if (next_non_space().kind == Kind::keyword_define) {
        if (!definition()) return nullptr;
        continue;
      }
      backup2(std::move(delimiter));
    }
    NodePointer node = text_or_action();
    if (node == nullptr) return nullptr;
    if (node->kind == NodeKind::end || node->kind == NodeKind::else_) return fail("unexpected " + to_string(*node));
    root->children.push_back(std::move(node));
  }
  return root;
}

/// {{define "name"}} ... {{end}}; the keyword is past.
bool Parser::definition() {
  constexpr std::string_view context = "define clause";
  const Token name_token = next_non_space();
  std::string name;
  if (!template_name(name_token, context, name) || !expect(Kind::right_delimiter, context)) return false;
  std::vector<std::string> outer{"$"};
  outer.swap(variables_);
  NodePointer end;
  NodePointer body = item_list(end);
  outer.swap(variables_);
  if (body == nullptr) return false;
  if (end->kind != NodeKind::end) {
    fail("unexpected " + to_string(*end) + " in " + std::string(context));
    return false;
  }
  add(name, std::move(body));
  return !error_;
}

/// Text and actions up to {{end}} or {{else}}.
NodePointer Parser::item_list(NodePointer& terminator) {
  if (depth_ == kMaximumDepth) return fail("max expression depth exceeded");
  ++depth_;
  NodePointer list = make(NodeKind::list, peek_non_space().position);
  while (peek_non_space().kind != Kind::end_of_file) {
    NodePointer node = text_or_action();
    if (node == nullptr) return nullptr;
    if (node->kind == NodeKind::end || node->kind == NodeKind::else_) {
      terminator = std::move(node);
      --depth_;
      return list;
    }
    list->children.push_back(std::move(node));
  }
  return fail("unexpected EOF");
}

NodePointer Parser::text_or_action() {
  const Token token = next_non_space();
  if (token.kind == Kind::text) {
    NodePointer node = make(NodeKind::text, token.position);
    node->text = token.text;
    return node;
  }
  if (token.kind != Kind::left_delimiter) return unexpected(token, "input");
  action_line_ = token.line;
  NodePointer node = action();
  action_line_ = 0;
  return node;
}

NodePointer Parser::action() {
  const Token token = next_non_space();
  switch (token.kind) {
    case Kind::keyword_block:
      return block();
    case Kind::keyword_break:
      return loop_exit(NodeKind::break_, token.position, "{{break}}");
    case Kind::keyword_continue:
      return loop_exit(NodeKind::continue_, token.position, "{{continue}}");
    case Kind::keyword_else:
      return else_control();
    case Kind::keyword_end: {
      if (!expect(Kind::right_delimiter, "end")) return nullptr;
      return make(NodeKind::end, token.position);
    }
    case Kind::keyword_if:
      return control(NodeKind::if_, "if");
    case Kind::keyword_range:
      return control(NodeKind::range, "range");
    case Kind::keyword_template:
      return template_call();
    case Kind::keyword_with:
      return control(NodeKind::with, "with");
    default:
      break;
  }
  backup();
  NodePointer node = make(NodeKind::action, peek().position);
  NodePointer pipe = pipeline("command", Kind::right_delimiter);
  if (pipe == nullptr) return nullptr;
  node->children.push_back(std::move(pipe));
  return node;
}

NodePointer Parser::control(NodeKind kind, std::string_view context) {
  const std::size_t mark = variables_.size();
  NodePointer pipe = pipeline(context, Kind::right_delimiter);
  if (pipe == nullptr) return nullptr;
  const bool is_range = kind == NodeKind::range;
  range_depth_ += is_range ? 1 : 0;
  NodePointer end;
  NodePointer list = item_list(end);
  range_depth_ -= is_range ? 1 : 0;
  if (list == nullptr) return nullptr;
  NodePointer else_list;
  if (end->kind == NodeKind::else_) {
    const Kind chained = kind == NodeKind::if_ ? Kind::keyword_if : Kind::keyword_with;
    if (!is_range && peek().kind == chained) {
      // {{else if x}} is {{else}}{{if x}} ... {{end}}, with one {{end}} for both.
      next();
      if (depth_ == kMaximumDepth) return fail("max expression depth exceeded");
      ++depth_;
      else_list = make(NodeKind::list, end->position);
      NodePointer inner = control(kind, context);
      --depth_;
      if (inner == nullptr) return nullptr;
      else_list->children.push_back(std::move(inner));
    } else {
      else_list = item_list(end);
      if (else_list == nullptr) return nullptr;
      if (end->kind != NodeKind::end) return fail("expected end; found " + to_string(*end));
    }
  }
  variables_.resize(mark);
  NodePointer node = make(kind, pipe->position);
  node->children.push_back(std::move(pipe));
  node->children.push_back(std::move(list));
  node->children.push_back(std::move(else_list));
  return node;
}

NodePointer Parser::else_control() {
  const Token token = peek_non_space();
  if (token.kind != Kind::keyword_if && token.kind != Kind::keyword_with && !expect(Kind::right_delimiter, "else"))
    return nullptr;
  return make(NodeKind::else_, token.position);
}

NodePointer Parser::loop_exit(NodeKind kind, std::size_t position, std::string_view text) {
  const Token& token = next_non_space();
  if (token.kind != Kind::right_delimiter) return unexpected(token, text);
  if (range_depth_ == 0) return fail(std::string(text) + " outside {{range}}");
  return make(kind, position);
}

bool Parser::template_name(const Token& token, std::string_view context, std::string& name) {
  if (token.kind != Kind::string && token.kind != Kind::raw_string) {
    unexpected(token, context);
    return false;
  }
  auto unquoted = unquote(token.text);
  if (!unquoted) {
    fail(unquoted.error().message);
    return false;
  }
  name = *std::move(unquoted);
  return true;
}

/// {{block "name" pipeline}} ... {{end}}: a definition and its use.
NodePointer Parser::block() {
  constexpr std::string_view context = "block clause";
  const Token token = next_non_space();
  NodePointer node = make(NodeKind::template_, token.position);
  if (!template_name(token, context, node->text)) return nullptr;
  NodePointer pipe = pipeline(context, Kind::right_delimiter);
  if (pipe == nullptr) return nullptr;
  node->children.push_back(std::move(pipe));

  std::vector<std::string> outer{"$"};
  outer.swap(variables_);
  const int range_depth = std::exchange(range_depth_, 0);
  NodePointer end;
  NodePointer body = item_list(end);
  outer.swap(variables_);
  range_depth_ = range_depth;
  if (body == nullptr) return nullptr;
  if (end->kind != NodeKind::end) return fail("unexpected " + to_string(*end) + " in " + std::string(context));
  add(node->text, std::move(body));
  if (error_) return nullptr;
  return node;
}

NodePointer Parser::template_call() {
  constexpr std::string_view context = "template clause";
  const Token token = next_non_space();
  NodePointer node = make(NodeKind::template_, token.position);
  if (!template_name(token, context, node->text)) return nullptr;
  NodePointer pipe;
  if (next_non_space().kind != Kind::right_delimiter) {
    backup();
    pipe = pipeline(context, Kind::right_delimiter);
    if (pipe == nullptr) return nullptr;
  }
  node->children.push_back(std::move(pipe));
  return node;
}

/// `$x :=`, `$x =` or, in a range, `$i, $x :=`. Without one, what was read is put back.
bool Parser::declarations(Node& pipe, std::string_view context) {
  while (peek_non_space().kind == Kind::variable) {
    const Token variable = next();
    // "$x foo" is a variable and an argument: the token right after the variable may have to go back as well.
    Token after = peek();
    const Token following = peek_non_space();
    const bool assign = following.kind == Kind::assign;
    const bool comma = following.kind == Kind::character && following.text == ",";
    if (!assign && !comma && following.kind != Kind::declare) {
      if (after.kind == Kind::space)
        backup3(variable, std::move(after));
      else
        backup2(variable);
      return true;
    }
    next_non_space();
    pipe.declarations.push_back(variable.text);
    variables_.push_back(variable.text);
    if (!comma) {
      pipe.is_assignment = assign;
      return true;
    }
    if (context != "range" || pipe.declarations.size() > 1) {
      fail("too many declarations in " + std::string(context));
      return false;
    }
    const Kind kind = peek_non_space().kind;
    if (kind != Kind::variable && kind != Kind::right_delimiter && kind != Kind::right_paren) {
      fail("range can only initialize variables");
      return false;
    }
  }
  return true;
}

NodePointer Parser::pipeline(std::string_view context, Kind end) {
  NodePointer pipe = make(NodeKind::pipe, peek_non_space().position);
  if (!declarations(*pipe, context)) return nullptr;
  while (true) {
    const Token& token = next_non_space();
    switch (token.kind) {
      case Kind::boolean:
      case Kind::character_constant:
      case Kind::complex_number:
      case Kind::keyword_dot:
      case Kind::field:
      case Kind::identifier:
      case Kind::number:
      case Kind::keyword_nil:
      case Kind::raw_string:
      case Kind::string:
      case Kind::variable:
      case Kind::left_paren: {
        backup();
        NodePointer node = command();
        if (node == nullptr) return nullptr;
        pipe->children.push_back(std::move(node));
        continue;
      }
      default:
        break;
    }
    if (token.kind != end) return unexpected(token, context);
    break;
  }
  if (pipe->children.empty()) return fail("missing value for " + std::string(context));
  for (std::size_t i = 1; i < pipe->children.size(); ++i) {
    switch (pipe->children[i]->children[0]->kind) {
      case NodeKind::boolean:
      case NodeKind::dot:
      case NodeKind::nil:
      case NodeKind::number:
      case NodeKind::string:
        return fail("non executable command in pipeline stage " + std::to_string(i + 1));
      default:
        break;
    }
  }
  return pipe;
}

NodePointer Parser::command() {
  NodePointer node = make(NodeKind::command, peek_non_space().position);
  while (true) {
    peek_non_space();
    NodePointer argument = operand();
    if (error_) return nullptr;
    if (argument != nullptr) node->children.push_back(std::move(argument));
    const Token& token = next();
    if (token.kind == Kind::space) continue;
    if (token.kind == Kind::right_delimiter || token.kind == Kind::right_paren)
      backup();
    else if (token.kind != Kind::pipe)
      return unexpected(token, "operand");
    break;
  }
  if (node->children.empty()) return fail("empty command");
  return node;
}

/// A term with the fields after it; null (without an error) if the next token begins none.
NodePointer Parser::operand() {
  NodePointer node = term();
  if (node == nullptr || peek().kind != Kind::field) return node;
  const std::size_t position = peek().position;
  std::vector<std::string> names;
  while (peek().kind == Kind::field) names.push_back(next().text.substr(1));
  switch (node->kind) {
    case NodeKind::field:
    case NodeKind::variable:
      node->position = position;
      for (auto& name : names) node->names.push_back(std::move(name));
      return node;
    case NodeKind::boolean:
    case NodeKind::string:
    case NodeKind::number:
    case NodeKind::nil:
    case NodeKind::dot:
      return fail("unexpected . after term " + util::go_quote(to_string(*node)));
    default:
      break;
  }
  NodePointer chain = make(NodeKind::chain, position);
  chain->names = std::move(names);
  chain->children.push_back(std::move(node));
  return chain;
}

NodePointer Parser::term() {
  const Token token = next_non_space();
  switch (token.kind) {
    case Kind::identifier: {
      NodePointer node = make(NodeKind::identifier, token.position);
      node->text = token.text;
      node->function = find_function(token.text);
      if (node->function == nullptr) return fail("function " + util::go_quote(token.text) + " not defined");
      return node;
    }
    case Kind::keyword_dot:
      return make(NodeKind::dot, token.position);
    case Kind::keyword_nil:
      return make(NodeKind::nil, token.position);
    case Kind::variable: {
      for (const auto& name : variables_) {
        if (name != token.text) continue;
        NodePointer node = make(NodeKind::variable, token.position);
        node->names.push_back(token.text);
        return node;
      }
      return fail("undefined variable " + util::go_quote(token.text));
    }
    case Kind::field: {
      NodePointer node = make(NodeKind::field, token.position);
      node->names.push_back(token.text.substr(1));
      return node;
    }
    case Kind::boolean: {
      NodePointer node = make(NodeKind::boolean, token.position);
      node->truth = token.text == "true";
      node->constant = Value::boolean(node->truth);
      return node;
    }
    case Kind::character_constant:
    case Kind::complex_number:
    case Kind::number: {
      auto number = parse_number(token);
      if (!number) return fail(number.error().message);
      NodePointer node = make(NodeKind::number, token.position);
      node->text = token.text;
      node->constant = ideal_constant(**number, token.text);
      node->number = *std::move(number);
      return node;
    }
    case Kind::left_paren: {
      if (depth_ == kMaximumDepth) return fail("max expression depth exceeded");
      ++depth_;
      NodePointer node = pipeline("parenthesized pipeline", Kind::right_paren);
      --depth_;
      return node;
    }
    case Kind::string:
    case Kind::raw_string: {
      auto text = unquote(token.text);
      if (!text) return fail(text.error().message);
      NodePointer node = make(NodeKind::string, token.position);
      node->quoted = token.text;
      node->text = *text;
      node->constant = Value::string(*std::move(text));
      return node;
    }
    default:
      backup();
      return nullptr;
  }
}

}  // namespace

Result<Template> Template::parse(std::string_view text, std::string_view name) {
  auto tree = std::make_shared<Tree>();
  tree->name = name;
  tree->source = text;
  DL_CHECK(Parser(*tree).run());
  return Template(std::shared_ptr<const Tree>(std::move(tree)));
}

}  // namespace dockerlite::format
