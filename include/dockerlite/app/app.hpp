#pragma once

namespace dockerlite::app {

/// The whole program: reads the global options, finds and runs the command, prints the error if there is one, and gives
/// the exit code. Called once, by main.
int run(int argc, char** argv);

}  // namespace dockerlite::app
