#include <stdlib.h>

#include <filesystem>

#include "dockerlite/config/endpoint.hpp"
#include "dockerlite/util/file.hpp"
#include "support/catch.hpp"

namespace dockerlite::config {
namespace {

class ScratchDirectory {
 public:
  ScratchDirectory() {
    char name[] = "/tmp/dockerlite-endpoint-XXXXXX";
    path_ = ::mkdtemp(name);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }
  void write(const std::string& path, std::string_view text) const {
    REQUIRE(util::make_directories(path.substr(0, path.rfind('/')), 0700).ok());
    REQUIRE(util::write_file_atomically(path, text, 0600).ok());
  }
  void write_context(std::string_view name, std::string_view metadata) const {
    write(context_metadata_path(path_, name) + "/meta.json", metadata);
  }

 private:
  std::string path_;
};

ConfigFile file_in(const ScratchDirectory& scratch) { return ConfigFile::load(scratch.path()); }

EndpointOptions with_context(std::string name) {
  EndpointOptions options;
  options.context = std::move(name);
  return options;
}

EndpointOptions with_hosts(std::vector<std::string> hosts) {
  EndpointOptions options;
  options.hosts = std::move(hosts);
  return options;
}

const util::Environment kNoEnvironment;

util::Environment environment(std::map<std::string, std::string, std::less<>> variables) {
  return util::Environment(std::move(variables));
}

const std::string kPrefix = "unable to resolve docker endpoint: ";

}  // namespace

TEST_CASE("The context in use is found in docker's order") {
  const auto file = ConfigFile::parse(R"({"currentContext": "config"})", "/c/config.json");
  const auto none = ConfigFile::parse("{}", "/c/config.json");
  const util::Environment empty, context = environment({{"DOCKER_CONTEXT", "env"}}),
                                 both = environment({{"DOCKER_CONTEXT", "env"}, {"DOCKER_HOST", "unix:///x"}});
  CHECK(current_context(with_context("flag"), both, file) == "flag");
  CHECK(current_context(with_hosts({"unix:///y"}), context, file) == "default");
  CHECK(current_context({}, both, file) == "default");
  CHECK(current_context({}, context, file) == "env");
  CHECK(current_context({}, empty, file) == "config");
  CHECK(current_context({}, empty, none) == "default");
}

TEST_CASE("Without a context the host is that of the option or the environment") {
  const auto file = ConfigFile::parse("{}", "/c/config.json");
  const util::Environment env = environment({{"DOCKER_HOST", "tcp://env:1"}});
  CHECK(resolve_endpoint({}, kNoEnvironment, file).value() == ResolvedEndpoint{"default", "", std::nullopt});
  CHECK(resolve_endpoint({}, env, file).value() == ResolvedEndpoint{"default", "tcp://env:1", std::nullopt});
  CHECK(resolve_endpoint(with_hosts({"unix:///y"}), env, file).value() ==
        ResolvedEndpoint{"default", "unix:///y", std::nullopt});
  CHECK(resolve_endpoint(with_hosts({"a", "b"}), env, file).error() == error(kPrefix + "Specify only one -H"));
}

TEST_CASE("A host and a context cannot both be given") {
  EndpointOptions both = with_context("x");
  both.hosts = {"unix:///y"};
  CHECK(check_endpoint_options(both).error() == error("conflicting options: cannot specify both --host and --context"));
  CHECK(check_endpoint_options(with_context("x")).ok());
  CHECK(check_endpoint_options(with_hosts({"x"})).ok());
}

TEST_CASE("A context gives its host, and TLS if it has files for it") {
  const ScratchDirectory scratch;
  scratch.write_context(
      "remote",
      R"({"Name":"remote","Metadata":{"Description":"d"},"Endpoints":{"docker":{"Host":"tcp://h:2376","SkipTLSVerify":false}}})");
  CHECK(context_metadata_path("/c", "remote") ==
        "/c/contexts/meta/b71199ebd070b36beab7317920c2c2f1d777df8d05e5527d8458fda57cb17a7a");
  CHECK(resolve_endpoint(with_context("remote"), kNoEnvironment, file_in(scratch)).value() ==
        ResolvedEndpoint{"remote", "tcp://h:2376", std::nullopt});

  const std::string tls = context_tls_path(scratch.path(), "remote") + "/docker/";
  scratch.write(tls + "ca.pem", "ca");
  CHECK(resolve_endpoint(with_context("remote"), kNoEnvironment, file_in(scratch)).value() ==
        ResolvedEndpoint{"remote", "tcp://h:2376", TlsSettings{true, tls + "ca.pem", "", ""}});
  scratch.write(tls + "cert.pem", "cert");
  CHECK(resolve_endpoint(with_context("remote"), kNoEnvironment, file_in(scratch)).value() ==
        ResolvedEndpoint{"remote", "tcp://h:2376", TlsSettings{true, tls + "ca.pem", "", ""}});
  scratch.write(tls + "key.pem", "key");
  CHECK(
      resolve_endpoint(with_context("remote"), kNoEnvironment, file_in(scratch)).value() ==
      ResolvedEndpoint{"remote", "tcp://h:2376", TlsSettings{true, tls + "ca.pem", tls + "cert.pem", tls + "key.pem"}});
}

TEST_CASE("A context may ask for TLS without verification") {
  const ScratchDirectory scratch;
  scratch.write_context("lax", R"({"Endpoints":{"docker":{"host":"tcp://h:1","SkipTLSVerify":true}}})");
  CHECK(resolve_endpoint(with_context("lax"), kNoEnvironment, file_in(scratch)).value() ==
        ResolvedEndpoint{"lax", "tcp://h:1", TlsSettings{false, "", "", ""}});
}

TEST_CASE("A context that cannot be read is refused with docker's words") {
  const ScratchDirectory scratch;
  const std::string meta = context_metadata_path(scratch.path(), "ctx") + "/meta.json";
  CHECK(resolve_endpoint(with_context("ctx"), kNoEnvironment, file_in(scratch)).error() ==
        error(kPrefix + "context \"ctx\": context not found: open " + meta + ": no such file or directory"));
  const std::string parsing = "context \"ctx\": parsing " + meta + ": ";
  const std::pair<std::string, std::string> cases[] = {
      {"{", parsing + "unexpected end of JSON input"},
      {"", parsing + "unexpected end of JSON input"},
      {"{} x", parsing + "invalid character 'x' after top-level value"},
      {"[]", parsing + "json: cannot unmarshal array into Go value of type store.untypedContextMetadata"},
      {R"({"Name":1})",
       parsing + "json: cannot unmarshal number into Go struct field untypedContextMetadata.name of type string"},
      {R"({"Endpoints":[]})", parsing + "json: cannot unmarshal array into Go struct field "
                                        "untypedContextMetadata.endpoints of type map[string]json.RawMessage"},
      {R"({"Metadata":1})", parsing + "json: cannot unmarshal number into Go value of type map[string]interface {}"},
      {R"({"Endpoints":{"docker":1}})",
       parsing + "json: cannot unmarshal number into Go value of type context.EndpointMetaBase"},
      {R"({"Endpoints":{"docker":{"Host":1}}})",
       parsing + "json: cannot unmarshal number into Go struct field EndpointMetaBase.Host of type string"},
      {R"({"Endpoints":{"docker":{"SkipTLSVerify":"a"}}})",
       parsing + "json: cannot unmarshal string into Go struct field EndpointMetaBase.SkipTLSVerify of type bool"},
      {"{}", "cannot find docker endpoint in context"},
      {R"({"Endpoints":{"docker":null}})", "endpoint \"docker\" is not of type EndpointMeta"},
  };
  for (const auto& [metadata, cause] : cases) {
    CAPTURE(metadata);
    scratch.write_context("ctx", metadata);
    CHECK(resolve_endpoint(with_context("ctx"), kNoEnvironment, file_in(scratch)).error() == error(kPrefix + cause));
  }
}

TEST_CASE("TLS options name files, or those of the certificate directory are used") {
  const ScratchDirectory scratch;
  const auto file = file_in(scratch);
  const std::string ca = scratch.path() + "/ca.pem", certificate = scratch.path() + "/cert.pem",
                    key = scratch.path() + "/key.pem";
  const util::Environment env = environment({{"DOCKER_CERT_PATH", scratch.path()}});
  EndpointOptions tls;
  tls.tls = true;
  CHECK(resolve_endpoint(tls, env, file).error() == error(kPrefix + "open " + ca + ": no such file or directory"));
  scratch.write(ca, "ca");
  CHECK(resolve_endpoint(tls, env, file).value() == ResolvedEndpoint{"default", "", TlsSettings{false, ca, "", ""}});
  scratch.write(certificate, "cert");
  scratch.write(key, "key");
  CHECK(resolve_endpoint(tls, env, file).value() ==
        ResolvedEndpoint{"default", "", TlsSettings{false, ca, certificate, key}});

  EndpointOptions verify;
  verify.tls_verify = true;
  CHECK(resolve_endpoint(verify, env, file).value() ==
        ResolvedEndpoint{"default", "", TlsSettings{true, ca, certificate, key}});
  verify.tls_verify = false;  // still turns TLS on
  CHECK(resolve_endpoint(verify, env, file).value() ==
        ResolvedEndpoint{"default", "", TlsSettings{false, ca, certificate, key}});

  const util::Environment verifying = environment({{"DOCKER_CERT_PATH", scratch.path()}, {"DOCKER_TLS_VERIFY", "0"}});
  CHECK(resolve_endpoint({}, verifying, file).value() ==
        ResolvedEndpoint{"default", "", TlsSettings{true, ca, certificate, key}});

  tls.tls_key = "\"/none\"";
  CHECK(resolve_endpoint(tls, env, file).error() == error(kPrefix + "open /none: no such file or directory"));
}

}  // namespace dockerlite::config
