// Catch2 2.13 is a header with its implementation inside: this compiles it once for all test programs. With Catch2 3
// the program's main comes from its library, and this file is not built.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
