// base64 and URL escapes.
#include <algorithm>

#include "dockerlite/util/strings.hpp"

namespace dockerlite::util {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode64(std::string_view bytes, std::string_view alphabet) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < left ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= left ? alphabet[(group >> (18 - 6 * k)) & 63] : '=';
  }
  return out;
}

}  // namespace

std::string base64_encode(std::string_view bytes) { return encode64(bytes, kBase64); }
std::string base64url_encode(std::string_view bytes) { return encode64(bytes, kBase64Url); }

Result<std::string> base64_decode(std::string_view text) {
  std::string out;
  std::uint32_t group = 0;
  std::size_t count = 0, padding = 0, position = 0;
  for (; position < text.size(); ++position) {
    const char c = text[position];
    if (c == '\r' || c == '\n') continue;
    const auto digit = kBase64.find(c);
    if (c == '=' ? count % 4 < 2 : (digit == std::string_view::npos || padding > 0)) break;
    if (c == '=') ++padding;
    group = group << 6 | (c == '=' ? 0U : static_cast<std::uint32_t>(digit));
    if (++count % 4 == 0) {
      for (std::size_t k = 0; k < 3 - padding; ++k) out += static_cast<char>(group >> (16 - 8 * k) & 0xFF);
      group = 0;
      if (padding > 0) {
        ++position;
        break;
      }
    }
  }
  while (position < text.size() && (text[position] == '\r' || text[position] == '\n')) ++position;
  if (position != text.size() || count % 4 != 0)
    return error("illegal base64 data at input byte " + std::to_string(position));
  return out;
}

namespace {

template <class Keep>
std::string percent_encode(std::string_view text, Keep keep) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_' ||
                       c == '.' || c == '~';
    if (plain || keep(c)) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

}  // namespace

std::string query_escape(std::string_view text) {
  std::string out = percent_encode(text, [](char c) { return c == ' '; });
  std::replace(out.begin(), out.end(), ' ', '+');
  return out;
}

std::string path_escape(std::string_view text) {
  return percent_encode(text, [](char c) { return std::string_view("$&+,/:;=@").find(c) != std::string_view::npos; });
}

}  // namespace dockerlite::util
