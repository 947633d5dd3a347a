#include <archive.h>
#include <archive_entry.h>

#include "dockerlite/stream/tar.hpp"

namespace dockerlite::stream {

namespace {

constexpr std::size_t kBlock = 512;

std::string text(const char* value) { return value != nullptr ? value : ""; }

Result<TarEntry::Kind> kind_of(archive_entry* entry) {
  if (::archive_entry_hardlink(entry) != nullptr) return TarEntry::Kind::hard_link;
  switch (::archive_entry_filetype(entry)) {
    case AE_IFREG:
      return TarEntry::Kind::file;
    case AE_IFDIR:
      return TarEntry::Kind::directory;
    case AE_IFLNK:
      return TarEntry::Kind::symlink;
    case AE_IFCHR:
      return TarEntry::Kind::character_device;
    case AE_IFBLK:
      return TarEntry::Kind::block_device;
    case AE_IFIFO:
      return TarEntry::Kind::fifo;
    default:
      return error("unhandled tar header type");
  }
}

}  // namespace

struct TarReader::State {
  TarSource source;
  archive* reader = ::archive_read_new();
  std::optional<Error> failure;  ///< the source's
  std::int64_t received = 0;
  bool opened = false;

  explicit State(TarSource the_source) : source(std::move(the_source)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ::archive_read_free(reader); }

  static la_ssize_t on_read(archive*, void* user, const void** buffer) {
    auto& state = *static_cast<State*>(user);
    auto piece = state.source();
    if (!piece) {
      state.failure = std::move(piece).error();
      return ARCHIVE_FATAL;
    }
    *buffer = piece->data();
    state.received += static_cast<std::int64_t>(piece->size());
    return static_cast<la_ssize_t>(piece->size());
  }

  Error problem() const {
    if (failure) return *failure;
    const std::string reason = text(::archive_error_string(reader));
    const bool cut = reason.find("runcated") != std::string::npos || received % static_cast<std::int64_t>(kBlock) != 0;
    return error(cut ? "unexpected EOF" : "archive/tar: invalid tar header");
  }
};

TarReader::TarReader(TarSource source) : state_(std::make_unique<State>(std::move(source))) {}
TarReader::TarReader(TarReader&&) noexcept = default;
TarReader& TarReader::operator=(TarReader&&) noexcept = default;
TarReader::~TarReader() = default;

Result<bool> TarReader::next(TarEntry& entry) {
  State& state = *state_;
  if (state.reader == nullptr) return error("libarchive: out of memory");
  if (!state.opened) {
    state.opened = true;
    ::archive_read_support_format_tar(state.reader);
    ::archive_read_support_format_empty(state.reader);
    if (::archive_read_open(state.reader, &state, nullptr, State::on_read, nullptr) != ARCHIVE_OK)
      return state.problem();
  }
  archive_entry* header = nullptr;
  // A warning is about a name that the C locale cannot hold: libarchive hands out its bytes then, which is what is
  // wanted.
  const int status = ::archive_read_next_header(state.reader, &header);
  if (status == ARCHIVE_EOF) return false;
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return state.problem();

  DL_TRY(entry.kind, kind_of(header));
  entry.name = text(::archive_entry_pathname(header));
  entry.link = text(entry.kind == TarEntry::Kind::hard_link ? ::archive_entry_hardlink(header)
                                                            : ::archive_entry_symlink(header));
  entry.mode = ::archive_entry_perm(header);
  entry.uid = ::archive_entry_uid(header);
  entry.gid = ::archive_entry_gid(header);
  entry.size = ::archive_entry_size(header);
  entry.modified = {::archive_entry_mtime(header), ::archive_entry_mtime_nsec(header)};
  entry.accessed.reset();
  if (::archive_entry_atime_is_set(header) != 0)
    entry.accessed = TarTime{::archive_entry_atime(header), ::archive_entry_atime_nsec(header)};
  entry.device_major = static_cast<unsigned>(::archive_entry_rdevmajor(header));
  entry.device_minor = static_cast<unsigned>(::archive_entry_rdevminor(header));
  entry.attributes.clear();
  ::archive_entry_xattr_reset(header);
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  while (::archive_entry_xattr_next(header, &name, &value, &size) == ARCHIVE_OK)
    entry.attributes.emplace_back(name, std::string(static_cast<const char*>(value), size));
  return true;
}

Result<bool> TarReader::read(Piece& piece) {
  const void* bytes = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  const int status = ::archive_read_data_block(state_->reader, &bytes, &size, &offset);
  if (status == ARCHIVE_EOF) return false;
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return state_->problem();
  piece = {{static_cast<const char*>(bytes), size}, offset};
  return true;
}

}  // namespace dockerlite::stream
