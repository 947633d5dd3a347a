#include <string>

#include "dockerlite/opts/address.hpp"
#include "dockerlite/opts/capability.hpp"
#include "dockerlite/opts/filter.hpp"
#include "dockerlite/opts/lists.hpp"
#include "dockerlite/opts/modes.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

struct Case {
  const char* text;
  std::string value;  ///< what is sent, or "error: " and the cause
};

std::string outcome(const Result<std::string>& result) { return result ? *result : "error: " + result.error().message; }

using Validator = Result<std::string> (*)(std::string_view);

void check(Validator validate, std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(outcome(validate(c.text)) == c.value);
  }
}

}  // namespace

TEST_CASE("streams to attach to", "[opts]") {
  check(opts::validate_attach,
        {{"stdin", "stdin"}, {"STDOUT", "stdout"}, {"bogus", "error: valid streams are STDIN, STDOUT and STDERR"}});
}

TEST_CASE("DNS servers are sent in canonical form", "[opts]") {
  check(opts::validate_dns_server, {
                                       {"8.8.8.8", "8.8.8.8"},
                                       {" 8.8.8.8 ", "8.8.8.8"},
                                       {"0:0:0:0:0:0:0:1", "::1"},
                                       {"::ffff:127.0.0.1", "127.0.0.1"},
                                       {"2001:DB8::0:1:0:0:1", "2001:db8::1:0:0:1"},
                                       {"1:0:0:2:0:0:0:3", "1:0:0:2::3"},
                                       {"::1.2.3.4", "::102:304"},
                                       {"1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0"},
                                       {"1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"},
                                       {"::", "::"},
                                       {"1::", "1::"},
                                       {"", "error: IP address is not correctly formatted: "},
                                       {"x", "error: IP address is not correctly formatted: x"},
                                       {"1.2.3", "error: IP address is not correctly formatted: 1.2.3"},
                                       {"08.8.8.8", "error: IP address is not correctly formatted: 08.8.8.8"},
                                       {"[::1]", "error: IP address is not correctly formatted: [::1]"},
                                       {"fe80::1%eth0", "error: IP address is not correctly formatted: fe80::1%eth0"},
                                   });
}

TEST_CASE("loopback addresses are known as such", "[opts]") {
  CHECK(opts::IpAddress::parse("127.0.0.5")->is_loopback());
  CHECK(opts::IpAddress::parse("::1")->is_loopback());
  CHECK(opts::IpAddress::parse("::ffff:127.0.0.1")->is_loopback());
  CHECK_FALSE(opts::IpAddress::parse("128.0.0.1")->is_loopback());
  CHECK_FALSE(opts::IpAddress::parse("1::1")->is_loopback());
}

TEST_CASE("MAC addresses in the forms that Go reads", "[opts]") {
  for (const char* text : {"92:d0:c6:0a:29:33", "92-D0-c6-0a-29-33", "92d0.c60a.2933", " 92:d0:c6:0a:29:33 ",
                           "00:00:00:00:fe:80:00:00", "0000.0000.fe80.0000"}) {
    INFO(text);
    CHECK(opts::is_mac_address(text));
  }
  for (const char* text : {"", "xx", "92:d0:c6:0a:29", "92:d0:c6-0a:29:33", "92:d0:c6:0a:29:3g", "92d0:c60a:2933"}) {
    INFO(text);
    CHECK_FALSE(opts::is_mac_address(text));
  }
}

TEST_CASE("domains to search", "[opts]") {
  check(opts::validate_dns_search, {
                                       {"a.b.c", "a.b.c"},
                                       {"a.b.", "a.b"},
                                       {".", "."},
                                       {" . ", "."},
                                       {"a.b\n", "a.b"},
                                       {":a:.:b", ":a:.:b"},
                                       {"a_b", "error: a_b is not a valid domain"},
                                       {"", "error:  is not a valid domain"},
                                       {"1.2.3.4", "error: 1.2.3.4 is not a valid domain"},
                                       {"a-.b", "error: a-.b is not a valid domain"},
                                       {"-a.b", "error: -a.b is not a valid domain"},
                                       {"a..b", "error: a..b is not a valid domain"},
                                       {"a b", "error: a b is not a valid domain"},
                                       {"a.b:", "error: a.b: is not a valid domain"},
                                   });
  CHECK(opts::validate_dns_search(std::string(254, 'a')).ok());
  CHECK_FALSE(opts::validate_dns_search(std::string(255, 'a')).ok());
}

TEST_CASE("hosts that are added", "[opts]") {
  check(opts::validate_extra_host, {
                                       {"a:1.2.3.4", "a:1.2.3.4"},
                                       {"a=1.2.3.4", "a:1.2.3.4"},
                                       {"a:::1", "a:::1"},
                                       {"a:[::1]", "a:::1"},
                                       {"a=[::1]", "a:::1"},
                                       {"a: 1.2.3.4", "a: 1.2.3.4"},
                                       {"a:host-gateway", "a:host-gateway"},
                                       {"a", R"(error: bad format for add-host: "a")"},
                                       {":1.2.3.4", R"(error: bad format for add-host: ":1.2.3.4")"},
                                       {"a:b=1.2.3.4", R"(error: bad format for add-host: "a:b=1.2.3.4")"},
                                       {"a:", R"(error: invalid IP address in add-host: "")"},
                                       {"a:x", R"(error: invalid IP address in add-host: "x")"},
                                   });
}

TEST_CASE("links, labels and variables", "[opts]") {
  check(opts::validate_link, {{"a", "a"},
                              {"a:b", "a:b"},
                              {"a:b:c", "error: bad format for links: a:b:c"},
                              {"", "error: empty string specified for links"}});
  check(opts::validate_label, {{"a", "a"},
                               {"a=b c", "a=b c"},
                               {" a=1", " a=1"},
                               {"=x", "error: invalid label '=x': empty name"},
                               {"", "error: invalid label '': empty name"},
                               {"a b=1", "error: label 'a b' contains whitespaces"}});
  check(opts::validate_env, {{"A", "A"},
                             {"a b=1", "a b=1"},
                             {"A=", "A="},
                             {"=x", "error: invalid environment variable: =x"},
                             {"", "error: invalid environment variable: "}});
}

TEST_CASE("device rules and kernel parameters", "[opts]") {
  check(opts::validate_device_cgroup_rule, {{"c 42:* rmw", "c 42:* rmw"},
                                            {"a *:* r", "a *:* r"},
                                            {"c 42:* rrr", "c 42:* rrr"},
                                            {"x 42:* rmw", "error: invalid device cgroup format 'x 42:* rmw'"},
                                            {"c 42:* rmwx", "error: invalid device cgroup format 'c 42:* rmwx'"},
                                            {"c 42:* ", "error: invalid device cgroup format 'c 42:* '"},
                                            {"c 4x:* r", "error: invalid device cgroup format 'c 4x:* r'"},
                                            {"c 42 r", "error: invalid device cgroup format 'c 42 r'"}});
  check(opts::validate_sysctl, {{"net.a=1", "net.a=1"},
                                {"fs.mqueue.x=1", "fs.mqueue.x=1"},
                                {"kernel.sem=1 2", "kernel.sem=1 2"},
                                {"kernel.foo=1", "error: sysctl 'kernel.foo=1' is not allowed"},
                                {"net.a", "error: sysctl 'net.a' is not allowed"},
                                {"=1", "error: sysctl '=1' is not allowed"}});
}

TEST_CASE("a list keeps what it is given in order, and nothing of a value that is refused", "[opts]") {
  opts::LabelList labels;
  CHECK(labels.set("b=1").ok());
  CHECK(labels.set("a=2").ok());
  CHECK_FALSE(labels.set("=").ok());
  CHECK(labels.values == std::vector<std::string>{"b=1", "a=2"});
  CHECK(opts::key_values_to_map({"k=1", "only", "k=2=3"}) == opts::StringMap{{"k", "2=3"}, {"only", ""}});
}

TEST_CASE("capabilities are normalised, sorted and said once", "[opts]") {
  CHECK(opts::normalize_capabilities({"net_admin", "NET_ADMIN", "cap_sys_admin", "all"}) ==
        std::vector<std::string>{"ALL", "CAP_NET_ADMIN", "CAP_SYS_ADMIN"});
  CHECK(opts::normalize_capabilities({""}) == std::vector<std::string>{"CAP_"});
}

TEST_CASE("namespace modes", "[opts]") {
  CHECK(opts::is_valid_pid_mode("container:x"));
  CHECK_FALSE(opts::is_valid_pid_mode("container:"));
  CHECK_FALSE(opts::is_valid_pid_mode("private"));
  CHECK(opts::is_valid_cgroupns_mode("private"));
  CHECK_FALSE(opts::is_valid_cgroupns_mode("x"));
  CHECK(opts::is_valid_uts_mode("host"));
  CHECK_FALSE(opts::is_valid_uts_mode("x"));
  CHECK(opts::is_valid_userns_mode(""));
  CHECK_FALSE(opts::is_valid_userns_mode("x"));
}

TEST_CASE("filters: names in lower case, blanks trimmed, values gathered", "[opts]") {
  opts::FilterOption filter;
  for (const char* text : {"Label=a=b", " label = c ", "label=a=b", "status=", ""}) CHECK(filter.set(text).ok());
  CHECK(filter.set("status").error().message == "bad format of filter (expected name=value)");
  CHECK(filter.filters == opts::Filters{{"label", {"a=b", "c"}}, {"status", {""}}});
}
