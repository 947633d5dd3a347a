#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/cli/option.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite {
struct Context;  // include/dockerlite/command/context.hpp
}

namespace dockerlite::cli {

/// How many positional arguments a command takes; the error texts are docker's.
struct Arguments {
  enum class Rule : std::uint8_t { none, exactly, at_least, at_most, between } rule = Rule::none;
  unsigned minimum = 0, maximum = 0;
  static constexpr Arguments none() { return {}; }
  static constexpr Arguments exactly(unsigned n) { return {Rule::exactly, n, n}; }
  static constexpr Arguments at_least(unsigned n) { return {Rule::at_least, n, ~0U}; }
  static constexpr Arguments at_most(unsigned n) { return {Rule::at_most, 0, n}; }
  static constexpr Arguments between(unsigned low, unsigned high) { return {Rule::between, low, high}; }
};

using OptionsPointer = std::unique_ptr<void, void (*)(void*)>;

/// One command: everything that is known about it before it runs. `names[0]` is the canonical path, the rest are
/// aliases
/// ("container ls", "container list", "container ps", "ps"); usage and error texts use the path that was typed.
struct CommandSpec {
  std::span<const std::string_view> names;
  std::string_view usage;          ///< what follows the name: "[OPTIONS] CONTAINER [CONTAINER...]"
  std::string_view summary;        ///< one line, our own words
  std::string_view description{};  ///< longer text for --help and the man page; optional
  std::span<const Option> options{};
  Arguments arguments{};
  bool interspersed = true;                     ///< false: options end at the first positional (run, create, exec)
  std::string_view since{};                     ///< first API version that has the command
  Completion completion = Completion::none;     ///< of its arguments
  unsigned completed_arguments = 0;             ///< how many of them are completed; 0: all
  std::string_view choices{};                   ///< for Completion::fixed: words separated by blanks
  Completion other_values = Completion::files;  ///< of options whose row says nothing
  bool hidden = false;
  bool raw = false;  ///< its words are not parsed: all of them are arguments, options included
  OptionsPointer (*make_options)() = nullptr;
  void (*set_arguments)(void* options, std::vector<std::string>&& arguments) = nullptr;
  /// Whether options stand for the arguments ("--all"): then there need be none.
  bool (*selects)(const void* options) = nullptr;
  Result<void> (*run)(Context& context, void* options) = nullptr;
};

/// Everything of a CommandSpec that follows from the options struct O (its member `arguments`, a vector of strings, and
/// its member function `bool selects() const`, if it has one) and the function that runs it.
template <class O, Result<void> (*Run)(Context&, O&)>
constexpr CommandSpec make_command(CommandSpec spec) {
  spec.make_options = [] { return OptionsPointer(new O(), [](void* p) { delete static_cast<O*>(p); }); };
  spec.set_arguments = [](void* options, std::vector<std::string>&& arguments) {
    static_cast<O*>(options)->arguments = std::move(arguments);
  };
  if constexpr (requires(const O& options) { options.selects(); })
    spec.selects = [](const void* options) { return static_cast<const O*>(options)->selects(); };
  spec.run = [](Context& context, void* options) { return Run(context, *static_cast<O*>(options)); };
  return spec;
}

/// Compile-time check of a table: no doubled long or short name, no empty help, a setter in each row.
template <std::size_t N>
constexpr bool valid_options(const std::array<Option, N>& options) {
  for (std::size_t i = 0; i < N; ++i) {
    if (options[i].name.empty() || options[i].set == nullptr || (options[i].help.empty() && !options[i].hidden))
      return false;
    for (std::size_t j = i + 1; j < N; ++j)
      if (options[i].name == options[j].name || (options[i].letter != 0 && options[i].letter == options[j].letter))
        return false;
  }
  return true;
}

/// What argv said: which options were used (for gating), in the order of the command line, and whether help was asked
/// for.
struct Parsed {
  OptionsPointer options{nullptr, nullptr};
  std::vector<const Option*> used;
  bool help = false;
  std::vector<std::string> notices;  ///< "Flag --time has been deprecated, use --timeout instead", for stdout
};

/// Parses the words after the command's name. `path` is the name as typed, with "docker " in front, for the error
/// texts. Errors: kind usage (flags) or arguments (counts), text as docker's, usage lines included. Touches neither
/// network nor disk nor clock.
Result<Parsed> parse(const CommandSpec& spec, std::string_view path, std::span<const std::string> words);

/// The table of options as it stands under "Options:", wrapped to `width` columns. The help never asks the engine what
/// it supports: it must not depend on one, nor wait for it.
std::string options_help(std::span<const Option> options, unsigned width);
std::string help_text(const CommandSpec& spec, std::string_view path, unsigned width);

/// Docker's refusals of options or commands that the engine is too old for (`"--F" requires API version ...`), exit
/// code 1.
Result<void> check_gates(const CommandSpec& spec, std::string_view path, const Parsed& parsed,
                         std::string_view api_version, std::string_view os, bool experimental);
bool version_less(std::string_view a, std::string_view b);  ///< "1.9" < "1.40"

}  // namespace dockerlite::cli
