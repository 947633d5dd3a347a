// Extracts whatever comes into a folder: nothing may crash, and nothing may appear beside the folder.
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>

#include "dockerlite/stream/tar_extract.hpp"

namespace {

/// Folders that nobody may read are opened first, so that the next run finds nothing of this one.
int remove_one(const char* path, const struct stat*, int type, FTW*) {
  if (type == FTW_D || type == FTW_DNR) ::chmod(path, S_IRWXU);
  return 0;
}
int unlink_one(const char* path, const struct stat*, int, FTW* where) { return where->level > 0 ? ::remove(path) : 0; }

constexpr int kOpenFolders = 16;
constexpr std::size_t kBlock = 512;

/// A folder that holds the destination and one file to watch, made once.
struct Playground {
  std::string outer = "/tmp/tar-fuzz-XXXXXX", inner;
  Playground() {
    if (::mkdtemp(outer.data()) == nullptr) ::abort();
    inner = outer + "/in";
    ::mkdir(inner.c_str(), S_IRWXU);
    const int fd = ::open((outer + "/watched").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, S_IRUSR);
    if (fd < 0 || ::write(fd, "x", 1) != 1) ::abort();
    ::close(fd);
  }
  void clean() const {
    ::nftw(inner.c_str(), remove_one, kOpenFolders, FTW_PHYS);
    ::nftw(inner.c_str(), unlink_one, kOpenFolders, FTW_PHYS | FTW_DEPTH);
  }
  void check() const {
    struct stat watched {
    }, folder{};
    if (::lstat((outer + "/watched").c_str(), &watched) != 0 || watched.st_size != 1 || watched.st_nlink != 1 ||
        (watched.st_mode & 07777U) != S_IRUSR)
      ::abort();
    if (::lstat(outer.c_str(), &folder) != 0 || (folder.st_mode & 07777U) != S_IRWXU) ::abort();
    int entries = 0;
    DIR* stream = ::opendir(outer.c_str());
    while (::readdir(stream) != nullptr) ++entries;
    ::closedir(stream);
    if (entries != 4) ::abort();  // ".", "..", "in" and "watched"
  }
};

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

/// Puts the sums of headers right again, without which few changes would get past the first check.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned) {
  constexpr std::size_t kSum = 148, kSumSize = 8, kMagic = 257;
  size = LLVMFuzzerMutate(data, size, max_size);
  for (std::size_t at = 1; at + kBlock <= size; at += kBlock) {
    std::uint8_t* block = data + at;
    if (std::memcmp(block + kMagic, "ustar", 5) != 0) continue;
    std::memset(block + kSum, ' ', kSumSize);
    unsigned sum = 0;
    for (std::size_t i = 0; i < kBlock; ++i) sum += block[i];
    std::snprintf(reinterpret_cast<char*>(block + kSum), kSumSize, "%06o", sum);
  }
  return size;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Playground ground;
  if (size == 0) return 0;
  // The first byte says how the stream is cut.
  const std::size_t piece_size = data[0] % 4 == 0 ? 1 + data[0] : kBlock * (1U + data[0]);
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  dockerlite::stream::TarReader reader([&]() -> dockerlite::Result<std::string_view> {
    const std::string_view piece = rest.substr(0, piece_size);
    rest.remove_prefix(piece.size());
    return piece;
  });
  static_cast<void>(dockerlite::stream::extract_tar(reader, {.directory = ground.inner}));
  ground.check();
  ground.clean();
  return 0;
}
