#include <algorithm>
#include <optional>
#include <utility>

#include "dockerlite/format/template.hpp"
#include "dockerlite/util/strings.hpp"
#include "format/go_fmt.hpp"
#include "format/template_function.hpp"
#include "format/template_node.hpp"
#include "format/template_types.hpp"

namespace dockerlite::format {
namespace {

// Go stops after 100000 levels of {{template}} and says so; a C++ stack ends sooner. Blocks count too, and what is
// called last may nest as deep as the parser lets it.
constexpr int kMaximumDepth = 500;
constexpr std::string_view kGoMaximumDepth = "100000";

/// What a call needs to know of a function or method.
struct Callee {
  std::string_view name;
  std::span<const Type* const> parameters;
  bool variadic;
  const Function* function;
  const Method* method;
  const Value* receiver;
};

/// One execution. Steps return false (or an Error's worth of nothing) after the first error, which stays in `error_`.
class Executor {
 public:
  Executor(const Template::Tree& tree, std::string& out, Template::MissingKey missing_key,
           Template::Functions functions)
      : tree_(tree), out_(out), missing_key_(missing_key), functions_(functions) {}

  Result<void> run(const Value& data) {
    template_name_ = tree_.name;
    variables_.emplace_back("$", data);
    const auto body = tree_.definitions.find(tree_.name);
    walk(data, *body->second);
    if (error_) return *std::move(error_);
    return {};
  }

 private:
  enum class Flow : std::uint8_t { normal, break_, continue_, failed };
  using Variable = std::pair<std::string_view, Value>;
  using Arguments = std::span<const NodePointer>;
  /// Nothing after an error.
  using Evaluated = std::optional<Value>;

  std::nullopt_t fail(std::string_view message);
  Flow walk(const Value& dot, const Node& node);
  Flow walk_list(const Value& dot, const Node& node);
  Flow walk_if_or_with(const Value& dot, const Node& node);
  Flow walk_range(const Value& dot, const Node& node);
  Flow iterate(const Node& node, const Value& index, const Value& element, std::size_t mark);
  Flow walk_template(const Value& dot, const Node& node);

  Evaluated pipeline(const Value& dot, const Node& pipe);
  Evaluated command(const Value& dot, const Node& node, const Value* final);
  Evaluated constant(const Node& node);
  Evaluated field_chain(const Value& dot, Value receiver, const Node& node, std::span<const std::string> names,
                        Arguments arguments, const Value* final);
  Evaluated field(const Value& dot, const std::string& name, const Node& node, Arguments arguments, const Value* final,
                  const Value& receiver);
  Evaluated variable(const Value& dot, const Node& node, Arguments arguments, const Value* final);
  Evaluated chain(const Value& dot, const Node& node, Arguments arguments, const Value* final);
  Evaluated function(const Value& dot, const Node& node, const Node& call_node, Arguments arguments,
                     const Value* final);
  Evaluated call(const Value& dot, const Callee& callee, const Node& node, Arguments arguments, const Value* final);
  Evaluated logical(const Value& dot, bool stop_at, Arguments arguments, const Value* final);
  Evaluated argument(const Value& dot, const Type& type, const Node& node);
  Evaluated typed_constant(const Type& type, const Node& node);
  Evaluated validated(Value value, const Type& type);
  bool no_arguments(Arguments arguments, const Value* final);
  Variable* find_variable(std::string_view name);

  const Template::Tree& tree_;
  std::string& out_;
  Template::MissingKey missing_key_;
  Template::Functions functions_;
  std::string_view template_name_;
  std::vector<Variable> variables_;
  const Node* node_ = nullptr;  ///< where we are, for errors
  int depth_ = 0;
  std::optional<Error> error_;
};

std::nullopt_t Executor::fail(std::string_view message) {
  if (error_) return std::nullopt;
  const std::string_view before = std::string_view(tree_.source).substr(0, node_->position);
  const auto newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() : before.size() - newline - 1;
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  error_ =
      error("template: " + tree_.name + ":" + std::to_string(line) + ":" + std::to_string(column) + ": executing " +
            util::go_quote(template_name_) + " at <" + to_string(*node_) + ">: " + std::string(message));
  return std::nullopt;
}

Executor::Variable* Executor::find_variable(std::string_view name) {
  for (auto at = variables_.rbegin(); at != variables_.rend(); ++at)
    if (at->first == name) return &*at;
  fail("undefined variable: " + std::string(name));
  return nullptr;
}

Executor::Flow Executor::walk(const Value& dot, const Node& node) {
  node_ = &node;
  switch (node.kind) {
    case NodeKind::action: {
      // Variables stay until the enclosing {{end}}; setting one prints nothing.
      const Evaluated value = pipeline(dot, *node.children[0]);
      if (!value) return Flow::failed;
      node_ = &node;
      if (node.children[0]->declarations.empty()) append_printable(out_, *value);
      return Flow::normal;
    }
    case NodeKind::text:
      out_ += node.text;
      return Flow::normal;
    case NodeKind::list:
      return walk_list(dot, node);
    case NodeKind::if_:
    case NodeKind::with:
      return walk_if_or_with(dot, node);
    case NodeKind::range:
      return walk_range(dot, node);
    case NodeKind::template_:
      return walk_template(dot, node);
    case NodeKind::break_:
      return Flow::break_;
    case NodeKind::continue_:
      return Flow::continue_;
    default:
      fail("unknown node: " + to_string(node));
      return Flow::failed;
  }
}

Executor::Flow Executor::walk_list(const Value& dot, const Node& node) {
  ++depth_;
  Flow flow = Flow::normal;
  for (const auto& child : node.children)
    if (flow = walk(dot, *child); flow != Flow::normal) break;
  --depth_;
  return flow;
}

Executor::Flow Executor::walk_if_or_with(const Value& dot, const Node& node) {
  const std::size_t mark = variables_.size();
  const Evaluated value = pipeline(dot, *node.children[0]);
  if (!value) return Flow::failed;
  Flow flow = Flow::normal;
  if (value->truth())
    flow = walk(node.kind == NodeKind::with ? *value : dot, *node.children[1]);
  else if (node.children[2] != nullptr)
    flow = walk(dot, *node.children[2]);
  variables_.resize(mark);
  return flow;
}

Executor::Flow Executor::iterate(const Node& node, const Value& index, const Value& element, std::size_t mark) {
  const Node& pipe = *node.children[0];
  const auto& names = pipe.declarations;
  if (pipe.is_assignment && !names.empty()) {
    Variable* first = find_variable(names[0]);
    Variable* second = names.size() > 1 ? find_variable(names[1]) : nullptr;
    if (error_) return Flow::failed;
    first->second = names.size() > 1 ? index : element;
    if (second != nullptr) second->second = element;
  } else {
    if (!names.empty()) variables_[mark - 1].second = element;
    if (names.size() > 1) variables_[mark - 2].second = index;
  }
  const Flow flow = walk(element, *node.children[1]);
  variables_.resize(mark);
  return flow == Flow::continue_ ? Flow::normal : flow;
}

Executor::Flow Executor::walk_range(const Value& dot, const Node& node) {
  const std::size_t outer_mark = variables_.size();
  const Evaluated evaluated = pipeline(dot, *node.children[0]);
  if (!evaluated) return Flow::failed;
  bool is_nil = false;
  const Value value = indirect(*evaluated, is_nil);
  const std::size_t mark = variables_.size();
  Flow flow = Flow::normal;
  bool empty = true;
  switch (value.kind()) {
    case Kind::slice: {
      const auto elements = value.elements();
      empty = elements.empty();
      for (std::size_t i = 0; i < elements.size() && flow == Flow::normal; ++i)
        flow = iterate(node, Value::integer(static_cast<std::int64_t>(i)), element_of(value, elements[i]), mark);
      break;
    }
    case Kind::map:
      empty = value.entries().empty();
      for (const auto& [name, element] : value.entries()) {
        flow = iterate(node, Value::string(name, *value.type().key), element_of(value, element), mark);
        if (flow != Flow::normal) break;
      }
      break;
    case Kind::integer:
    case Kind::unsigned_integer: {
      if (node.children[0]->declarations.size() > 1) {
        fail("can't use " + value.to_text() + " to iterate over more than one variable");
        return Flow::failed;
      }
      const bool is_signed = value.kind() == Kind::integer;
      const std::uint64_t count =
          is_signed ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, value.as_int())) : value.as_uint();
      empty = count == 0;
      for (std::uint64_t i = 0; i < count && flow == Flow::normal; ++i) {
        const Value element = is_signed ? Value::integer(static_cast<std::int64_t>(i), value.type())
                                        : Value::unsigned_integer(i, value.type());
        flow = iterate(node, Value(), element, mark);
      }
      break;
    }
    case Kind::invalid:
      break;
    default:
      fail("range can't iterate over " + value.to_text());
      return Flow::failed;
  }
  if (flow == Flow::break_) flow = Flow::normal;
  if (empty && node.children[2] != nullptr) flow = walk(dot, *node.children[2]);
  variables_.resize(outer_mark);
  return flow;
}

Executor::Flow Executor::walk_template(const Value& dot, const Node& node) {
  const auto definition = tree_.definitions.find(node.text);
  if (definition == tree_.definitions.end()) {
    fail("template " + util::go_quote(node.text) + " not defined");
    return Flow::failed;
  }
  if (depth_ >= kMaximumDepth) {
    fail("exceeded maximum template depth (" + std::string(kGoMaximumDepth) + ")");
    return Flow::failed;
  }
  Value inner;
  if (node.children[0] != nullptr) {
    Evaluated value = pipeline(dot, *node.children[0]);
    if (!value) return Flow::failed;
    inner = *std::move(value);
  }
  // The called template sees none of our variables.
  std::vector<Variable> outer{{"$", inner}};
  outer.swap(variables_);
  const std::string_view outer_name = std::exchange(template_name_, definition->first);
  const Flow flow = walk(inner, *definition->second);
  if (flow == Flow::failed) return flow;
  template_name_ = outer_name;
  variables_.swap(outer);
  return flow;
}

Executor::Evaluated Executor::pipeline(const Value& dot, const Node& pipe) {
  node_ = &pipe;
  Evaluated value;
  for (const auto& child : pipe.children) {
    const Evaluated previous = std::move(value);
    value = command(dot, *child, previous ? &*previous : nullptr);
    if (!value) return std::nullopt;
    // What is in an interface comes out of it here; out of a nil one comes no value.
    value = value->kind() == Kind::interface ? Value() : value->unboxed();
  }
  for (const auto& name : pipe.declarations) {
    if (!pipe.is_assignment) {
      variables_.emplace_back(name, *value);
    } else if (Variable* target = find_variable(name)) {
      target->second = *value;
    } else {
      return std::nullopt;
    }
  }
  return value;
}

bool Executor::no_arguments(Arguments arguments, const Value* final) {
  if (arguments.size() <= 1 && final == nullptr) return true;
  fail("can't give argument to non-function " + to_string(*arguments[0]));
  return false;
}

Executor::Evaluated Executor::command(const Value& dot, const Node& node, const Value* final) {
  const Node& first = *node.children[0];
  const Arguments arguments = node.children;
  switch (first.kind) {
    case NodeKind::field:
      node_ = &first;
      return field_chain(dot, dot, first, first.names, arguments, final);
    case NodeKind::chain:
      return chain(dot, first, arguments, final);
    case NodeKind::identifier:
      return function(dot, first, node, arguments, final);
    case NodeKind::pipe:
      if (!no_arguments(arguments, final)) return std::nullopt;
      return pipeline(dot, first);
    case NodeKind::variable:
      return variable(dot, first, arguments, final);
    default:
      break;
  }
  node_ = &first;
  if (!no_arguments(arguments, final)) return std::nullopt;
  if (first.kind == NodeKind::dot) return dot;
  if (first.kind == NodeKind::nil) return fail("nil is not a command");
  return constant(first);
}

Executor::Evaluated Executor::constant(const Node& node) {
  node_ = &node;
  if (node.kind == NodeKind::number && !node.constant.valid() && node.number->is_uint)
    return fail(node.text + " overflows int");
  return node.constant;
}

Executor::Evaluated Executor::chain(const Value& dot, const Node& node, Arguments arguments, const Value* final) {
  node_ = &node;
  const Node& term = *node.children[0];
  if (term.kind == NodeKind::nil) return fail("indirection through explicit nil in " + to_string(node));
  Evaluated value = argument(dot, kAnyOperand, term);
  if (!value) return std::nullopt;
  return field_chain(dot, *std::move(value), node, node.names, arguments, final);
}

Executor::Evaluated Executor::variable(const Value& dot, const Node& node, Arguments arguments, const Value* final) {
  node_ = &node;
  const Variable* found = find_variable(node.names[0]);
  if (found == nullptr) return std::nullopt;
  const Value value = found->second;
  if (node.names.size() == 1) {
    if (!no_arguments(arguments, final)) return std::nullopt;
    return value;
  }
  return field_chain(dot, value, node, std::span(node.names).subspan(1), arguments, final);
}

Executor::Evaluated Executor::field_chain(const Value& dot, Value receiver, const Node& node,
                                          std::span<const std::string> names, Arguments arguments, const Value* final) {
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    Evaluated next = field(dot, names[i], node, {}, nullptr, receiver);
    if (!next) return std::nullopt;
    receiver = *std::move(next);
  }
  return field(dot, names.back(), node, arguments, final, receiver);
}

Executor::Evaluated Executor::field(const Value& dot, const std::string& name, const Node& node, Arguments arguments,
                                    const Value* final, const Value& receiver) {
  if (!receiver.valid()) {
    if (missing_key_ == Template::MissingKey::error) return fail("nil data; no entry for key " + util::go_quote(name));
    return Value();
  }
  bool is_nil = false;
  const Value target = indirect(receiver, is_nil);
  if (target.kind() == Kind::interface) return fail("nil pointer evaluating " + receiver.type_name() + "." + name);
  const Type& type = target.kind() == Kind::pointer ? *target.type().element : target.type();
  if (const Method* method = find_method(type, name); method != nullptr && !is_nil)
    return call(dot, {name, method->parameters, false, nullptr, method, &target}, node, arguments, final);
  const bool has_arguments = arguments.size() > 1 || final != nullptr;
  switch (target.kind()) {
    case Kind::structure:
      if (!has_field(type, name)) break;
      if (has_arguments) return fail(name + " has arguments but cannot be invoked as function");
      if (const Value* found = target.field(name)) return *found;
      return fail("reflect: indirection through nil pointer to embedded struct field " + name);
    case Kind::map: {
      if (type.key->name != "string") break;
      if (has_arguments) return fail(name + " is not a method but has arguments");
      if (const Value* found = target.find(name)) return element_of(target, *found);
      if (missing_key_ == Template::MissingKey::error) return fail("map has no entry for key " + util::go_quote(name));
      return Value();
    }
    case Kind::pointer:
      if (type.kind == Kind::structure && !has_field(type, name) && find_method(type, name) == nullptr) break;
      return fail("nil pointer evaluating " + receiver.type_name() + "." + name);
    default:
      break;
  }
  return fail("can't evaluate field " + name + " in type " +
              (receiver.is_boxed() ? type_name(types::any) : receiver.type_name()));
}

Executor::Evaluated Executor::function(const Value& dot, const Node& node, const Node& call_node, Arguments arguments,
                                       const Value* final) {
  node_ = &node;
  const Function* called = node.function;
  if (functions_ == Template::Functions::header && called->header != nullptr) called = called->header;
  return call(dot, {node.text, called->parameters, called->variadic, called, nullptr, nullptr}, call_node, arguments,
              final);
}

Executor::Evaluated Executor::logical(const Value& dot, bool stop_at, Arguments arguments, const Value* final) {
  Value value;
  for (const auto& node : arguments) {
    Evaluated next = argument(dot, kAnyOperand, *node);
    if (!next) return std::nullopt;
    value = *std::move(next);
    if (value.truth() == stop_at) return value;
  }
  return final != nullptr ? *final : value;
}

Executor::Evaluated Executor::call(const Value& dot, const Callee& callee, const Node& node, Arguments arguments,
                                   const Value* final) {
  if (!arguments.empty()) arguments = arguments.subspan(1);  // the first is the function itself
  const std::size_t count = arguments.size() + (final != nullptr ? 1 : 0);
  const std::size_t fixed = callee.variadic ? callee.parameters.size() - 1 : callee.parameters.size();
  const std::string name(callee.name);
  if (callee.variadic && count < fixed)
    return fail("wrong number of args for " + name + ": want at least " + std::to_string(fixed) + " got " +
                std::to_string(arguments.size()));
  if (!callee.variadic && count != fixed)
    return fail("wrong number of args for " + name + ": want " + std::to_string(fixed) + " got " +
                std::to_string(count));
  using Special = Function::Special;
  const Special special = callee.function != nullptr ? callee.function->special : Special::none;
  if (special == Special::logical_and || special == Special::logical_or)
    return logical(dot, special == Special::logical_or, arguments, final);

  std::vector<Value> values;
  values.reserve(count);
  const auto parameter = [&](std::size_t i) -> const Type& {
    return *callee.parameters[std::min(i, callee.parameters.size() - 1)];
  };
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    Evaluated value = argument(dot, parameter(i), *arguments[i]);
    if (!value) return std::nullopt;
    values.push_back(*std::move(value));
  }
  if (final != nullptr) {
    Evaluated value = validated(*final, parameter(values.size()));
    if (!value) return std::nullopt;
    values.push_back(*std::move(value));
  }

  Result<Value> result = Value();
  if (callee.method != nullptr) {
    result = callee.method->call(*callee.method, *callee.receiver, values);
  } else if (special == Special::call) {
    // No value of docker's is a function.
    const Value& called = values[0];
    std::string shown;
    if (!arguments.empty())
      shown = to_string(*arguments[0]);
    else if (final != nullptr)
      shown = final->to_text();
    result = called.valid() && called.kind() != Kind::interface ? error("non-function " + shown + " of type " +
                                                                        called.type_name())
                                                                : error("call of nil");
  } else {
    result = callee.function->call(values);
  }
  if (!result) {
    node_ = &node;
    return fail("error calling " + name + ": " + result.error().message);
  }
  return *std::move(result);
}

Executor::Evaluated Executor::validated(Value value, const Type& type) {
  if (!value.valid()) {
    if (&type == &kAnyOperand) return value;
    if (can_be_nil(type)) return Value::nil(type);
    return fail("invalid value; expected " + type_name(type));
  }
  if (assignable(value.type(), type)) return value;
  if (value.kind() == Kind::pointer && assignable(*value.type().element, type)) {
    if (value.is_nil()) return fail("dereference of nil pointer of type " + type_name(type));
    return value.pointee();
  }
  return fail("wrong type for value; expected " + type_name(type) + "; got " + value.type_name());
}

Executor::Evaluated Executor::argument(const Value& dot, const Type& type, const Node& node) {
  node_ = &node;
  Evaluated value;
  switch (node.kind) {
    case NodeKind::dot:
      value = dot;
      break;
    case NodeKind::nil:
      if (&type == &kAnyOperand) return Value();
      if (can_be_nil(type)) return Value::nil(type);
      return fail("cannot assign nil to " + type_name(type));
    case NodeKind::field:
      value = field_chain(dot, dot, node, node.names, {}, nullptr);
      break;
    case NodeKind::variable:
      value = variable(dot, node, {}, nullptr);
      break;
    case NodeKind::pipe:
      value = pipeline(dot, node);
      break;
    case NodeKind::identifier:
      value = function(dot, node, node, {}, nullptr);
      break;
    case NodeKind::chain:
      value = chain(dot, node, {}, nullptr);
      break;
    default:
      if (&type == &kAnyOperand || type.kind == Kind::interface) return constant(node);
      return typed_constant(type, node);
  }
  if (!value) return std::nullopt;
  return validated(*std::move(value), type);
}

/// A constant under the type that a parameter asks for.
Executor::Evaluated Executor::typed_constant(const Type& type, const Node& node) {
  const NumberNode* number = node.number.get();
  const auto expected = [&](std::string_view what) {
    return fail("expected " + std::string(what) + "; found " + to_string(node));
  };
  switch (type.kind) {
    case Kind::boolean:
      if (node.kind != NodeKind::boolean) return expected("bool");
      return Value::boolean(node.truth, type);
    case Kind::string:
      if (node.kind != NodeKind::string) return expected("string");
      return &type == &types::string ? node.constant : Value::string(node.text, type);
    case Kind::integer:
      if (number == nullptr || !number->is_int) return expected("integer");
      return Value::integer(number->int_value, type);
    case Kind::unsigned_integer:
      if (number == nullptr || !number->is_uint) return expected("unsigned integer");
      return Value::unsigned_integer(number->uint_value, type);
    case Kind::floating:
      if (number == nullptr || !number->is_float) return expected("float");
      return Value::floating(number->float_value, type);
    default:
      return fail("can't handle " + to_string(node) + " for arg of type " + type_name(type));
  }
}

}  // namespace

Result<void> Template::execute(const Value& data, std::string& out, MissingKey missing_key, Functions functions) const {
  return Executor(*tree_, out, missing_key, functions).run(data);
}

}  // namespace dockerlite::format
