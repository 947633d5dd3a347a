#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerlite/util/duration.hpp"
#include "dockerlite/util/result.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::cli {

/// A class type that can be an option's value: it says its type word for the help ("bytes", "mount", ...) and takes one
/// occurrence of the option at a time (a repeated option calls it again). An error's message is the cause alone.
template <class T>
concept OptionValue = requires(T& value, std::string_view text) {
  { value.set(text) } -> std::same_as<Result<void>>;
  { T::kTypeWord } -> std::convertible_to<std::string_view>;
};

// What a plain member type accepts, with pflag's error causes.
inline Result<void> assign(bool& target, std::string_view text) {
  DL_TRY(target, util::parse_bool(text));
  return {};
}
inline Result<void> assign(std::string& target, std::string_view text) {
  target = text;
  return {};
}
inline Result<void> assign(std::int64_t& target, std::string_view text) {
  DL_TRY(target, util::parse_int(text, 0, 64));
  return {};
}
inline Result<void> assign(int& target, std::string_view text) {
  DL_TRY(auto value, util::parse_int(text, 0, 64));
  target = static_cast<int>(value);
  return {};
}
inline Result<void> assign(std::uint64_t& target, std::string_view text) {
  DL_TRY(target, util::parse_uint(text, 0, 64));
  return {};
}
inline Result<void> assign(std::uint16_t& target, std::string_view text) {
  DL_TRY(auto value, util::parse_uint(text, 0, 16));
  target = static_cast<std::uint16_t>(value);
  return {};
}
template <OptionValue T>
Result<void> assign(T& target, std::string_view text) {
  return target.set(text);
}
/// An optional remembers whether the option was given at all (pflag's Changed).
template <class T>
Result<void> assign(std::optional<T>& target, std::string_view text) {
  T value{};
  DL_CHECK(assign(value, text));
  target = std::move(value);
  return {};
}
/// Each occurrence is one element, commas included (pflag's stringArray, docker's list options).
inline Result<void> assign(std::vector<std::string>& target, std::string_view text) {
  target.emplace_back(text);
  return {};
}

template <class T>
constexpr std::string_view type_word() {
  if constexpr (std::same_as<T, bool>)
    return "";
  else if constexpr (std::same_as<T, std::string>)
    return "string";
  else if constexpr (std::same_as<T, std::int64_t> || std::same_as<T, int>)
    return "int";
  else if constexpr (std::same_as<T, std::uint64_t>)
    return "uint";
  else if constexpr (std::same_as<T, std::uint16_t>)
    return "uint16";
  else if constexpr (std::same_as<T, std::vector<std::string>>)
    return "list";
  else
    return T::kTypeWord;
}

template <class T>
struct Unwrapped {
  using type = T;
};
template <class T>
struct Unwrapped<std::optional<T>> {
  using type = T;
};

using Setter = Result<void> (*)(void* options, std::string_view text);

/// What a shell offers for an option's value or an argument.
enum class Completion : std::uint8_t {
  unsaid,  ///< an option's: what its command says of all such (CommandSpec::other_values)
  none,    ///< nothing, not even file names
  files,   ///< left to the shell, which offers file names
  fixed,   ///< the words in `choices`
  containers,
  running_containers,   ///< paused ones, too
  unpaused_containers,  ///< those that run and are not paused
  paused_containers,
  stopped_containers,    ///< exited, or never started
  removable_containers,  ///< stopped ones; all of them if --force is given
  container_prefixes,    ///< each container's name and a colon
  images,
  networks,
  volumes,
  contexts,
  environment,  ///< names of the client's environment variables, never their values
  log_drivers,
  log_options,  ///< of the driver that --log-driver names
  volume_drivers,
  namespaces,        ///< the words in `choices`, and `container:NAME` once that much is typed
  security_options,  ///< what --security-opt takes, in its two steps
};

/// One row of a command's option table: the single source for parsing, help, completion, man page and gating.
struct Option {
  std::string_view name;  ///< long name, without dashes
  char letter = 0;        ///< short name, 0 for none
  std::string_view type;  ///< type word in help and docs; "" for a switch
  std::string_view help;  ///< our own words; a word in `backquotes` replaces the type word
  Setter set = nullptr;
  std::string_view since{};         ///< first API version that has it ("1.40"); gated once it is used
  std::string_view os{};            ///< only on engines of this OS ("windows")
  std::string_view deprecated{};    ///< text after "Flag --x has been deprecated, "; also hides it
  std::string_view default_text{};  ///< shown as (default ...)
  std::string_view choices{};       ///< for Completion::fixed and namespaces: words separated by blanks
  Completion completion = Completion::unsaid;
  bool hidden = false;
  bool experimental = false;  ///< only on an engine with experimental features
  bool extra = false;         ///< ours, not docker's; listed in docs/COMPATIBILITY.md

  constexpr bool is_switch() const { return type.empty(); }
  constexpr Option with_since(std::string_view v) const {
    auto o = *this;
    o.since = v;
    return o;
  }
  constexpr Option with_os(std::string_view v) const {
    auto o = *this;
    o.os = v;
    return o;
  }
  constexpr Option with_deprecated(std::string_view v) const {
    auto o = *this;
    o.deprecated = v;
    return o;
  }
  constexpr Option with_default(std::string_view v) const {
    auto o = *this;
    o.default_text = v;
    return o;
  }
  constexpr Option with_type(std::string_view v) const {
    auto o = *this;
    o.type = v;
    return o;
  }
  constexpr Option with_completion(Completion v) const {
    auto o = *this;
    o.completion = v;
    return o;
  }
  constexpr Option with_choices(std::string_view v, Completion source = Completion::fixed) const {
    auto o = *this;
    o.choices = v;
    o.completion = source;
    return o;
  }
  constexpr Option as_hidden() const {
    auto o = *this;
    o.hidden = true;
    return o;
  }
  constexpr Option as_experimental() const {
    auto o = *this;
    o.experimental = true;
    return o;
  }
  constexpr Option as_extra() const {
    auto o = *this;
    o.extra = true;
    return o;
  }
};

template <class M>
struct MemberOf;
template <class O, class T>
struct MemberOf<T O::*> {
  using Owner = O;
  using Type = T;
};

/// Sets one member. The owner's type is a parameter of its own for g++: it gives a template external linkage whose only
/// trace of an unnamed namespace is a member pointer, and two commands' structs of the same name would share their
/// setters.
template <class Owner, auto Member>
Result<void> set_member(void* options, std::string_view text) {
  return assign(static_cast<Owner*>(options)->*Member, text);
}

/// A row for a member of an options struct: option<&RmOptions::force>("force", 'f', "Kill it first if it runs").
template <auto Member>
constexpr Option option(std::string_view name, char letter, std::string_view help) {
  using Owner = typename MemberOf<decltype(Member)>::Owner;
  using Type = typename Unwrapped<typename MemberOf<decltype(Member)>::Type>::type;
  return Option{
      .name = name, .letter = letter, .type = type_word<Type>(), .help = help, .set = set_member<Owner, Member>};
}

/// Accepted and ignored, for options that docker keeps but that do nothing any more.
constexpr Option ignored_option(std::string_view name, std::string_view type, std::string_view help) {
  return Option{
      .name = name, .type = type, .help = help, .set = [](void*, std::string_view) -> Result<void> { return {}; }};
}

}  // namespace dockerlite::cli
