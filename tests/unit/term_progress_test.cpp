#include "dockerlite/term/progress.hpp"
#include "support/catch.hpp"

using dockerlite::term::progress_text;
using dockerlite::term::ProgressDetail;
using dockerlite::term::ProgressDisplay;
using dockerlite::term::ProgressMessage;
using dockerlite::term::StringOutput;
using dockerlite::term::WindowSize;

namespace {

// Sizes as docker writes them, for the values used here.
std::string size_text(double bytes, int) {
  if (bytes == 520192) return "520.2kB";
  if (bytes == 2000000) return "2MB";
  if (bytes == 3000000) return "3MB";
  if (bytes == 12345678) return "12.35MB";
  return std::to_string(static_cast<int>(bytes)) + "B";
}

struct FixedClock : dockerlite::util::Clock {
  std::chrono::system_clock::time_point now() const override {
    return std::chrono::system_clock::time_point(std::chrono::seconds(1700000010));
  }
};

ProgressMessage status(std::string text) {
  ProgressMessage message;
  message.status = std::move(text);
  return message;
}

ProgressMessage layer(std::string id, std::string text, ProgressDetail detail = {}) {
  ProgressMessage message = status(std::move(text));
  message.id = std::move(id);
  message.detail = std::move(detail);
  return message;
}

ProgressMessage log(std::string text, std::optional<ProgressDetail> detail = std::nullopt) {
  ProgressMessage message;
  message.stream = std::move(text);
  if (detail) message.id = "dddddddddddd";
  message.detail = std::move(detail);
  return message;
}

// The stream that the expected texts below were recorded with from docker 28.
std::vector<ProgressMessage> recorded_stream() {
  ProgressMessage first = status("Pulling from library/busybox");
  first.id = "latest";
  ProgressMessage old_bar = status("old bar");
  old_bar.id = "eeeeeeeeeeee";
  old_bar.progress = "[==>]";
  ProgressMessage no_id = status("no id");
  no_id.detail = ProgressDetail{.current = 1, .total = 2, .units = {}};
  ProgressMessage no_id_empty = status("no id");
  no_id_empty.detail.emplace();
  ProgressMessage from = status("from");
  from.from = "img";
  from.id = "f";
  from.time = 1700000000;
  ProgressMessage nano = status("nano");
  nano.time_nano = 1700000000000000123;
  return {first,
          layer("aaaaaaaaaaaa", "Pulling fs layer"),
          layer("bbbbbbbbbbbb", "Pulling fs layer"),
          layer("aaaaaaaaaaaa", "Downloading", {.current = 520192, .total = 2000000, .units = {}}),
          layer("bbbbbbbbbbbb", "Downloading", {.current = 3000000, .total = 2000000, .units = {}}),
          layer("bbbbbbbbbbbb", "Extracting", {.current = 12345678, .units = {}}),
          layer("bbbbbbbbbbbb", "Extracting", {.current = 5, .units = "layers"}),
          layer("bbbbbbbbbbbb", "Extracting", {.current = 5, .total = 10, .units = "layers"}),
          layer("bbbbbbbbbbbb", "Extracting", {.current = 15, .total = 10, .units = "layers"}),
          layer("cccccccccccc", "Extracting", {.current = 15, .total = 100, .hide_counts = true, .units = {}}),
          log("Step 1/2 : FROM scratch\n"),
          log("with detail", ProgressDetail{.current = 1, .total = 2, .units = {}}),
          log("with empty detail", ProgressDetail{}),
          old_bar,
          no_id,
          no_id_empty,
          ProgressMessage{},
          from,
          nano,
          layer("aaaaaaaaaaaa", "Pull complete"),
          status("Digest: sha256:x"),
          status("Status: Downloaded newer image for busybox:latest")};
}

std::string shown(std::optional<WindowSize> size) {
  ::setenv("TZ", "UTC", 1);
  StringOutput out(size);
  const FixedClock clock;
  ProgressDisplay display(out, clock, &size_text);
  for (const ProgressMessage& message : recorded_stream()) display.show(message);
  return out.text;
}

}  // namespace

TEST_CASE("progress on a wide terminal is drawn with bars, as docker draws it") {
  CHECK(
      shown(WindowSize{30, 120}) ==
      "latest: Pulling from library/busybox\n\n\x1b[1A\x1b[2K\raaaaaaaaaaaa: Pulling fs layer "
      "\r\x1b[1B\n\x1b[1A\x1b[2K\r"
      "bbbbbbbbbbbb: Pulling fs layer \r\x1b[1B\x1b[2A\x1b[2K\raaaaaaaaaaaa: Downloading "
      "[=============>                                     ]  520.2kB/2MB\r\x1b[2B\x1b[1A\x1b[2K\rbbbbbbbbbbbb: "
      "Downloading "
      "[==================================================>]      3MB\r\x1b[1B\x1b[1A\x1b[2K\rbbbbbbbbbbbb: Extracting "
      " "
      "12.35MB\r\x1b[1B\x1b[1A\x1b[2K\rbbbbbbbbbbbb: Extracting 5 layers\r\x1b[1B\x1b[1A\x1b[2K\rbbbbbbbbbbbb: "
      "Extracting "
      "[=========================>                         ] 5/10 layers\r\x1b[1B\x1b[1A\x1b[2K\rbbbbbbbbbbbb: "
      "Extracting "
      "[==================================================>] 15 layers\r\x1b[1B\n\x1b[1A\x1b[2K\rcccccccccccc: "
      "Extracting "
      "[=======>                                           ] \r\x1b[1BStep 1/2 : FROM scratch\n\n\x1b[1A\x1b[1B\x1b[1A"
      "dddddddddddd:  \x1b[1B\n\x1b[1A"
      "eeeeeeeeeeee: old bar [==>]\x1b[1B\x1b[2K\rno id "
      "[=========================>                         ]       1B/2B\r\x1b[2K\rno id \r\n"
      "2023-11-14T22:13:20.000000000Z f: (from img) from\n2023-11-14T22:13:20.000000123Z nano\n\n\x1b[1A\x1b[2K\r"
      "aaaaaaaaaaaa: Pull complete \r\x1b[1B"
      "Digest: sha256:x\nStatus: Downloaded newer image for busybox:latest\n");
}

TEST_CASE("progress on a narrow terminal leaves the bars out") {
  CHECK(shown(WindowSize{30, 80}).find("aaaaaaaaaaaa: Downloading  520.2kB/2MB\r") != std::string::npos);
  CHECK(shown(WindowSize{30, 110}) == shown(WindowSize{30, 80}));
  CHECK(shown(WindowSize{30, 111}) == shown(WindowSize{30, 120}));
}

TEST_CASE("progress that goes to no terminal is plain lines") {
  CHECK(shown(std::nullopt) ==
        "latest: Pulling from library/busybox\naaaaaaaaaaaa: Pulling fs layer\nbbbbbbbbbbbb: Pulling fs layer\n"
        "Step 1/2 : FROM scratch\ndddddddddddd: with empty detaileeeeeeeeeeee: old bar [==>]no id\n\n"
        "2023-11-14T22:13:20.000000000Z f: (from img) from\n2023-11-14T22:13:20.000000123Z nano\n"
        "aaaaaaaaaaaa: Pull complete\nDigest: sha256:x\nStatus: Downloaded newer image for busybox:latest\n");
}

TEST_CASE("progress shows the time left when the start is known and there is room") {
  const ProgressDetail detail{.current = 10, .total = 40, .start = 1700000000, .hide_counts = true, .units = {}};
  const auto now = FixedClock().now();
  CHECK(progress_text(detail, 51, now, &size_text) == " 30s");
  CHECK(progress_text(detail, 50, now, &size_text).empty());
}

TEST_CASE("progress of nothing is no text, and a nonsensical one does no harm") {
  const auto now = FixedClock().now();
  CHECK(progress_text({}, 120, now, &size_text).empty());
  CHECK(progress_text({.current = -5, .total = -1, .units = {}}, 120, now, &size_text).empty());
  CHECK(progress_text({.current = -5, .total = 10, .hide_counts = true, .units = {}}, 120, now, &size_text) ==
        "[>" + std::string(50, ' ') + "] ");
}
