#include "dockerlite/reference/reference.hpp"

#include <algorithm>
#include <optional>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::reference {
namespace {

constexpr std::string_view kDefaultDomain = "docker.io";
constexpr std::string_view kLegacyDefaultDomain = "index.docker.io";
constexpr std::string_view kOfficialPrefix = "library/";
constexpr std::string_view kInvalidFormat = "invalid reference format";
constexpr std::size_t kMaximumPathLength = 255;
constexpr std::size_t kMaximumTagLength = 128;
constexpr std::size_t kMinimumDigestHex = 32;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_lower_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
constexpr bool is_hex(char c) { return is_lower_hex(c) || (c >= 'A' && c <= 'F'); }

template <class Predicate>
bool all(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

/// Calls `check` with each part between separators; false as soon as one fails. An empty text has one empty part.
template <class Check>
bool each_part(std::string_view text, char separator, Check check) {
  while (true) {
    auto cut = util::cut(text, std::string_view(&separator, 1));
    if (!check(cut.before)) return false;
    if (!cut.found) return true;
    text = cut.after;
  }
}

/// Runs of [a-z0-9] joined by one ".", one "_", "__" or any number of "-".
bool is_path_component(std::string_view text) {
  std::size_t i = 0;
  while (true) {
    const std::size_t start = i;
    while (i < text.size() && (is_lower(text[i]) || is_digit(text[i]))) ++i;
    if (i == start) return false;
    if (i == text.size()) return true;
    const char separator = text[i];
    const std::size_t run_start = i;
    while (i < text.size() && text[i] == separator) ++i;
    const std::size_t run = i - run_start;
    const bool valid = separator == '-' || (separator == '.' && run == 1) || (separator == '_' && run <= 2);
    if (!valid) return false;
  }
}

bool is_path(std::string_view text) { return each_part(text, '/', is_path_component); }

bool is_domain_label(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         all(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

/// Host name or bracketed IPv6 address, and an optional port.
bool is_domain(std::string_view text) {
  std::string_view host = text;
  std::optional<std::string_view> port;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return false;
    const auto address = text.substr(1, close - 1);
    if (address.empty() || !all(address, [](char c) { return is_hex(c) || c == ':'; })) return false;
    const auto rest = text.substr(close + 1);
    if (rest.empty()) return true;
    if (rest.front() != ':') return false;
    port = rest.substr(1);
  } else {
    const auto cut = util::cut(text, ":");
    host = cut.before;
    if (cut.found) port = cut.after;
    if (!each_part(host, '.', is_domain_label)) return false;
  }
  return !port || (!port->empty() && all(*port, is_digit));
}

bool is_tag(std::string_view text) {
  return !text.empty() && text.size() <= kMaximumTagLength && (is_alphanumeric(text[0]) || text[0] == '_') &&
         all(text, [](char c) { return is_alphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

/// The reference grammar's own, loose idea of a digest; validate_digest checks it further.
bool is_digest(std::string_view text) {
  const auto cut = util::cut(text, ":");
  if (!cut.found || cut.after.size() < kMinimumDigestHex || !all(cut.after, is_hex)) return false;
  bool at_start = true;
  for (const char c : cut.before) {
    if (at_start ? !is_letter(c) : !(is_alphanumeric(c) || c == '-' || c == '_' || c == '+' || c == '.')) return false;
    at_start = !is_alphanumeric(c);
  }
  return !at_start;
}

/// Splits a whole reference by the grammar; nothing if it does not match. Domain and path are those of the text, not
/// normalised.
std::optional<Reference> match(std::string_view text) {
  Reference reference;
  const auto at = util::cut(text, "@");
  if (at.found) {
    if (!is_digest(at.after)) return std::nullopt;
    reference.digest = at.after;
  }
  std::string_view name = at.before;
  const auto slash = name.rfind('/');
  const auto colon = name.find(':', slash == std::string_view::npos ? 0 : slash);
  if (colon != std::string_view::npos) {
    const auto tag = name.substr(colon + 1);
    if (!is_tag(tag)) return std::nullopt;
    reference.tag = tag;
    name = name.substr(0, colon);
  }
  const auto cut = util::cut(name, "/");
  if (cut.found && is_domain(cut.before) && is_path(cut.after)) {
    reference.domain = cut.before;
    reference.path = cut.after;
  } else if (is_path(name)) {
    reference.path = name;
  } else {
    return std::nullopt;
  }
  return reference;
}

/// As Go's `strings.ToLower(s) != s`, which also counts bytes that are no UTF-8.
bool has_upper_case(std::string_view text) {
  if (all(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return !util::valid_utf8(text) || util::to_lower(text) != text;
}

struct SplitName {
  std::string_view domain;
  std::string remainder;
};

SplitName split_domain(std::string_view text) {
  SplitName split{kDefaultDomain, std::string(text)};
  const auto cut = util::cut(text, "/");
  if (cut.found) {
    if (cut.before == kLegacyDefaultDomain) {
      split.remainder = cut.after;
    } else if (cut.before == "localhost" || cut.before.find_first_of(".:") != std::string_view::npos ||
               has_upper_case(cut.before)) {
      split = {cut.before, std::string(cut.after)};
    }
  }
  if (split.domain == kDefaultDomain && split.remainder.find('/') == std::string::npos)
    split.remainder.insert(0, kOfficialPrefix);
  return split;
}

std::string with_suffixes(std::string name, const Reference& reference) {
  if (!reference.tag.empty()) name.append(":").append(reference.tag);
  if (!reference.digest.empty()) name.append("@").append(reference.digest);
  return name;
}

}  // namespace

std::string Reference::name() const { return domain.empty() ? path : domain + "/" + path; }

std::string Reference::text() const { return is_id() ? digest : with_suffixes(name(), *this); }

std::string Reference::familiar_name() const {
  if (domain != kDefaultDomain) return name();
  std::string_view short_path = path;
  if (short_path.starts_with(kOfficialPrefix)) {
    const auto rest = short_path.substr(kOfficialPrefix.size());
    if (rest.find('/') == std::string_view::npos) short_path = rest;
  }
  return std::string(short_path);
}

std::string Reference::familiar() const { return is_id() ? digest : with_suffixes(familiar_name(), *this); }

Reference Reference::with_default_tag() const {
  Reference copy = *this;
  if (copy.name_only()) copy.tag = "latest";
  return copy;
}

Result<Reference> parse(std::string_view text) {
  if (is_anchored_identifier(text))
    return error("invalid repository name (" + std::string(text) + "), cannot specify 64-byte hexadecimal strings");
  const SplitName split = split_domain(text);
  const std::string_view remote = util::cut(split.remainder, ":").before;
  if (has_upper_case(remote))
    return error(std::string(kInvalidFormat) + ": repository name (" + std::string(remote) + ") must be lowercase");

  const std::string whole = std::string(split.domain) + "/" + split.remainder;
  auto reference = match(whole);
  if (!reference) {
    // Only a first part such as "Foo_x", no domain but a good path in lower case, gets here.
    if (match(util::to_lower(whole))) return error("repository name must be lowercase");
    return error(std::string(kInvalidFormat));
  }
  if (reference->path.size() > kMaximumPathLength)
    return error("repository name must not be more than " + std::to_string(kMaximumPathLength) + " characters");
  if (!reference->digest.empty()) DL_CHECK(validate_digest(reference->digest));
  return *std::move(reference);
}

Result<Reference> parse_any(std::string_view text) {
  Reference id;
  if (is_anchored_identifier(text)) {
    id.digest = "sha256:" + std::string(text);
    return id;
  }
  if (validate_digest(text)) {
    id.digest = text;
    return id;
  }
  return parse(text);
}

bool is_anchored_identifier(std::string_view text) { return text.size() == 64 && all(text, is_lower_hex); }

Result<void> validate_digest(std::string_view text) {
  const auto invalid_format = [] { return error("invalid checksum digest format"); };
  const auto cut = util::cut(text, ":");
  const std::string_view algorithm = cut.before, hex = cut.after;
  if (algorithm.empty() || hex.empty()) return invalid_format();
  const std::size_t size = algorithm == "sha256" ? 64 : algorithm == "sha384" ? 96 : algorithm == "sha512" ? 128 : 0;
  if (size == 0) {
    bool at_start = true;
    for (const char c : algorithm) {
      const bool word = is_lower(c) || is_digit(c);
      if (!word && (at_start || (c != '.' && c != '+' && c != '_' && c != '-'))) return invalid_format();
      at_start = !word;
    }
    const auto encoded = [](char c) { return is_alphanumeric(c) || c == '=' || c == '_' || c == '-'; };
    if (at_start || !all(hex, encoded)) return invalid_format();
    return error("unsupported digest algorithm");
  }
  if (hex.size() != size) return error("invalid checksum digest length");
  if (!all(hex, is_lower_hex)) return invalid_format();
  return {};
}

}  // namespace dockerlite::reference
