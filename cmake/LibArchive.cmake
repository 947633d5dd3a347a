# Defines dockerlite_archive: the tar reader and writer of libarchive, which src/stream links and src/stream/tar_reader.cpp and
# tar_writer.cpp alone include. It is always linked statically: the shared library brings compressors, XML and ACL libraries with
# it, which cost every start time. Of the static one a single object is made that holds only what the tar format needs; it depends
# on nothing but the C library, so none of the libraries of the other formats has to be there.
find_path(LIBARCHIVE_INCLUDE_DIR archive.h REQUIRED)
find_library(LIBARCHIVE_STATIC_LIBRARY libarchive.a REQUIRED)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${LIBARCHIVE_STATIC_LIBRARY})

# All that the two files call; what these need comes along.
set(_calls
  archive_error_string
  archive_entry_new archive_entry_free archive_entry_clear
  archive_entry_atime archive_entry_atime_is_set archive_entry_atime_nsec
  archive_entry_filetype archive_entry_gid archive_entry_hardlink archive_entry_mtime archive_entry_mtime_nsec
  archive_entry_pathname archive_entry_perm archive_entry_rdevmajor archive_entry_rdevminor archive_entry_size
  archive_entry_symlink archive_entry_uid archive_entry_xattr_next archive_entry_xattr_reset
  archive_entry_set_gid archive_entry_set_hardlink archive_entry_set_mode archive_entry_set_mtime archive_entry_set_pathname
  archive_entry_set_rdevmajor archive_entry_set_rdevminor archive_entry_set_size archive_entry_set_symlink archive_entry_set_uid
  archive_entry_xattr_add_entry
  archive_read_new archive_read_free archive_read_open archive_read_next_header archive_read_data_block
  archive_read_support_format_empty archive_read_support_format_tar
  archive_write_new archive_write_free archive_write_open archive_write_close archive_write_header
  archive_write_data archive_write_set_bytes_in_last_block archive_write_set_bytes_per_block
  archive_write_set_format_option archive_write_set_format_pax_restricted)
list(TRANSFORM _calls PREPEND --undefined= OUTPUT_VARIABLE _roots)

# GNU's linker whatever the compiler: lld makes no object of an archive alone.
find_program(DOCKERLITE_GNU_LD NAMES ld.bfd ld REQUIRED)

set(_folder ${CMAKE_BINARY_DIR}/libarchive)
file(MAKE_DIRECTORY ${_folder})
file(REMOVE ${_folder}/libtar.a)
# Names that only dropped sections used remain after the first step, and go with the second.
execute_process(
  COMMAND ${DOCKERLITE_GNU_LD} -r --gc-sections ${_roots} -o ${_folder}/tar.o ${LIBARCHIVE_STATIC_LIBRARY} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_OBJCOPY} --strip-unneeded ${_folder}/tar.o COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_AR} rcs ${_folder}/libtar.a ${_folder}/tar.o COMMAND_ERROR_IS_FATAL ANY)

add_library(dockerlite_archive INTERFACE)
target_include_directories(dockerlite_archive SYSTEM INTERFACE ${LIBARCHIVE_INCLUDE_DIR})
target_link_libraries(dockerlite_archive INTERFACE ${_folder}/libtar.a)
