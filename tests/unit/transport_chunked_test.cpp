#include "support/catch.hpp"
#include "transport/chunked.hpp"

using dockerlite::transport::ChunkedDecoder;

namespace {

struct Outcome {
  std::string payload, error;
  std::string left;  // behind the body's end
  bool ended = false;
  bool operator==(const Outcome&) const = default;
};

/// The outcome of a body that arrives in pieces of this size, and of its end there.
Outcome decode(std::string_view body, std::size_t piece = std::string_view::npos) {
  ChunkedDecoder decoder;
  Outcome outcome;
  while (!body.empty() && !decoder.ended()) {
    std::string_view bytes = body.substr(0, piece);
    const std::size_t size = bytes.size();
    while (!bytes.empty() && !decoder.ended()) {
      const auto payload = decoder.next(bytes);
      if (!payload) {
        outcome.error = payload.error().message;
        return outcome;
      }
      outcome.payload += *payload;
    }
    body.remove_prefix(size - bytes.size());
  }
  outcome.left = body;
  outcome.ended = decoder.ended();
  if (!outcome.ended) outcome.error = decoder.cut_off().message;
  return outcome;
}

std::string error_of(std::string_view body) { return decode(body).error; }

}  // namespace

TEST_CASE("a chunked body gives the same payload however it is cut") {
  constexpr std::string_view kBody = "5\r\nfirst\r\nA;name=value\r\n0123456789\r\n00001 \t\r\n.\r\n0\r\n\r\n";
  const Outcome expected{"first0123456789.", "", "", true};
  for (std::size_t piece = 1; piece <= kBody.size(); ++piece) CHECK(decode(kBody, piece) == expected);
}

TEST_CASE("a chunked body ends with its trailer, and what follows is left alone") {
  for (std::size_t piece = 1; piece < 20; ++piece) {
    CHECK(decode("1\r\nx\r\n0\r\n\r\nHTTP/1.1 200", piece) == Outcome{"x", "", "HTTP/1.1 200", true});
    CHECK(decode("1\r\nx\r\n000;end\r\nA: 1\r\nB: 2\r\n\r\n\r\n", piece) == Outcome{"x", "", "\r\n", true});
  }
}

TEST_CASE("payload may hold what the coding is made of") {
  CHECK(decode("9\r\n0\r\n\r\n1\r\nx\r\n0\r\n\r\n").payload == "0\r\n\r\n1\r\nx");
}

TEST_CASE("payload is passed on before its chunk is complete, and is not copied") {
  ChunkedDecoder decoder;
  const std::string body = "ffffffffffffffff\r\nabc";
  std::string_view bytes = body;
  const auto payload = decoder.next(bytes);
  REQUIRE(payload.ok());
  CHECK(*payload == "abc");
  CHECK(payload->data() == body.data() + 18);
  CHECK(bytes.empty());
  CHECK(decoder.chunks() == 1);
  CHECK_FALSE(decoder.ended());
}

// The texts are those of docker 28 on the same answers.
TEST_CASE("what is wrong with a chunked body") {
  CHECK(error_of("zz\r\n") == "invalid byte in chunk length");
  CHECK(error_of("0x5\r\n") == "invalid byte in chunk length");
  CHECK(error_of("+5\r\n") == "invalid byte in chunk length");
  CHECK(error_of("5 ;x\r\n") == "invalid byte in chunk length");
  CHECK(error_of("\r\n") == "empty hex number for chunk length");
  CHECK(error_of(";x\r\n") == "empty hex number for chunk length");
  CHECK(error_of("11111111111111111\r\n") == "http chunk length too large");
  CHECK(error_of("00000000000000001\r\n") == "http chunk length too large");
  CHECK(error_of("5\nhello\r\n") == "chunked line ends with bare LF");
  CHECK(error_of("5\r\nhello\n0\r\n") == "malformed chunked encoding");
  CHECK(error_of("5\r\nhelloXX") == "malformed chunked encoding");
  CHECK(error_of("0\r\ngarbage\r\n\r\n") == "malformed MIME header: missing colon: \"garbage\"");
}

TEST_CASE("a chunk's first line and a trailer have a longest length") {
  const std::string fits = "1;" + std::string(4092, 'a') + "\r\n";
  CHECK(decode(fits + "x\r\n0\r\n\r\n") == Outcome{"x", "", "", true});
  CHECK(decode(fits + "x\r\n0\r\n\r\n", 1000) == Outcome{"x", "", "", true});
  CHECK(error_of("1;" + std::string(4093, 'a') + "\r\n") == "header line too long");
  CHECK(error_of(std::string(5000, '1')) == "header line too long");
  CHECK(error_of("0\r\nA: " + std::string(5000, 'a') + "\r\n\r\n") ==
        "http: suspiciously long trailer after chunked body");
}

TEST_CASE("a chunked body that is cut off") {
  for (const std::string_view body :
       {"", "5", "5\r", "5\r\n", "5\r\nhel", "5\r\nhello", "5\r\nhello\r", "5\r\nhello\r\n"})
    CHECK(error_of(body) == "unexpected EOF");
  CHECK(decode("5\r\nhel").payload == "hel");
  for (const std::string_view body : {"0\r\n", "0\r\n\r", "0\r\n\n"})
    CHECK(error_of(body) == "http: unexpected EOF reading trailer");
  for (const std::string_view body : {"0\r\nTr", "0\r\nA: b\r\nB: c", "0\r\nA: b\r\n"})
    CHECK(error_of(body) == "http: suspiciously long trailer after chunked body");
}
