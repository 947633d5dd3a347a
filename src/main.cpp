#include "dockerlite/app/app.hpp"

int main(int argc, char** argv) { return dockerlite::app::run(argc, argv); }
