#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "dockerlite/term/streams.hpp"
#include "dockerlite/util/file.hpp"
#include "support/catch.hpp"

using dockerlite::Error;
using dockerlite::ErrorKind;
using dockerlite::term::make_fd_input;
using dockerlite::term::make_fd_output;
using dockerlite::term::StringInput;
using dockerlite::term::write_fd;
using dockerlite::util::UniqueFd;

namespace {

struct Pipe {
  Pipe() {
    int fds[2];
    REQUIRE(::pipe2(fds, O_CLOEXEC) == 0);
    read_end.reset(fds[0]);
    write_end.reset(fds[1]);
  }
  std::string take() {
    char buffer[256];
    ::fcntl(read_end.get(), F_SETFL, O_NONBLOCK);
    const ssize_t count = ::read(read_end.get(), buffer, sizeof buffer);
    return count > 0 ? std::string(buffer, static_cast<std::size_t>(count)) : "";
  }
  UniqueFd read_end, write_end;
};

void ignore_sigpipe() { ::signal(SIGPIPE, SIG_IGN); }

}  // namespace

TEST_CASE("output is kept until the buffer is full, it is flushed, or it goes away") {
  Pipe pipe;
  {
    const auto out = make_fd_output(pipe.write_end.get(), 8);
    out->write("1234");
    CHECK(pipe.take().empty());
    out->write("56789");
    CHECK(pipe.take() == "1234");
    REQUIRE(out->flush());
    CHECK(pipe.take() == "56789");
    out->write("longer than the buffer");
    CHECK(pipe.take() == "longer than the buffer");
    out->write("end");
  }
  CHECK(pipe.take() == "end");
}

TEST_CASE("unbuffered output goes out at once, after what was written before it elsewhere") {
  Pipe pipe;
  const auto out = make_fd_output(pipe.write_end.get(), 100);
  const auto err = make_fd_output(pipe.write_end.get(), 0, out.get());
  out->write("out ");
  err->write("err");
  CHECK(pipe.take() == "out err");
}

TEST_CASE("output into a pipe that nobody reads is a silent error, told once") {
  ignore_sigpipe();
  Pipe pipe;
  const auto out = make_fd_output(pipe.write_end.get(), 100);
  pipe.read_end.reset();
  out->write("lost");
  const auto flushed = out->flush();
  REQUIRE_FALSE(flushed);
  CHECK(flushed.error() == Error{ErrorKind::exit_status, "", 0, 128 + SIGPIPE});
  CHECK(out->flush());
}

TEST_CASE("output on a full disk is an error in Go's words") {
  const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full.valid());
  const auto written = write_fd(full.get(), "x");
  REQUIRE_FALSE(written);
  CHECK(written.error() == dockerlite::error("write /dev/stdout: no space left on device"));
}

TEST_CASE("output to a descriptor that somebody made non-blocking waits for its reader") {
  Pipe pipe;
  ::fcntl(pipe.write_end.get(), F_SETFL, O_NONBLOCK);
  const std::string much(1U << 20, 'x');
  std::size_t received = 0;
  std::thread reader([&] {
    char buffer[65536];
    for (ssize_t count = 0; (count = ::read(pipe.read_end.get(), buffer, sizeof buffer)) > 0;)
      received += static_cast<std::size_t>(count);
  });
  CHECK(write_fd(pipe.write_end.get(), much));
  pipe.write_end.reset();
  reader.join();
  CHECK(received == much.size());
}

TEST_CASE("a blocked write gives up when it is told to stop") {
  Pipe pipe;
  ::fcntl(pipe.write_end.get(), F_SETFL, O_NONBLOCK);
  std::atomic<bool> stop{false};
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    stop = true;
  });
  const auto written = write_fd(pipe.write_end.get(), std::string(1U << 20, 'x'), &stop);
  stopper.join();
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == ErrorKind::cancelled);
}

TEST_CASE("input is read in the pieces that are asked for") {
  Pipe pipe;
  REQUIRE(write_fd(pipe.write_end.get(), "abc"));
  pipe.write_end.reset();
  const auto in = make_fd_input(pipe.read_end.get());
  char buffer[2];
  CHECK(in->read(buffer, 2).value() == 2);
  CHECK(std::string_view(buffer, 2) == "ab");
  CHECK(in->read(buffer, 2).value() == 1);
  CHECK(in->read(buffer, 2).value() == 0);
  CHECK_FALSE(in->is_terminal());

  StringInput text("xyz");
  CHECK(text.read(buffer, 2).value() == 2);
  CHECK(text.read(buffer, 2).value() == 1);
  CHECK(buffer[0] == 'z');
  CHECK(text.read(buffer, 2).value() == 0);
}
