#include "interactive_pump.hpp"

#include <poll.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <memory>

#include "dockerlite/stream/detach_keys.hpp"
#include "dockerlite/util/log.hpp"

namespace dockerlite::command {
namespace {

constexpr std::size_t kReadSize = 128U << 10;  // most of what a unix socket holds
constexpr std::size_t kFlowFrom = 16U << 10;   // nobody waits for the end of so much, to answer it
constexpr std::size_t kTypedSize = 32U << 10;
constexpr std::size_t kDirectFrom = 16U << 10;  // larger pieces are not worth copying
constexpr std::size_t kBufferLimit = 64U << 10;

/// Stdin's way to the engine, without ever blocking: what does not fit now waits in `pending`.
class InputPump {
 public:
  InputPump(transport::Stream& stream, term::InputStream& in, const PumpOptions& options) : stream_(stream), in_(in) {
    if (!options.input) {
      ended_ = true;  // our direction was closed when the stream began
      return;
    }
    if (options.detach_keys) detach_.emplace(*options.detach_keys);
    typed_ = std::make_unique<char[]>(kTypedSize);
  }

  bool ended() const { return ended_; }
  bool detached() const { return detached_; }
  bool wants_write() const { return !pending_.empty(); }
  bool wants_read() const { return !ended_ && pending_.empty(); }

  void read() {
    const auto count = in_.read(typed_.get(), kTypedSize);
    if (!count) util::log::debug("[hijack] stdin: " + count.error().message);
    if (!count || *count == 0) return finish();
    const std::string_view typed(typed_.get(), *count);
    if (detach_)
      detached_ = detach_->filter(typed, pending_);
    else
      pending_.assign(typed);
    write();
  }

  void write() {
    if (pending_.empty()) return;
    const auto count = stream_.write_some(pending_);
    if (!count) {
      // The reading side finds out why, and ends the stream.
      util::log::debug("[hijack] stdin: " + count.error().message);
      return finish();
    }
    pending_.erase(0, *count);
  }

 private:
  void finish() {
    ended_ = true;
    pending_.clear();
    (void)stream_.close_write();
  }

  transport::Stream& stream_;
  term::InputStream& in_;
  std::optional<stream::DetachFilter> detach_;
  std::unique_ptr<char[]> typed_;
  std::string pending_;
  bool ended_ = false, detached_ = false;
};

/// The engine's output on its way to stdout and stderr.
class OutputPump {
 public:
  OutputPump(transport::Stream& stream, term::Streams& io, const PumpOptions& options, const Event& stop)
      : stream_(stream), raw_(options.raw), writer_(io, &stop.flag()), buffer_(std::make_unique<char[]>(kReadSize)) {}

  /// One read; the number of its bytes, 0 at the end of the stream.
  Result<std::size_t> step() {
    DL_TRY(const std::size_t count, stream_.read(buffer_.get(), kReadSize));
    if (count == 0) return count;
    const std::string_view bytes(buffer_.get(), count);
    auto decoded = raw_ ? writer_.out(bytes) : decoder_.decode(bytes, writer_);
    DL_CHECK(writer_.flush());  // also what came before an error
    DL_CHECK(std::move(decoded));
    return count;
  }

 private:
  transport::Stream& stream_;
  bool raw_;
  OutputWriter writer_;
  stream::StdcopyDecoder decoder_;
  std::unique_ptr<char[]> buffer_;
};

/// Leaves an engine that writes block by block the time to write some more, instead of being woken for each.
void gather(const Event& stop) {
  constexpr timespec kTime{0, 200'000};
  pollfd entry{stop.fd(), POLLIN, 0};
  ::ppoll(&entry, 1, &kTime, nullptr);
}

}  // namespace

Result<void> OutputWriter::write(term::OutputStream& target, std::string_view bytes) {
  if (target.fd() >= 0) return term::write_fd(target.fd(), bytes, stop_);
  target.write(bytes);
  return target.flush();
}

Result<void> OutputWriter::flush() {
  if (buffer_.empty()) return {};
  auto written = write(*target_, buffer_);
  buffer_.clear();
  return written;
}

Result<void> OutputWriter::put(term::OutputStream& target, std::string_view bytes) {
  if (target_ != &target || buffer_.size() + bytes.size() > kBufferLimit) DL_CHECK(flush());
  target_ = &target;
  if (bytes.size() >= kDirectFrom && buffer_.empty()) return write(target, bytes);
  buffer_.append(bytes);
  return {};
}

Result<PumpEnd> pump(transport::Stream& stream, term::Streams& io, const PumpOptions& options, const Event& stop,
                     const Event* finish) {
  DL_CHECK(io.out.flush());
  InputPump input(stream, io.in, options);
  OutputPump output(stream, io, options, stop);
  const int in_fd = io.in.fd();

  while (true) {
    if (stop.is_set()) return PumpEnd::stopped;
    if (input.detached() && !input.wants_write()) return PumpEnd::detached;
    if (!options.output) {
      if (input.ended()) return PumpEnd::input_ended;
      if (finish != nullptr && finish->is_set()) return PumpEnd::finished;
    }

    enum : std::size_t { kStream, kIn, kStop, kFinish, kCount };
    std::array<pollfd, kCount> entries{};
    const bool read_in = input.wants_read() && !input.detached();
    entries[kStream] = {stream.fd(),
                        static_cast<short>((options.output ? POLLIN : 0) | (input.wants_write() ? POLLOUT : 0)), 0};
    entries[kIn] = {read_in ? in_fd : -1, POLLIN, 0};
    entries[kStop] = {stop.fd(), POLLIN, 0};
    entries[kFinish] = {!options.output && finish != nullptr ? finish->fd() : -1, POLLIN, 0};
    if (entries[kStream].events == 0) entries[kStream].fd = -1;
    const bool at_once = (options.output && stream.buffered()) || (read_in && in_fd < 0);
    if (::poll(entries.data(), entries.size(), at_once ? 0 : -1) < 0) {
      if (errno == EINTR) continue;
      return error("poll: " + util::errno_text(errno));
    }

    if ((entries[kStream].revents & (POLLOUT | POLLERR)) != 0) input.write();
    if (read_in && (entries[kIn].revents != 0 || in_fd < 0)) input.read();
    if (options.output && ((entries[kStream].revents & (POLLIN | POLLHUP | POLLERR)) != 0 || stream.buffered())) {
      auto count = output.step();
      if (!count && count.error().kind == ErrorKind::cancelled) return PumpEnd::stopped;
      if (!count) return std::move(count).error();
      if (*count == 0) return PumpEnd::output_ended;
      if (*count >= kFlowFrom && *count < kReadSize) gather(stop);  // blocks, and there was room for more
    }
  }
}

}  // namespace dockerlite::command
