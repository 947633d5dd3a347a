#include "dockerlite/engine/progress.hpp"
#include "support/catch.hpp"

using dockerlite::engine::decode_progress;
using dockerlite::engine::ProgressSink;
using dockerlite::term::ProgressDetail;
using dockerlite::term::ProgressMessage;

TEST_CASE("a progress message is read with all of its fields") {
  ProgressMessage expected;
  expected.stream = "s";
  expected.status = "Downloading";
  expected.id = "abc";
  expected.from = "img";
  expected.detail = ProgressDetail{.current = 1, .total = 2, .start = 3, .hide_counts = true, .units = "files"};
  expected.progress = "[=>]";
  expected.time = 4;
  expected.time_nano = 5;
  expected.error = "gone";
  expected.aux = R"({"ID":"x"})";
  CHECK(decode_progress(
            R"({"stream":"s","status":"Downloading","id":"abc","from":"img","progress":"[=>]","time":4,"timeNano":5,)"
            R"("progressDetail":{"current":1,"total":2,"start":3,"hidecounts":true,"units":"files"},)"
            R"("errorDetail":{"code":7,"message":"gone"},"error":"gone","aux":{"ID":"x"},"unknown":[1]})")
            .value() == expected);
  ProgressMessage empty_detail;
  empty_detail.detail.emplace();
  CHECK(decode_progress(R"({"progressDetail":{},"aux":null,"errorDetail":null,"status":null})").value() ==
        empty_detail);
  CHECK(decode_progress("null").value() == ProgressMessage{});
}

TEST_CASE("a progress message that is none is refused in Go's words") {
  CHECK(decode_progress("[]").error().message ==
        "json: cannot unmarshal array into Go value of type jsonmessage.JSONMessage");
  CHECK(decode_progress(R"({"status":5})").error().message ==
        "json: cannot unmarshal number into Go struct field JSONMessage.status of type string");
  CHECK(decode_progress(R"({"progressDetail":{"current":"x"}})").error().message ==
        "json: cannot unmarshal string into Go struct field JSONMessage.progressDetail.current of type int64");
  CHECK_FALSE(decode_progress("{'a':1}"));
}

TEST_CASE("bytes that are no UTF-8 are shown as U+FFFD") {
  CHECK(decode_progress("{\"status\":\"a\xff"
                        "b\"}")
            ->status ==
        "a\xef\xbf\xbd"
        "b");
}

TEST_CASE("a progress stream goes to the display, and what is data to its receiver, however it is cut") {
  const std::string bytes = "{\"status\":\"one\"}\r\n{\"aux\":{\"ID\":\"x\"}}{\"status\":\"two\"}";
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    dockerlite::term::StringOutput out;
    const dockerlite::util::Clock clock;
    std::string aux;
    ProgressSink sink(&out, clock, [&](std::string_view json) { aux += json; });
    CHECK(sink.on_data(std::string_view(bytes).substr(0, cut)));
    CHECK(sink.on_data(std::string_view(bytes).substr(cut)));
    CHECK(sink.finish({}).ok());
    CHECK(out.text == "one\ntwo\n");
    CHECK(aux == R"({"ID":"x"})");
  }
}

TEST_CASE("a progress stream's own error counts more than how the transfer ended, which counts more than a cut") {
  const dockerlite::util::Clock clock;
  const auto outcome = [&](std::string_view bytes, dockerlite::Result<void> transfer) {
    ProgressSink sink(nullptr, clock);
    (void)sink.on_data(bytes);
    const auto result = sink.finish(std::move(transfer));
    return result ? std::string() : result.error().message;
  };
  CHECK(outcome(R"({"errorDetail":{"message":"no space"}})", dockerlite::error("broken")) == "no space");
  CHECK(outcome(R"({"status":"x)", dockerlite::error("broken")) == "broken");
  CHECK(outcome(R"({"status":"x)", {}) == "unexpected EOF");
  CHECK(outcome(R"({"error":"legacy"})", {}).empty());
}
