#include <thread>

#include "command/container/cp_pipe.hpp"
#include "command/container/cp_progress.hpp"
#include "support/catch.hpp"

using namespace dockerlite;
using command::CopyPipe;
using command::CopyProgress;

TEST_CASE("a pipe hands over every byte in order, however large the pieces", "[command][cp]") {
  std::string sent;
  for (int i = 0; sent.size() < 3'000'000; ++i) sent += std::to_string(i) + ' ';
  CopyPipe pipe;
  std::thread writer([&] {
    for (std::size_t at = 0, size = 1; at < sent.size(); at += size, size = size * 3 % 700'001)
      pipe.push(std::string_view(sent).substr(at, size));
    pipe.finish({});
  });
  std::string received;
  while (true) {
    const auto piece = pipe.next();
    REQUIRE(piece.ok());
    if (piece->empty()) break;
    received += *piece;
  }
  writer.join();
  CHECK((received == sent));
}

TEST_CASE("a pipe's reader gets the writer's error after the last piece", "[command][cp]") {
  CopyPipe pipe;
  REQUIRE(pipe.push("abc"));
  pipe.finish(error("cut"));
  CHECK(*pipe.next() == "abc");
  CHECK(pipe.next().error() == error("cut"));
}

TEST_CASE("a writer does not wait for a reader that has gone", "[command][cp]") {
  CopyPipe pipe;
  std::thread reader([&] {
    static_cast<void>(pipe.next());
    pipe.close();
  });
  bool taken = true;
  for (int i = 0; i < 100 && taken; ++i) taken = pipe.push(std::string(100'000, 'x'));
  reader.join();
  CHECK_FALSE(taken);
}

namespace {

struct SteppingClock final : util::Clock {
  mutable std::chrono::system_clock::time_point time{};
  std::chrono::system_clock::time_point now() const override { return time; }
};

}  // namespace

TEST_CASE("a copy's progress is shown after half a second, then now and then", "[command][cp]") {
  term::StringOutput out(term::WindowSize{24, 80});
  SteppingClock clock;
  CopyProgress progress(out, clock, "Copying - ", true);
  const auto add_after = [&](int milliseconds, std::size_t bytes) {
    clock.time += std::chrono::milliseconds(milliseconds);
    progress.add(bytes);
  };
  add_after(499, 1000);
  CHECK(out.text.empty());
  add_after(1, 1000);
  add_after(74, 1'000'000);
  add_after(1, 234'000);
  CHECK(out.text == "\rCopying - 2kB\x1b[K\rCopying - 1.24MB\x1b[K");
  out.text.clear();
  progress.clear();
  progress.clear();
  CHECK(out.text == "\r\x1b[K");
  CHECK(progress.total() == 1'236'000);
}

TEST_CASE("without a terminal, or where it is not wanted, a copy's bytes are only counted", "[command][cp]") {
  term::StringOutput file, terminal(term::WindowSize{24, 80});
  SteppingClock clock;
  CopyProgress to_file(file, clock, "x", true), quiet(terminal, clock, "x", false);
  clock.time += std::chrono::seconds(10);
  to_file.add(5);
  quiet.add(6);
  to_file.clear();
  quiet.clear();
  CHECK(file.text + terminal.text == "");
  CHECK(to_file.total() == 5);
  CHECK(quiet.total() == 6);
}
