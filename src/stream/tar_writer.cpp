#include <archive.h>
#include <archive_entry.h>

#include "dockerlite/stream/tar.hpp"

namespace dockerlite::stream {

namespace {

unsigned file_type(TarEntry::Kind kind) {
  switch (kind) {
    case TarEntry::Kind::directory:
      return AE_IFDIR;
    case TarEntry::Kind::symlink:
      return AE_IFLNK;
    case TarEntry::Kind::character_device:
      return AE_IFCHR;
    case TarEntry::Kind::block_device:
      return AE_IFBLK;
    case TarEntry::Kind::fifo:
      return AE_IFIFO;
    case TarEntry::Kind::file:
    case TarEntry::Kind::hard_link:
      break;
  }
  return AE_IFREG;
}

}  // namespace

struct TarWriter::State {
  Sink sink;
  archive* writer = ::archive_write_new();
  archive_entry* header = ::archive_entry_new();
  bool given_up = false;

  explicit State(Sink the_sink) : sink(std::move(the_sink)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    ::archive_entry_free(header);
    // libarchive frees its buffers only when it ends an archive, also one that was given up: nothing of that is taken.
    given_up = true;
    ::archive_write_free(writer);
  }

  static la_ssize_t on_write(archive*, void* user, const void* buffer, std::size_t size) {
    const auto& state = *static_cast<State*>(user);
    if (state.given_up) return ARCHIVE_FATAL;
    state.sink({static_cast<const char*>(buffer), size});
    return static_cast<la_ssize_t>(size);
  }

  Result<void> check(la_ssize_t status) const {
    if (status >= 0 || status == ARCHIVE_WARN) return {};
    const char* reason = ::archive_error_string(writer);
    return error(std::string("archive/tar: ") + (reason != nullptr ? reason : "cannot write"));
  }
};

TarWriter::TarWriter(Sink sink) : state_(std::make_unique<State>(std::move(sink))) {
  archive* writer = state_->writer;
  if (writer == nullptr) return;
  ::archive_write_set_format_pax_restricted(writer);
  // Attributes under the name that docker reads, without libarchive's own copy of them.
  ::archive_write_set_format_option(writer, "pax", "xattrheader", "SCHILY");
  ::archive_write_set_bytes_per_block(writer, 0);
  ::archive_write_set_bytes_in_last_block(writer, 1);
  ::archive_write_open(writer, state_.get(), nullptr, State::on_write, nullptr);
}
TarWriter::TarWriter(TarWriter&&) noexcept = default;
TarWriter& TarWriter::operator=(TarWriter&&) noexcept = default;
TarWriter::~TarWriter() = default;

Result<void> TarWriter::add(const TarEntry& entry) {
  archive_entry* header = state_->header;
  if (state_->writer == nullptr || header == nullptr) return error("libarchive: out of memory");
  ::archive_entry_clear(header);
  ::archive_entry_set_pathname(header, entry.name.c_str());
  ::archive_entry_set_mode(header, file_type(entry.kind) | (entry.mode & 07777U));
  ::archive_entry_set_uid(header, entry.uid);
  ::archive_entry_set_gid(header, entry.gid);
  ::archive_entry_set_size(header, entry.kind == TarEntry::Kind::file ? entry.size : 0);
  ::archive_entry_set_mtime(header, entry.modified.seconds, static_cast<long>(entry.modified.nanoseconds));
  if (entry.kind == TarEntry::Kind::symlink) ::archive_entry_set_symlink(header, entry.link.c_str());
  if (entry.kind == TarEntry::Kind::hard_link) ::archive_entry_set_hardlink(header, entry.link.c_str());
  ::archive_entry_set_rdevmajor(header, entry.device_major);
  ::archive_entry_set_rdevminor(header, entry.device_minor);
  for (const auto& [name, value] : entry.attributes)
    ::archive_entry_xattr_add_entry(header, name.c_str(), value.data(), value.size());
  return state_->check(::archive_write_header(state_->writer, header));
}

Result<void> TarWriter::write(std::string_view bytes) {
  const la_ssize_t written = ::archive_write_data(state_->writer, bytes.data(), bytes.size());
  DL_CHECK(state_->check(written));
  if (static_cast<std::size_t>(written) != bytes.size()) return error("archive/tar: write too long");
  return {};
}

Result<void> TarWriter::finish() { return state_->check(::archive_write_close(state_->writer)); }

}  // namespace dockerlite::stream
