#include "dockerlite/engine/archive.hpp"

#include "decode.hpp"
#include "dockerlite/engine/query.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::engine {

namespace {

Result<transport::Request> archive_request(transport::Method method, std::string_view container,
                                           std::string_view path) {
  transport::Request request{.method = method};
  DL_TRY(request.path, container_path(container, "archive"));
  request.query.add("path", std::string(path));
  return request;
}

Result<PathStat> decode(std::string_view header) {
  DL_TRY(const std::string json, util::base64_decode(header));
  DL_TRY(const auto document, decode_document(json));
  if (!document.is_object()) return unexpected_kind(document.type_name(), "container.PathStat");
  return PathStat{.name = text_at(document, "name"),
                  .mode = static_cast<std::uint32_t>(integer_at(document, "mode")),
                  .link_target = text_at(document, "linkTarget")};
}

}  // namespace

Result<PathStat> decode_path_stat(const transport::ResponseHead& head) {
  auto stat = decode(transport::header_value(head.headers, "X-Docker-Container-Path-Stat"));
  if (!stat) return error("unable to decode container path stat header: " + stat.error().message);
  return stat;
}

Result<transport::Request> stat_path(std::string_view container, std::string_view path) {
  return archive_request(transport::Method::head, container, path);
}

Result<transport::Request> get_archive(std::string_view container, std::string_view path) {
  return archive_request(transport::Method::get, container, path);
}

Result<transport::Request> put_archive(std::string_view container, std::string_view path, bool copy_uid_gid) {
  DL_TRY(auto request, archive_request(transport::Method::put, container, path));
  request.query.add("noOverwriteDirNonDir", "true");
  if (copy_uid_gid) request.query.add("copyUIDGID", "true");
  return request;
}

Result<transport::Request> export_container(std::string_view container) {
  transport::Request request{.method = transport::Method::get};
  DL_TRY(request.path, container_path(container, "export"));
  return request;
}

Result<transport::Request> commit_container(const CommitOptions& options) {
  const std::string_view container = util::trim_space(options.container);
  if (container.empty()) return error("invalid container name or ID: value is empty");
  transport::Request request{.method = transport::Method::post, .path = "/commit"};
  request.query.add("container", std::string(container))
      .add("repo", options.repository)
      .add("tag", options.tag)
      .add("comment", options.comment)
      .add("author", options.author);
  for (const auto& change : options.changes) request.query.add("changes", change);
  if (!options.pause) request.query.add("pause", "0");
  return request;
}

Result<std::string> decode_commit(std::string_view body) {
  DL_TRY(const auto document, decode_document(body));
  if (!document.is_object()) return unexpected_kind(document.type_name(), "container.CommitResponse");
  return text_at(document, "Id");
}

}  // namespace dockerlite::engine
