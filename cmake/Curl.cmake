# Defines dockerlite_curl, the libcurl that src/transport links: the only file of the project that includes curl.
find_package(CURL REQUIRED)

add_library(dockerlite_curl INTERFACE)
target_link_libraries(dockerlite_curl INTERFACE CURL::libcurl)
