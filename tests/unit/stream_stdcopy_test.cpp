#include "dockerlite/stream/stdcopy.hpp"
#include "support/catch.hpp"

using dockerlite::Error;
using dockerlite::Result;
using dockerlite::stream::PayloadSink;
using dockerlite::stream::StdcopyDecoder;

namespace {

struct Recorder : PayloadSink {
  std::string out_text, err_text;
  std::string order;  // of the streams, without repetition
  Result<void> out(std::string_view bytes) override {
    out_text += bytes;
    if (!order.ends_with('o')) order += 'o';
    return {};
  }
  Result<void> err(std::string_view bytes) override {
    err_text += bytes;
    if (!order.ends_with('e')) order += 'e';
    return {};
  }
};

std::string frame(char stream, const std::string& payload, std::string_view unused = std::string_view("\0\0\0", 3)) {
  std::string bytes(1, stream);
  bytes += unused;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(payload.size() >> shift & 0xff);
  return bytes + payload;
}

struct Outcome {
  std::string out, err, order, error;
  bool boundary = false;
  bool operator==(const Outcome&) const = default;
};

Outcome decode(const std::vector<std::string_view>& chunks) {
  StdcopyDecoder decoder;
  Recorder sink;
  Outcome outcome;
  for (const std::string_view chunk : chunks) {
    if (auto result = decoder.decode(chunk, sink); !result) {
      outcome.error = result.error().message;
      break;
    }
  }
  outcome.out = sink.out_text;
  outcome.err = sink.err_text;
  outcome.order = sink.order;
  outcome.boundary = decoder.at_boundary();
  return outcome;
}

}  // namespace

TEST_CASE("stdcopy gives the same result however the stream is cut") {
  const std::string bytes = frame(1, "one\n") + frame(2, "E1\n") + frame(0, "zero\n") + frame(1, "") +
                            frame(2, std::string(300, 'x'), "\1\2\3") + frame(1, "end");
  const Outcome whole{"one\nzero\nend", "E1\n" + std::string(300, 'x'), "oeoeo", "", true};
  CHECK(decode({bytes}) == whole);
  const std::string_view view = bytes;
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) CHECK(decode({view.substr(0, cut), view.substr(cut)}) == whole);
  std::vector<std::string_view> single;
  for (std::size_t i = 0; i < bytes.size(); ++i) single.push_back(view.substr(i, 1));
  CHECK(decode(single) == whole);
}

TEST_CASE("stdcopy passes payload on without copying it") {
  const std::string bytes = frame(1, "payload");
  struct Address : PayloadSink {
    const char* at = nullptr;
    Result<void> out(std::string_view payload) override {
      at = payload.data();
      return {};
    }
    Result<void> err(std::string_view) override { return {}; }
  } sink;
  StdcopyDecoder decoder;
  REQUIRE(decoder.decode(bytes, sink));
  CHECK(sink.at == bytes.data() + 8);
}

TEST_CASE("stdcopy reports an error of the engine, whole, at every cut") {
  const std::string bytes = frame(1, "before") + frame(3, "disk gone") + frame(1, "after");
  const std::string_view view = bytes;
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const Outcome outcome = decode({view.substr(0, cut), view.substr(cut)});
    CHECK(outcome.error == "error from daemon in stream: disk gone");
    CHECK(outcome.out == "before");
  }
  CHECK(decode({frame(3, "")}).error == "error from daemon in stream: ");
}

TEST_CASE("stdcopy refuses a stream that it does not know") {
  CHECK(decode({frame(9, "x")}).error == "Unrecognized input header: 9");
  CHECK(decode({frame(static_cast<char>(200), "x")}).error == "Unrecognized input header: 200");
}

TEST_CASE("stdcopy knows whether the stream ended within a frame") {
  const std::string bytes = frame(1, "abcdef");
  const std::string_view view = bytes;
  CHECK(decode({view.substr(0, 3)}) == Outcome{"", "", "", "", false});
  CHECK(decode({view.substr(0, view.size() - 3)}) == Outcome{"abc", "", "o", "", false});
}

TEST_CASE("stdcopy stops at the sink's error") {
  struct Full : PayloadSink {
    Result<void> out(std::string_view) override { return dockerlite::error("no space left on device"); }
    Result<void> err(std::string_view) override { return {}; }
  } sink;
  StdcopyDecoder decoder;
  const auto result = decoder.decode(frame(1, "x"), sink);
  REQUIRE_FALSE(result);
  CHECK(result.error() == dockerlite::error("no space left on device"));
}
