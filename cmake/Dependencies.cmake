# The libraries of the distribution that we build with. Each one is used behind one folder's wall:
# CLI11 in cli, libcurl in transport, nlohmann-json in engine, config and format, spdlog in util/log.cpp.
find_package(Threads REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)

# fmt comes as a shared library, which costs start-up time. Its non-inline part is one short file of ours instead
# (src/util/fmt_impl.cpp); the headers are the distribution's.
add_library(dockerlite_fmt INTERFACE)
get_target_property(_fmt_includes fmt::fmt INTERFACE_INCLUDE_DIRECTORIES)
target_include_directories(dockerlite_fmt SYSTEM INTERFACE ${_fmt_includes})

add_library(dockerlite_spdlog INTERFACE)
get_target_property(_spdlog_includes spdlog::spdlog_header_only INTERFACE_INCLUDE_DIRECTORIES)
target_include_directories(dockerlite_spdlog SYSTEM INTERFACE ${_spdlog_includes})
target_compile_definitions(dockerlite_spdlog INTERFACE SPDLOG_FMT_EXTERNAL)

add_library(dockerlite_json INTERFACE)
target_link_libraries(dockerlite_json INTERFACE nlohmann_json::nlohmann_json)

include(Curl)
include(LibArchive)
