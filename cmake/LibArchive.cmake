# Defines dockerlite_archive: the tar reader and writer of libarchive, which src/stream links and src/stream/tar_*.cpp alone
# include. It is always the static archive: the shared library pulls in compressors, XML and ACL libraries, a millisecond of
# every start. Of the static one only the tar format is called; with --gc-sections the linker drops the other formats before it
# looks for what they need, so none of their libraries has to be there.
find_path(LIBARCHIVE_INCLUDE_DIR archive.h REQUIRED)
find_library(LIBARCHIVE_STATIC_LIBRARY libarchive.a REQUIRED)

add_library(dockerlite_archive INTERFACE)
target_include_directories(dockerlite_archive SYSTEM INTERFACE ${LIBARCHIVE_INCLUDE_DIR})
target_link_libraries(dockerlite_archive INTERFACE ${LIBARCHIVE_STATIC_LIBRARY} -Wl,--gc-sections)
