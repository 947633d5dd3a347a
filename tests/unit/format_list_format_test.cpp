#include "dockerlite/format/list_format.hpp"
#include "support/catch.hpp"

namespace {

using namespace dockerlite::format;

struct Container {
  std::string id, names, state, status, image;
  std::vector<std::pair<std::string_view, std::string>> labels{};
};

std::string id(const Container& c) { return c.id; }
std::string names(const Container& c) { return c.names; }
std::string state(const Container& c) { return c.state; }
std::string status(const Container& c) { return c.status; }
std::string image(const Container& c) { return c.image; }
std::string size(const Container& /*c*/) { return "0B"; }
Value platform(const Container& /*c*/) {
  static constexpr Type kPlatform{.kind = Kind::structure, .name = "formatter.Platform"};
  static constexpr Type kPointer{.kind = Kind::pointer, .element = &kPlatform};
  return Value::nil(kPointer);
}
std::string label(const void* row, std::string_view key) {
  for (const auto& [name, value] : static_cast<const Container*>(row)->labels)
    if (name == key) return value;
  return {};
}

constexpr Column kColumns[] = {
    column<id>("ID", "CONTAINER ID"),         column<names>("Names", "NAMES"), column<state>("State", "STATE"),
    column<status>("Status", "STATUS"),       column<image>("Image", "IMAGE"), column<size>("Size", "SIZE"),
    column<platform>("Platform", "PLATFORM"),
};
constexpr ListType kType{"*formatter.ContainerContext", kColumns, label};

const std::vector<Container>& containers() {
  static const std::vector<Container> all{
      {std::string(64, 'a'), "web", "running", "Up 3 hours", "busybox:latest", {{"a.b-c_d", "v1"}, {"k", "x"}}},
      {std::string(64, 'b'),
       "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D",
       "exited",
       "Exited (0) 2 days ago",
       "registry.example.com/a/very/long/name:tag",
       {{"k", "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 e\xCC\x81"}}},
      {std::string(64, 'c'), "x", "", "", "i", {{"k", "tab\there"}, {"a.b-c_d", "new\nline"}}},
      {std::string(64, 'd'), "h\xC3\xA9llo", "created", "<&>", "i", {}},
  };
  return all;
}

struct Case {
  std::string_view format, output, error;
};

// What docker 28.2.2 prints for `ps -a --no-trunc --format ...` of these containers.
constexpr Case kCases[] = {
    {R"(table {{.ID}}\t{{.Names}}\t{{.State}})",
     "CONTAINER ID                                                       NAMES          "
     "STATE\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa   web            "
     "running\nbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb   "
     "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D   "
     "exited\ncccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc   x              "
     "\ndddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd   h\xC3\xA9llo          created\n",
     ""},
    {"table {{.Names}}",
     "NAMES\nweb\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\nx\nh\xC3\xA9llo\n", ""},
    {R"(table {{.Names}}\t)",
     "NAMES          \nweb            \n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D   \nx "
     "             \nh\xC3\xA9llo          \n",
     ""},
    {R"(table\t{{.Names}}\t{{.State}})",
     "          NAMES          STATE\n          web            running\n          "
     "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D   exited\n          x              \n   "
     "       h\xC3\xA9llo          created\n",
     ""},
    {R"(table {{.Names}}\t{{.Status}}\t{{.Image}}\t{{.Label "k"}})",
     "NAMES          STATUS                  IMAGE                                       k\nweb            Up 3 hours  "
     "            busybox:latest                              "
     "x\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D   Exited (0) 2 days ago   "
     "registry.example.com/a/very/long/name:tag   "
     "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 e\xCC\x81\nx                            "
     "          i                                           tab       here\nh\xC3\xA9llo          <&>                  "
     "   i                                           \n",
     ""},
    {"tablefoo {{.Names}}",
     "foo NAMES\nfoo web\nfoo \xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\nfoo x\nfoo "
     "h\xC3\xA9llo\n",
     ""},
    {"table{{.Names}}",
     "NAMES\nweb\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\nx\nh\xC3\xA9llo\n", ""},
    {R"(table {{.Names}} {{.State}}\n{{.Status}})",
     "NAMES STATE\nSTATUS\nweb running\nUp 3 "
     "hours\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D exited\nExited (0) 2 days ago\nx "
     "\n\nh\xC3\xA9llo created\n<&>\n",
     ""},
    {R"(table {{.Names}}\t{{.State}}\n\t{{.Status}}\t{{.Image}})",
     "NAMES          STATE\n               STATUS    IMAGE\nweb            running\n               Up 3 hours   "
     "busybox:latest\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D   exited\n              "
     " Exited (0) 2 days ago   registry.example.com/a/very/long/name:tag\nx              \n                         "
     "i\nh\xC3\xA9llo          created\n               <&>       i\n",
     ""},
    {R"(table {{.Label "k"}}\t{{.Label "a.b-c_d"}})",
     "k         b c d\nx         v1\n\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 "
     "e\xCC\x81      \ntab       here      new\nline\n          \n",
     ""},
    {R"(table {{.Label "a.b-c_d"}}\t{{.Names}})",
     "b c d     NAMES\nv1        web\n          "
     "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\nnew\nline      x\n          "
     "h\xC3\xA9llo\n",
     ""},
    {R"(table {{upper .Names}}\t{{lower .State}}\t{{title .State}}|)",
     "NAMES          STATE     STATE|\nWEB            running   "
     "Running|\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D   exited    Exited|\nX        "
     "                |\nH\xC3\x89LLO          created   Created|\n",
     ""},
    {R"(table {{json .Names}}\t{{pad .State 2 2}}|{{truncate .Image 3}}\t{{join (split .Image "/") "-"}})",
     "NAMES              STATE  |IMAGE   IMAGE\n\"web\"              running  |bus   "
     "busybox:latest\n\"\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\"     exited  |reg    "
     "registry.example.com-a-very-long-name:tag\n\"x\"              |i                i\n\"h\xC3\xA9llo\"            "
     "created  |i     i\n",
     ""},
    {R"(table {{.Names}}\t{{len .Names}})",
     "NAMES          5\nweb            3\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D   "
     "18\nx              1\nh\xC3\xA9llo          6\n",
     ""},
    {R"(table {{printf "%5s" .State}}\t{{.Names}})",
     "STATE     NAMES\nrunning   web\nexited    "
     "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\n          x\ncreated   h\xC3\xA9llo\n",
     ""},
    {R"(table {{if eq .State "running"}}up{{else}}down{{end}}\t{{.Names}})",
     "down      NAMES\nup        web\ndown      "
     "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\ndown      x\ndown      h\xC3\xA9llo\n",
     ""},
    {R"(table {{range $i, $e := split .Image "/"}}{{$e}}\t{{end}})",
     "\nbusybox:latest         \nregistry.example.com   a         very      long      name:tag   \ni                   "
     "   \ni                      \n",
     ""},
    {"table {{.Nope}}", "",
     R"(template parsing error: template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type *formatter.ContainerContext)"},
    {"table {{.Names.x}}", "",
     R"(template parsing error: template: :1:8: executing "" at <.Names.x>: can't evaluate field x in type string)"},
    {"table {{.Names", "", "template parsing error: template: :1: unclosed action"},
    {"table ", "\n\n\n\n\n", ""},
    {R"(table {{.Platform}}\tx)", "PLATFORM   x\n<nil>      x\n<nil>      x\n<nil>      x\n<nil>      x\n", ""},
    {R"(table {{index (split .Image "/") 0}}\t{{.Names}})",
     "73                     NAMES\nbusybox:latest         web\nregistry.example.com   "
     "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\ni                      x\ni            "
     "          h\xC3\xA9llo\n",
     ""},
    {R"(table {{with .State}}{{.}}{{end}}\t{{.Names}})",
     "STATE     NAMES\nrunning   web\nexited    "
     "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\n          x\ncreated   h\xC3\xA9llo\n",
     ""},
    {R"(table {{define "x"}}{{.}}{{end}}{{template "x" .Names}})",
     "NAMES\nweb\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\nx\nh\xC3\xA9llo\n", ""},
    {R"(table a\tb\tc)",
     "a         b         c\na         b         c\na         b         c\na         b         c\na         b         "
     "c\n",
     ""},
    {"{{.Names}}", "web\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\nx\nh\xC3\xA9llo\n",
     ""},
    {R"({{.ID}}\t{{.Names}})",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\tweb\nbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
     "bbbbbbbbbbbbbbbbbbbbbb\t\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\nccccccccccccccc"
     "ccccccccccccccccccccccccccccccccccccccccccccccccc\tx\nddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
     "ddddd\th\xC3\xA9llo\n",
     ""},
    {R"({{.ID}}: {{.Names}}\n---)",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: "
     "web\n---\nbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb: "
     "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\n---"
     "\ncccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc: "
     "x\n---\ndddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd: h\xC3\xA9llo\n---\n",
     ""},
    {"  {{.Names}}  ",
     "web\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\nx\nh\xC3\xA9llo\n", ""},
    {"{{.Nope}}", "",
     R"(template parsing error: template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type *formatter.ContainerContext)"},
    {"{{.Names.x}}", "",
     R"(template parsing error: template: :1:8: executing "" at <.Names.x>: can't evaluate field x in type string)"},
    {"{{.Names 1}}", "",
     R"(template parsing error: template: :1:2: executing "" at <.Names>: wrong number of args for Names: want 0 got 1)"},
    {"{{.Label}}", "",
     R"(template parsing error: template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 0)"},
    {R"({{.Label "a" "b"}})", "",
     R"(template parsing error: template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 2)"},
    {"{{.Label 1}}", "", R"(template parsing error: template: :1:9: executing "" at <1>: expected string; found 1)"},
    {R"({{.Label .Names}}|{{.Label "k"}})",
     "|x\n|\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 e\xCC\x81\n|tab\there\n|\n", ""},
    {R"({{"k" | .Label}})",
     "x\n\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 e\xCC\x81\ntab\there\n\n", ""},
    {"{{.Names", "", "template parsing error: template: :1: unclosed action"},
    {R"({{json .Names}} {{json .Status}} {{json (.Label "k")}})",
     "\"web\" \"Up 3 hours\" \"x\"\n\"\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\" "
     "\"Exited (0) 2 days ago\" \"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 "
     "e\xCC\x81\"\n\"x\" \"\" \"tab\\there\"\n\"h\xC3\xA9llo\" \"<&>\" \"\"\n",
     ""},
    {R"({{printf "%T" .Platform}} {{.Platform}} {{json .Platform}} {{if .Platform}}a{{else}}b{{end}})",
     "*formatter.Platform <nil> null b\n*formatter.Platform <nil> null b\n*formatter.Platform <nil> null "
     "b\n*formatter.Platform <nil> null b\n",
     ""},
    {R"({{printf "%q" .Status}} {{printf "%v" .State}})",
     "\"Up 3 hours\" running\n\"Exited (0) 2 days ago\" exited\n\"\" \n\"<&>\" created\n", ""},
    {"TABLE {{.Names}}",
     "TABLE web\nTABLE \xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\nTABLE x\nTABLE "
     "h\xC3\xA9llo\n",
     ""},
    {" table {{.Names}}",
     "table web\ntable \xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE5\x90\x8D\xE5\x89\x8D\ntable x\ntable "
     "h\xC3\xA9llo\n",
     ""},
    {"JSONX", "JSONX\nJSONX\nJSONX\nJSONX\n", ""},
    {R"({{eq .State "running"}}{{if eq .State "running"}}!{{end}})", "true!\nfalse\nfalse\nfalse\n", ""},
    {"{{len .}}", "",
     R"(template parsing error: template: :1:2: executing "" at <len .>: error calling len: len of type formatter.ContainerContext)"},
    {"{{index . 1}}", "",
     R"(template parsing error: template: :1:2: executing "" at <index . 1>: error calling index: can't index item of type formatter.ContainerContext)"},
    {"{{.Size}}", "0B\n0B\n0B\n0B\n", ""},
};

}  // namespace

TEST_CASE("A list is printed as docker prints it") {
  for (const Case& c : kCases) {
    CAPTURE(c.format);
    std::string output;
    const auto format = ListFormat::parse(c.format, kType);
    if (!format) {
      CHECK(format.error().message == c.error);
      continue;
    }
    const auto result = format->write(containers(), output);
    CHECK(output == c.output);
    CHECK((result ? std::string() : result.error().message) == c.error);
  }
}

TEST_CASE("The format json prints each row's fields sorted by name") {
  const auto format = ListFormat::parse("json", kType);
  REQUIRE(format.ok());
  std::string output;
  REQUIRE(format->write(std::vector<Container>{{"1", "<a>", "running", "", "i"}}, output).ok());
  CHECK(output ==
        R"({"ID":"1","Image":"i","Names":"\u003ca\u003e","Platform":null,"Size":"0B","State":"running","Status":""})"
        "\n");
}

TEST_CASE("A table without rows is its header line") {
  const auto format = ListFormat::parse("table {{.ID}}\\t{{.Names}}", kType);
  REQUIRE(format.ok());
  std::string output;
  REQUIRE(format->write(std::vector<Container>{}, output).ok());
  CHECK(output == "CONTAINER ID   NAMES\n");
}

TEST_CASE("A row that fails leaves the output as it was") {
  const auto format = ListFormat::parse("{{.ID}}{{if eq .ID \"2\"}}{{.Nope}}{{end}}", kType);
  REQUIRE(format.ok());
  std::string output = "before";
  CHECK_FALSE(format->write(std::vector<Container>{{"1", "", "", "", ""}, {"2", "", "", "", ""}}, output).ok());
  CHECK(output == "before");
}

TEST_CASE("Columns are aligned over the lines that have them") {
  std::string out;
  append_aligned(out, "a\tb\tc\nlonger than ten\tx\ty\nno cells\nq\tr\n\t\tend");
  CHECK(out ==
        "a                 b         c\n"
        "longer than ten   x         y\n"
        "no cells\n"
        "q         r\n"
        "                    end");
}
