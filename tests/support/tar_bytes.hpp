#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerlite/util/result.hpp"

namespace dockerlite::test {

/// One header of a tar archive, made by hand so that it can hold what no writer would write.
struct RawHeader {
  std::string name{};
  char type = '0';
  std::string link{}, content{};
  unsigned mode = 0644;
  std::uint64_t mtime = 1'000'000'000;
  std::int64_t size = -1;  ///< -1: the content's
};

inline std::string octal(std::uint64_t value, int width) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*llo", width, static_cast<unsigned long long>(value));
  return text;
}

inline std::string tar_header(const RawHeader& header) {
  std::string block(512, '\0');
  const auto put = [&block](std::size_t at, std::string_view text) { block.replace(at, text.size(), text); };
  put(0, header.name.substr(0, 100));
  put(100, octal(header.mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(header.size >= 0 ? static_cast<std::uint64_t>(header.size) : header.content.size(), 11));
  put(136, octal(header.mtime, 11));
  put(148, "        ");
  block[156] = header.type;
  put(157, header.link.substr(0, 100));
  put(257, std::string_view("ustar\00000", 8));
  put(329, octal(1, 7));
  put(337, octal(3, 7));
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  put(148, octal(sum, 6) + std::string("\0 ", 2));
  return block;
}

inline std::string tar_entry(const RawHeader& header) {
  std::string bytes = tar_header(header) + header.content;
  bytes.resize((bytes.size() + 511) / 512 * 512);
  return bytes;
}

inline std::string pax_header(const std::vector<std::pair<std::string, std::string>>& records) {
  std::string content;
  for (const auto& [key, value] : records) {
    std::size_t length = key.size() + value.size() + 3;
    while (length != std::to_string(length).size() + key.size() + value.size() + 3)
      length = std::to_string(length).size() + key.size() + value.size() + 3;
    content += std::to_string(length) + " " + key + "=" + value + "\n";
  }
  return tar_entry({.name = "PaxHeaders.0/x", .type = 'x', .content = content});
}

inline std::string tar_end() { return std::string(1024, '\0'); }

inline std::string tar_of(const std::vector<RawHeader>& entries) {
  std::string bytes;
  for (const auto& entry : entries) bytes += tar_entry(entry);
  return bytes + tar_end();
}

/// Gives `bytes` in pieces of at most `size`; `bytes` must outlive it.
inline std::function<Result<std::string_view>()> in_pieces(std::string_view bytes, std::size_t size) {
  return [bytes, size]() mutable -> Result<std::string_view> {
    const std::string_view piece = bytes.substr(0, size);
    bytes.remove_prefix(piece.size());
    return piece;
  };
}

}  // namespace dockerlite::test
