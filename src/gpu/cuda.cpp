#include "dockerlite/gpu/cuda.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <compare>

namespace dockerlite::gpu {
namespace {

/// Up to four numbers; those that are not there count as 0.
struct Version {
  std::array<unsigned, 4> parts{};
  constexpr auto operator<=>(const Version&) const = default;  // NOLINT(modernize-use-nullptr): taken for a 0
};

std::optional<Version> parse_version(std::string_view text) {
  Version version;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (unsigned& part : version.parts) {
    const auto number = std::from_chars(at, end, part);
    if (number.ec != std::errc{}) return std::nullopt;
    at = number.ptr;
    if (at == end) return version;
    if (*at++ != '.') return std::nullopt;
  }
  return std::nullopt;
}

struct Release {
  std::string_view cuda;
  Version cuda_version, driver;  ///< the oldest Linux driver for it
};

constexpr std::array<Release, 23> kReleases = {{
    {"10.0", {{10, 0}}, {{410, 48}}}, {"10.1", {{10, 1}}, {{418, 39}}}, {"10.2", {{10, 2}}, {{440, 33}}},
    {"11.0", {{11, 0}}, {{450, 36}}}, {"11.1", {{11, 1}}, {{455, 23}}}, {"11.2", {{11, 2}}, {{460, 27}}},
    {"11.3", {{11, 3}}, {{465, 19}}}, {"11.4", {{11, 4}}, {{470, 42}}}, {"11.5", {{11, 5}}, {{495, 29}}},
    {"11.6", {{11, 6}}, {{510, 39}}}, {"11.7", {{11, 7}}, {{515, 43}}}, {"11.8", {{11, 8}}, {{520, 61}}},
    {"12.0", {{12, 0}}, {{525, 60}}}, {"12.1", {{12, 1}}, {{530, 30}}}, {"12.2", {{12, 2}}, {{535, 54}}},
    {"12.3", {{12, 3}}, {{545, 23}}}, {"12.4", {{12, 4}}, {{550, 54}}}, {"12.5", {{12, 5}}, {{555, 42}}},
    {"12.6", {{12, 6}}, {{560, 28}}}, {"12.7", {{12, 7}}, {{565, 57}}}, {"12.8", {{12, 8}}, {{570, 26}}},
    {"12.9", {{12, 9}}, {{575, 51}}}, {"13.0", {{13, 0}}, {{580, 65}}},
}};

/// The newest release for a driver; nothing for one that is older or of a newer branch than those of the table.
const Release* release_for(const Version& driver) {
  if (driver.parts[0] > kReleases.back().driver.parts[0]) return nullptr;
  const auto next =
      std::find_if(kReleases.begin(), kReleases.end(), [&](const Release& release) { return driver < release.driver; });
  return next == kReleases.begin() ? nullptr : &*std::prev(next);
}

enum class Operator { at_least, above, at_most, below, equal, unequal };

/// `text` starts with an operator, which is cut off.
std::optional<Operator> take_operator(std::string_view& text) {
  struct Spelling {
    std::string_view text;
    Operator value;
  };
  constexpr Spelling kSpellings[] = {{">=", Operator::at_least}, {"<=", Operator::at_most}, {"!=", Operator::unequal},
                                     {">", Operator::above},     {"<", Operator::below},    {"=", Operator::equal}};
  for (const Spelling& spelling : kSpellings)
    if (text.starts_with(spelling.text)) {
      text.remove_prefix(spelling.text.size());
      return spelling.value;
    }
  return std::nullopt;
}

bool holds(const Version& left, Operator op, const Version& right) {
  switch (op) {
    case Operator::at_least:
      return left >= right;
    case Operator::above:
      return left > right;
    case Operator::at_most:
      return left <= right;
    case Operator::below:
      return left < right;
    case Operator::equal:
      return left == right;
    case Operator::unequal:
      return left != right;
  }
  return true;
}

/// The CUDA release that an alternative asks for, of several the lowest.
struct Needed {
  std::optional<Version> version{};
  std::string_view text{};
  void add(const Version& other, std::string_view other_text) {
    if (version && *version <= other) return;
    version = other;
    text = other_text;
  }
};

/// Whether a condition holds; nothing if it cannot be read.
std::optional<bool> check(std::string_view condition, const Version& cuda, const Version& driver, Needed& needed) {
  const auto end = condition.find_first_of("<>=!");
  if (end == 0 || end == std::string_view::npos) return std::nullopt;
  const std::string_view key = condition.substr(0, end);
  std::string_view value = condition.substr(end);
  const auto op = take_operator(value);
  if (!op || value.empty()) return std::nullopt;
  const bool about_cuda = key == "cuda";
  if (!about_cuda && key != "driver") return true;
  const auto wanted = parse_version(value);
  if (!wanted) return std::nullopt;
  const bool held = holds(about_cuda ? cuda : driver, *op, *wanted);
  if (about_cuda && cuda < *wanted && !held && (*op == Operator::at_least || *op == Operator::equal))
    needed.add(*wanted, value);
  return held;
}

/// The text before the separator, which is cut off with it.
std::string_view take_until(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const std::string_view head = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return head;
}

}  // namespace

std::optional<CudaShortfall> cuda_shortfall(std::string_view require_cuda, std::string_view driver_version) {
  const auto driver = parse_version(driver_version);
  const Release* const release = driver ? release_for(*driver) : nullptr;
  if (!release) return std::nullopt;
  Needed needed;
  while (!require_cuda.empty()) {
    std::string_view alternative = take_until(require_cuda, ' ');
    if (alternative.empty()) continue;
    bool satisfied = true;
    while (!alternative.empty()) {
      const auto held = check(take_until(alternative, ','), release->cuda_version, *driver, needed);
      if (!held) return std::nullopt;
      satisfied = satisfied && *held;
    }
    if (satisfied) return std::nullopt;
  }
  if (!needed.version) return std::nullopt;
  return CudaShortfall{std::string(needed.text), std::string(driver_version), std::string(release->cuda)};
}

}  // namespace dockerlite::gpu
