#include "dockerlite/cli/man.hpp"
#include "support/catch.hpp"

using namespace dockerlite;

namespace {

struct Options {
  std::string text;
  bool flag{};
  std::vector<std::string> arguments;
};

Result<void> nothing(Context&, Options&) { return {}; }

constexpr std::array kGlobals{cli::option<&Options::flag>("debug", 'D', "Log more")};
constexpr std::array kOptions{
    cli::option<&Options::text>("zone", 'z', "Zone, as in `name|number`").with_since("1.40").with_default("\"a\""),
    cli::option<&Options::flag>("all", 0, "All of them").as_extra(),
    cli::option<&Options::text>("old", 0, "The old way").with_deprecated("use --zone instead"),
    cli::option<&Options::flag>("secret", 0, "Not shown").as_hidden(),
    cli::option<&Options::text>("cpu", 0, "CPUs").with_os("windows"),
};

constexpr std::string_view kRootNames[] = {"docker"}, kCopyNames[] = {"container cp", "cp"},
                           kListNames[] = {"container ls"}, kHiddenNames[] = {"__hidden"};
constexpr cli::CommandSpec kRoot = cli::make_command<Options, nothing>(
    {.names = kRootNames, .usage = "[OPTIONS] COMMAND", .summary = "Work with engines", .options = kGlobals});
constexpr cli::CommandSpec kCopy = cli::make_command<Options, nothing>({
    .names = kCopyNames,
    .usage = "[OPTIONS] FROM TO|-\n\tdocker cp [OPTIONS] FROM|- TO",
    .summary = "Copy - or not",
    .description =
        "'-' is a stream.\n.dots and \\ stay.\n\nA paragraph that is long enough to be more than one line of "
        "the source, which is not to pass eighty.",
    .options = kOptions,
    .since = "1.30",
});
constexpr cli::CommandSpec kList = cli::make_command<Options, nothing>({.names = kListNames, .summary = "List them"});
constexpr cli::CommandSpec kHidden =
    cli::make_command<Options, nothing>({.names = kHiddenNames, .summary = "Hidden", .hidden = true});
constexpr const cli::CommandSpec* kCommands[] = {&kList, &kCopy, &kHidden};
constexpr cli::Group kGroups[] = {{"container", "Containers", ""}};
const cli::Program kProgram{
    .root = kRoot, .groups = kGroups, .commands = kCommands, .version = "1.2", .release_date = "2026-01-02"};

}  // namespace

TEST_CASE("a command's page", "[man]") {
  CHECK(cli::command_page(kProgram, kCopy, "cp") ==
        ".TH DOCKERLITE\\-CP 1 2026-01-02 \"dockerlite 1.2\" \"User Commands\"\n"
        ".nh\n"
        ".ad l\n"
        ".SH NAME\n"
        "dockerlite\\-cp \\- Copy \\- or not\n"
        ".SH SYNOPSIS\n"
        "\\fBdockerlite cp\\fR [OPTIONS] FROM TO|\\-\n"
        ".br\n"
        "\\fBdockerlite cp\\fR [OPTIONS] FROM|\\- TO\n"
        ".SH DESCRIPTION\n"
        "\\&'\\-' is a stream.\n"
        ".br\n"
        "\\&.dots and \\e stay.\n"
        ".PP\n"
        "A paragraph that is long enough to be more than one line of the source, which\n"
        "is not to pass eighty.\n"
        ".PP\n"
        "Needs an engine of API 1.30 or newer.\n"
        ".SH OPTIONS\n"
        ".TP\n"
        "\\fB\\-\\-all\\fR\n"
        "All of them. (not in docker)\n"
        ".TP\n"
        "\\fB\\-\\-cpu\\fR \\fIstring\\fR\n"
        "CPUs. (engines on windows)\n"
        ".TP\n"
        "\\fB\\-\\-old\\fR \\fIstring\\fR\n"
        "The old way. Deprecated: use \\-\\-zone instead.\n"
        ".TP\n"
        "\\fB\\-z\\fR, \\fB\\-\\-zone\\fR \\fIname|number\\fR\n"
        "Zone, as in name|number. (default \"a\"; engines from API 1.40)\n"
        ".SH ALIASES\n"
        "\\fBdockerlite container cp\\fR\n"
        ".SH SEE ALSO\n"
        "\\fBdockerlite\\fR(1),\n"
        "\\fBdockerlite\\-container\\-ls\\fR(1)\n");
}

TEST_CASE("the program's page lists its commands", "[man]") {
  CHECK(cli::program_page(kProgram) ==
        ".TH DOCKERLITE 1 2026-01-02 \"dockerlite 1.2\" \"User Commands\"\n"
        ".nh\n"
        ".ad l\n"
        ".SH NAME\n"
        "dockerlite \\- Work with engines\n"
        ".SH SYNOPSIS\n"
        "\\fBdockerlite\\fR [OPTIONS] COMMAND\n"
        ".SH DESCRIPTION\n"
        "A small, fast client of the Docker Engine.\n"
        "Its commands and options are those of docker.\n"
        ".SH COMMANDS\n"
        ".TP\n"
        "\\fBcontainer ls\\fR\n"
        "List them. See \\fBdockerlite\\-container\\-ls\\fR(1).\n"
        ".TP\n"
        "\\fBcontainer cp\\fR, \\fBcp\\fR\n"
        "Copy \\- or not. See \\fBdockerlite\\-container\\-cp\\fR(1).\n"
        ".SH OPTIONS\n"
        ".TP\n"
        "\\fB\\-D\\fR, \\fB\\-\\-debug\\fR\n"
        "Log more.\n");
}

TEST_CASE("each name of a command has a page, hidden commands have none", "[man]") {
  std::vector<std::string> names;
  for (const cli::ManPage& page : cli::man_pages(kProgram)) names.push_back(page.name);
  CHECK(names ==
        std::vector<std::string>{"dockerlite", "dockerlite-container-ls", "dockerlite-container-cp", "dockerlite-cp"});
}
