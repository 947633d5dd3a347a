#include <string>

#include "dockerlite/engine/images.hpp"
#include "dockerlite/engine/prune.hpp"
#include "dockerlite/engine/query.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using engine::ImageSummary;

TEST_CASE("a list of images is decoded, with the manifests of multi-platform images") {
  const auto list = engine::decode_images(R"([
    {"Containers":-1,"Created":1700000000,"Id":"sha256:aa","Labels":null,"RepoTags":["a:1","a:2"],"RepoDigests":["a@sha256:bb"],
     "SharedSize":-1,"Size":1234,"Manifests":[
       {"ID":"sha256:cc","Kind":"image","Available":true,"Size":{"Content":10,"Total":30},
        "ImageData":{"Platform":{"architecture":"arm64","os":"linux"},"Containers":["x"],"Size":{"Unpacked":20}}},
       {"ID":"sha256:dd","Kind":"attestation","Available":false,"Size":{"Content":5,"Total":5},"AttestationData":{"For":"sha256:cc"}}]},
    {"Id":"sha256:ee","RepoTags":null,"RepoDigests":null}])");
  REQUIRE(list.ok());
  const ImageSummary first{.id = "sha256:aa",
                           .created = 1700000000,
                           .repo_tags = {"a:1", "a:2"},
                           .repo_digests = {"a@sha256:bb"},
                           .size = 1234,
                           .shared_size = -1,
                           .containers = -1,
                           .manifests = {{"sha256:cc", "image", true, 10, 30, {"linux", "", "arm64", ""}, true},
                                         {"sha256:dd", "attestation", false, 5, 5, {}, false}}};
  CHECK(*list == std::vector<ImageSummary>{first, ImageSummary{.id = "sha256:ee"}});
  CHECK(engine::decode_images("{}").error().message ==
        "json: cannot unmarshal object into Go value of type []image.Summary");
}

TEST_CASE("an image is dangling when nothing names it, in the old form too") {
  CHECK(ImageSummary{}.dangling());
  CHECK(ImageSummary{.repo_tags = {"<none>:<none>"}, .repo_digests = {"<none>@<none>"}}.dangling());
  CHECK_FALSE(ImageSummary{.repo_tags = {"a:1"}}.dangling());
  CHECK_FALSE(ImageSummary{.repo_digests = {"a@sha256:1"}}.dangling());
}

TEST_CASE("a tag request names the repository and the tag") {
  CHECK(engine::tag_image("busybox", "localhost:5000/x")->target() ==
        "/images/busybox/tag?repo=localhost%3A5000%2Fx&tag=latest");
  CHECK(
      engine::tag_image("Bad Name", "x").error().message ==
      "Error parsing reference: \"Bad Name\" is not a valid repository/tag: invalid reference format: repository name "
      "(library/Bad Name) must be lowercase");
  CHECK(engine::tag_image("x", "x@sha256:" + std::string(64, 'a')).error().message ==
        "refusing to create a tag with a digest reference");
}

TEST_CASE("prune reports are decoded") {
  CHECK(*engine::decode_prune_report(R"({"ContainersDeleted":["a","b"],"SpaceReclaimed":12})", "ContainersDeleted",
                                     "x") == engine::PruneReport{{"a", "b"}, 12});
  CHECK(*engine::decode_prune_report(R"({"VolumesDeleted":null,"SpaceReclaimed":0})", "VolumesDeleted", "x") ==
        engine::PruneReport{});
  CHECK(*engine::decode_image_prune_report(
            R"({"ImagesDeleted":[{"Untagged":"a:1"},{"Deleted":"sha256:b"}],"SpaceReclaimed":7})", "x") ==
        engine::ImagePruneReport{{{"a:1", ""}, {"", "sha256:b"}}, 7});
  CHECK(engine::decode_prune_report("", "x", "Error retrieving disk usage").error().message ==
        "Error retrieving disk usage: EOF");
}

TEST_CASE("platforms are sent as JSON") {
  CHECK(engine::platform_json({"linux", "", "arm64", "v8"}) ==
        R"({"architecture":"arm64","os":"linux","variant":"v8"})");
  CHECK(engine::platform_json({"windows", "10.0", "amd64", ""}) ==
        R"({"architecture":"amd64","os":"windows","os.version":"10.0"})");
}
