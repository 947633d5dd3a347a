#pragma once

// CLI11, without <iostream>: that header makes the whole of C++'s locales at every start of the program (a twentieth of
// what a short command does), and CLI11 only names std::cout and std::cerr in default arguments that nothing here uses.
#include <istream>
#include <ostream>

#ifdef __GLIBCXX__
#define _GLIBCXX_IOSTREAM 1  // NOLINT(bugprone-reserved-identifier): the guard of libstdc++'s <iostream>
namespace std {              // NOLINT(cert-dcl58-cpp): what that header declares
extern ostream cout;
extern ostream cerr;
}  // namespace std
#endif

#include <CLI/CLI.hpp>
