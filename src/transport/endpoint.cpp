#include <algorithm>

#include "dockerlite/transport/transport.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::transport {

namespace {

constexpr std::string_view kDefaultSocket = "/var/run/docker.sock";

Error unresolved(std::string_view cause) { return error("unable to resolve docker endpoint: " + std::string(cause)); }

Error unparsable(std::string_view host) { return error("unable to parse docker host `" + std::string(host) + "`"); }

/// The authority of a URL without its user, taken apart as Go's net.SplitHostPort does. False: it would be refused
/// there.
bool split_host_port(std::string_view authority, std::string_view& host, std::string_view& port) {
  const std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos) return false;
  host = authority.substr(0, colon);
  port = authority.substr(colon + 1);
  if (host.starts_with('[')) {
    if (!host.ends_with(']')) return false;
    host = host.substr(1, host.size() - 2);
    return host.find_first_of("[]") == std::string_view::npos;
  }
  return host.find_first_of(":[]") == std::string_view::npos && port.find_first_of("[]") == std::string_view::npos;
}

/// Go's net.JoinHostPort: an IPv6 address gets brackets.
std::string join_host_port(std::string_view host, std::string_view port) {
  std::string text = util::contains(host, ":") ? "[" + std::string(host) + "]" : std::string(host);
  return text + ":" + std::string(port);
}

/// docker refuses, through Go's URL parser, a port that is not a number. `bracketed` hosts may hold colons of their
/// own.
std::string_view invalid_port(std::string_view authority) {
  const std::size_t from = authority.starts_with('[') ? authority.find(']') : 0;
  if (from == std::string_view::npos) return {};
  const std::size_t colon = authority.find(':', authority.starts_with('[') ? from : 0);
  if (colon == std::string_view::npos) return {};
  const std::string_view port = authority.substr(authority.starts_with('[') ? from + 1 : authority.rfind(':'));
  const bool digits =
      port.size() <= 1 || std::ranges::all_of(port.substr(1), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? std::string_view{} : port;
}

Result<Endpoint> parse_tcp(std::string_view address, bool tls) {
  const std::string_view default_port = "2375";
  if (address.empty()) {
    const std::string host = "localhost:" + std::string(default_port);
    return Endpoint{Endpoint::Scheme::tcp, "tcp://" + host, host, "", tls};
  }
  if (util::contains(address, "://")) return unresolved("invalid proto, expected tcp: " + std::string(address));

  const std::string url = "tcp://" + std::string(address);
  std::string_view authority = address.substr(0, address.find_first_of("/?#"));
  std::string_view path = address.substr(authority.size());
  path = path.substr(0, path.find_first_of("?#"));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  if (authority.starts_with('[') && !util::contains(authority, "]"))
    return unresolved("parse " + util::go_quote(url) + ": missing ']' in host");
  if (const std::string_view port = invalid_port(authority); !port.empty())
    return unresolved("parse " + util::go_quote(url) + ": invalid port " + util::go_quote(port) + " after host");
  if (const std::size_t bad = authority.find_first_of(" \"<>\\^`{|}"); bad != std::string_view::npos)
    return unresolved("parse " + util::go_quote(url) + ": invalid character " +
                      util::go_quote(authority.substr(bad, 1)) + " in host name");

  std::string_view host, port;
  std::string with_port;
  if (!split_host_port(authority, host, port)) {
    with_port = join_host_port(authority, default_port);
    if (!split_host_port(with_port, host, port))
      return unresolved("invalid bind address format: " + std::string(address));
  }
  if (host.empty()) host = "localhost";
  if (port.empty()) port = default_port;
  const std::string joined = join_host_port(host, port);
  return Endpoint{Endpoint::Scheme::tcp, "tcp://" + joined + std::string(path), joined,
                  path == "/" ? std::string() : std::string(path), tls};
}

Result<Endpoint> parse_socket(std::string_view address) {
  if (address.starts_with("unix://")) address.remove_prefix(7);
  if (util::contains(address, "://")) return unresolved("invalid proto, expected unix: " + std::string(address));
  const std::string path(address.empty() ? kDefaultSocket : address);
  return Endpoint{Endpoint::Scheme::unix_socket, "unix://" + path, path, "", false};
}

/// Go's URL escaping of a host: what a socket path becomes in docker's error texts.
std::string escape_host(std::string_view host) {
  constexpr std::string_view kKept = "-_.~!$&'()*+,;=:[]<>\"";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string text;
  for (const char c : host) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || kKept.find(c) != std::string_view::npos) {
      text += c;
    } else {
      text += '%';
      text += kHex[static_cast<unsigned char>(c) >> 4];
      text += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  return text;
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view host, bool tls) {
  host = util::trim_space(host);
  if (host.empty()) return tls ? parse_tcp("localhost:2376", true) : parse_socket("");
  const util::Cut cut = util::cut(host, "://");
  if (!cut.found) return parse_tcp(host, tls);
  if (cut.before == "tcp") return parse_tcp(cut.after, tls);
  if (cut.before == "unix") return parse_socket(cut.after);
  if (cut.before == "fd" && cut.after.empty()) return unparsable(host);
  if (cut.before == "npipe" || cut.before == "fd") return error("protocol not available");
  if (cut.before == "ssh") {
    if (cut.after.empty() || cut.after.starts_with('/'))
      return error("ssh host connection is not valid: invalid SSH URL: hostname is empty");
    const std::size_t slash = cut.after.find('/');
    return Endpoint{Endpoint::Scheme::ssh, std::string(host), std::string(cut.after.substr(0, slash)),
                    slash == std::string_view::npos ? std::string() : std::string(cut.after.substr(slash)), false};
  }
  return unresolved("invalid bind address format: " + std::string(host));
}

std::string display_url(const Endpoint& endpoint, std::string_view target) {
  std::string url;
  switch (endpoint.scheme) {
    case Endpoint::Scheme::unix_socket:
      url = "http://" + escape_host(endpoint.address);
      break;
    case Endpoint::Scheme::tcp:
      url = (endpoint.tls ? "https://" : "http://") + endpoint.address + endpoint.base_path;
      break;
    case Endpoint::Scheme::ssh:
      url = "http://docker.example.com";
      break;
  }
  return url.append(target);
}

}  // namespace dockerlite::transport
