#include "dockerlite/opts/mount.hpp"
#include "dockerlite/util/file.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

opts::Mount parse(std::string_view text) {
  opts::MountOption option;
  REQUIRE(option.set(text).ok());
  REQUIRE(option.values.size() == 1);
  return option.values.front();
}

std::string failure(std::string_view text) {
  opts::MountOption option;
  const auto result = option.set(text);
  CHECK(option.values.empty());
  return result ? "" : result.error().message;
}

}  // namespace

TEST_CASE("mounts of each type", "[opts]") {
  opts::Mount bind;
  bind.type = "bind";
  bind.source = "/a";
  bind.target = "/b";
  CHECK(parse("type=bind,source=/a,target=/b") == bind);
  CHECK(parse("TYPE=BIND,Src=/a,Destination=/b") == bind);
  bind.read_only = true;
  for (const char* flag : {"ro", "readonly", "ReadOnly=true", "ro=1"}) {
    INFO(flag);
    CHECK(parse(std::string("type=bind,src=/a,dst=/b,") + flag) == bind);
  }

  opts::Mount volume;
  volume.target = "/b";
  CHECK(parse("target=/b") == volume);
  volume.source = "v";
  volume.volume = opts::VolumeMountOptions{true, {{"a", "b"}, {"c", ""}}, "s", "d", {{"o", "p=q"}, {"r", ""}}};
  CHECK(parse("src=v,target=/b,volume-nocopy,volume-label=a=b,volume-label=c,volume-driver=d,volume-opt=o=p=q,"
              "volume-opt=r,volume-subpath=s") == volume);

  opts::Mount tmpfs;
  tmpfs.type = "tmpfs";
  tmpfs.target = "/b";
  tmpfs.tmpfs = opts::TmpfsMountOptions{64 << 20, 01770};
  CHECK(parse("type=tmpfs,target=/b,tmpfs-size=64m,tmpfs-mode=1770") == tmpfs);

  opts::Mount image;
  image.type = "image";
  image.source = "i";
  image.target = "/b";
  image.image = opts::ImageMountOptions{"/x"};
  CHECK(parse("type=image,src=i,target=/b,image-subpath=/x") == image);
}

TEST_CASE("a source that starts with a dot is made absolute, other relative ones stay", "[opts]") {
  CHECK(parse("type=bind,src=.,dst=/b").source == util::absolute_path("."));
  CHECK(parse("type=bind,src=./x,dst=/b").source == util::absolute_path("x"));
  CHECK(parse("type=bind,src=x,dst=/b").source == "x");
  CHECK(parse("type=bind,src=~/x,dst=/b").source == "~/x");
}

TEST_CASE("a field with commas is quoted as CSV", "[opts]") {
  CHECK(parse(R"(target=/b,"volume-opt=a=b,c")").volume->driver_options ==
        std::map<std::string, std::string>{{"a", "b,c"}});
}

TEST_CASE("recursive bind mounts", "[opts]") {
  const std::string bind = "type=bind,src=/a,target=/b,";
  CHECK_FALSE(parse(bind + "bind-recursive=enabled").bind);
  CHECK(parse(bind + "bind-recursive=disabled").bind == opts::BindMountOptions{"", true, false, false});
  CHECK(parse(bind + "bind-recursive=writable,ro").bind == opts::BindMountOptions{"", false, true, false});
  CHECK(parse(bind + "bind-recursive=readonly,ro,bind-propagation=RPRIVATE").bind ==
        opts::BindMountOptions{"rprivate", false, false, true});
  CHECK(failure(bind + "bind-recursive=writable") ==
        "option 'bind-recursive=writable' requires 'readonly' to be specified in conjunction");
  CHECK(failure(bind + "bind-recursive=readonly") ==
        "option 'bind-recursive=readonly' requires 'readonly' to be specified in conjunction");
  CHECK(failure(bind + "bind-recursive=readonly,ro") ==
        "option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction");
  CHECK(failure(bind + "bind-recursive=X") ==
        R"(invalid value for bind-recursive: X (must be "enabled", "disabled", "writable", or "readonly"))");
}

TEST_CASE("bind-nonrecursive with a value is warned about", "[opts]") {
  opts::MountOption option;
  CHECK(option.set("type=bind,src=/a,target=/b,bind-nonrecursive").ok());
  CHECK(option.warnings.empty());
  CHECK(option.set("type=bind,src=/a,target=/b,bind-nonrecursive=true").ok());
  CHECK(option.warnings ==
        std::vector<std::string>{"bind-nonrecursive is deprecated, use bind-recursive=disabled instead"});
}

TEST_CASE("mounts that docker refuses", "[opts]") {
  CHECK(failure("") == "EOF");
  CHECK(failure("source=v") == "target is required");
  CHECK(failure("type=,target=/b") == "type is required");
  CHECK(failure("bogus") == "invalid field 'bogus' must be a key=value pair");
  CHECK(failure("Bogus=1") == "unexpected key 'bogus' in 'Bogus=1'");
  CHECK(failure("target=/b,RO=x") == "invalid value for ro: x");
  CHECK(failure("target=/b,volume-nocopy=x") == "invalid value for volume-nocopy: x");
  CHECK(failure("type=tmpfs,target=/b,tmpfs-size=x") == "invalid value for tmpfs-size: x");
  CHECK(failure("type=tmpfs,target=/b,tmpfs-mode=9") == "invalid value for tmpfs-mode: 9");
  CHECK(failure("type=bind,src=/a,target=/b,volume-nocopy") == "cannot mix 'volume-*' options with mount type 'bind'");
  CHECK(failure("target=/b,bind-propagation=shared") == "cannot mix 'bind-*' options with mount type 'volume'");
  CHECK(failure("target=/b,image-subpath=/x") == "cannot mix 'image-*' options with mount type 'volume'");
  CHECK(failure("target=/b,tmpfs-size=1") == "cannot mix 'tmpfs-*' options with mount type 'volume'");
  CHECK(failure("type=bind, src=/a,target=/b") == "unexpected key ' src' in ' src=/a'");
}

TEST_CASE("volumes are binds or anonymous, in the order given", "[opts]") {
  const auto volumes =
      opts::parse_volumes({"/c:/d", "/z", "/a:/b:ro", "vol:/e:nocopy", "/c:/d", "/y", "~/x:/f", "ab"}, "linux");
  REQUIRE(volumes.ok());
  CHECK(*volumes == opts::Volumes{{"/c:/d", "/a:/b:ro", "vol:/e:nocopy", "~/x:/f"}, {"/y", "/z", "ab"}});
  CHECK(opts::parse_volumes({"./x:/b", "..:/c:ro"}, "linux")->binds ==
        std::vector<std::string>{util::absolute_path("x") + ":/b", util::absolute_path("..") + ":/c:ro"});
}

TEST_CASE("volume specs that docker refuses", "[opts]") {
  const auto refusal = [](const char* spec) { return opts::parse_volumes({spec}, "linux").error().message; };
  CHECK(refusal("") == "invalid empty volume spec");
  CHECK(refusal(":/b") == "invalid spec: :/b: empty section between colons");
  CHECK(refusal("vol:") == "invalid spec: vol:: empty section between colons");
  CHECK(refusal("/a::ro") == "invalid spec: /a::ro: empty section between colons");
  CHECK(refusal("/a:/b:ro:z") == "invalid spec: /a:/b:ro:z: too many colons");
  CHECK(refusal("/a:/b:ro:") == "invalid spec: /a:/b:ro:: too many colons");
}

TEST_CASE("a one-letter volume is bound, not taken for a Windows drive", "[opts]") {
  CHECK(*opts::parse_volumes({"a:/b"}, "linux") == opts::Volumes{{"a:/b"}, {}});
  CHECK(*opts::parse_volumes({"a:/b:ro"}, "linux") == opts::Volumes{{"a:/b:ro"}, {}});
  CHECK(*opts::parse_volumes({"c:/data", "c:\\x"}, "windows") == opts::Volumes{{}, {"c:/data", "c:\\x"}});
  CHECK(*opts::parse_volumes({"c:\\x:d:\\y:ro"}, "windows") == opts::Volumes{{"c:\\x:d:\\y:ro"}, {}});
}

TEST_CASE("tmpfs mounts by path, the last one of a path", "[opts]") {
  CHECK(opts::parse_tmpfs({"/a", "/b:size=1,x:y", "/a:ro"}) ==
        std::map<std::string, std::string>{{"/a", "ro"}, {"/b", "size=1,x:y"}});
}
