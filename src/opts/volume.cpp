#include <fmt/format.h>

#include <algorithm>

#include "dockerlite/opts/mount.hpp"
#include "dockerlite/util/file.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

bool is_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0; }

/// Whether the spec starts with one letter and a colon: a Windows drive, as docker sees it.
bool starts_with_drive(std::string_view spec) {
  if (spec.empty()) return false;
  std::size_t position = 0;
  const auto first = util::decode_utf8(spec, position);
  return is_letter(first) && position < spec.size() && spec[position] == ':';
}

/// The sections between colons. The colon of a drive letter belongs to its section.
std::vector<std::string_view> split_sections(std::string_view spec) {
  std::vector<std::string_view> sections;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= spec.size(); ++i) {
    if (i < spec.size() && spec[i] != ':') continue;
    const auto section = spec.substr(begin, i - begin);
    if (i < spec.size() && !util::contains(section, ":") && starts_with_drive(spec.substr(begin, i + 1 - begin)))
      continue;
    sections.push_back(section);
    begin = i + 1;
  }
  return sections;
}

std::string with_absolute_source(const std::string& spec) {
  const auto [host, rest, found] = util::cut(spec, ":");
  return host.starts_with('.') ? fmt::format("{}:{}", util::absolute_path(host), rest) : spec;
}

/// Whether the spec has a source, which makes it a bind; else it names an anonymous volume's place.
Result<bool> has_source(const std::string& spec, std::string_view server_os) {
  if (spec.empty()) return error("invalid empty volume spec");
  if (spec.size() <= 2) return false;
  const auto sections = split_sections(spec);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (sections[i].empty()) return error(fmt::format("invalid spec: {}: empty section between colons", spec));
    if (i == 2 && sections.size() > 3) return error(fmt::format("invalid spec: {}: too many colons", spec));
  }
  if (sections.size() > 1) return true;
  return starts_with_drive(spec) && spec[spec.find(':') + 1] == '/' && server_os != "windows";
}

}  // namespace

Result<Volumes> parse_volumes(const std::vector<std::string>& specs, std::string_view server_os) {
  Volumes volumes;
  for (auto spec = specs.begin(); spec != specs.end(); ++spec) {
    if (std::find(specs.begin(), spec, *spec) != spec) continue;
    DL_TRY(const bool bind, has_source(*spec, server_os));
    if (!bind) {
      volumes.anonymous.push_back(*spec);
    } else {
      volumes.binds.push_back(with_absolute_source(*spec));
    }
  }
  std::sort(volumes.anonymous.begin(), volumes.anonymous.end());
  return volumes;
}

}  // namespace dockerlite::opts
