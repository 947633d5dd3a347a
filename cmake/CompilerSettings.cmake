# Language level, warnings, sanitizers and hardening, as two interface targets that every target of the project links:
# dockerlite_settings (how we compile) and dockerlite_warnings (what we do not accept).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C CXX)

find_program(DOCKERLITE_CCACHE ccache)
if(DOCKERLITE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DOCKERLITE_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${DOCKERLITE_CCACHE})
endif()

add_library(dockerlite_warnings INTERFACE)
# A designated initialiser names what differs from the defaults; that the rest is left out is its point.
target_compile_options(dockerlite_warnings INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wnon-virtual-dtor;-Woverloaded-virtual;-Wcast-align;-Wimplicit-fallthrough;-Wno-missing-field-initializers;-Werror>)

# g++ 12 sees overlapping copies inside its own std::string once it optimises (GCC bug 105651), and values that are not set in
# each std::variant and std::optional that is moved (bug 80635).
target_compile_options(dockerlite_warnings INTERFACE $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict;-Wno-maybe-uninitialized>)

add_library(dockerlite_settings INTERFACE)
target_compile_features(dockerlite_settings INTERFACE cxx_std_20)
target_compile_options(dockerlite_settings INTERFACE -fstack-protector-strong -fno-plt)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # Small and early: sections that nothing needs are dropped, and every relocation is resolved once and made read-only.
  target_compile_options(dockerlite_settings INTERFACE -ffunction-sections -fdata-sections -fvisibility=hidden
    $<$<COMPILE_LANGUAGE:CXX>:-fvisibility-inlines-hidden>)
  target_compile_definitions(dockerlite_settings INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(dockerlite_settings INTERFACE -Wl,--gc-sections -Wl,-O1 -Wl,--as-needed -s)
  # Some ten thousand relative relocations (OpenSSL's tables, mostly) take a bit each instead of 24 bytes.
  include(CheckLinkerFlag)
  check_linker_flag(CXX -Wl,-z,pack-relative-relocs DOCKERLITE_PACKS_RELOCATIONS)
  if(DOCKERLITE_PACKS_RELOCATIONS)
    target_link_options(dockerlite_settings INTERFACE -Wl,-z,pack-relative-relocs)
  endif()
endif()
target_link_options(dockerlite_settings INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)

if(DOCKERLITE_SANITIZE)
  list(JOIN DOCKERLITE_SANITIZE "," _sanitizers)
  target_compile_options(dockerlite_settings INTERFACE -fsanitize=${_sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(dockerlite_settings INTERFACE -fsanitize=${_sanitizers})
endif()

# Folders whose code runs a few times in a command's life, at most: a release makes it small, so that less has to be read into memory.
set(DOCKERLITE_COLD_FOLDERS app cli command config engine gpu reference term)

# dockerlite_library(NAME DEPENDENCY...): the library of one folder, from all of its sources, so that a new file is built
# without being named anywhere. The dependencies are the other folders that it may include from.
function(dockerlite_library name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(dockerlite_${name} STATIC ${sources})
  target_include_directories(dockerlite_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(dockerlite_${name} PUBLIC dockerlite_settings PRIVATE dockerlite_warnings)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND name IN_LIST DOCKERLITE_COLD_FOLDERS)
    target_compile_options(dockerlite_${name} PRIVATE -Os)
  endif()
  foreach(dependency IN LISTS ARGN)
    target_link_libraries(dockerlite_${name} PUBLIC ${dependency})
  endforeach()
endfunction()
