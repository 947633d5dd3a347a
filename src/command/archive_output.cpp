#include "archive_output.hpp"

#include "dockerlite/util/atomic_file.hpp"
#include "interruption.hpp"

namespace dockerlite::command {

namespace {

constexpr unsigned kFileMode = 0600;

class FileSink final : public transport::Sink {
 public:
  explicit FileSink(util::AtomicFile& file) : file_(file) {}
  bool on_head(const transport::ResponseHead&) override { return true; }
  bool on_data(std::string_view bytes) override {
    outcome = file_.write(bytes);
    return outcome.ok();
  }
  Result<void> outcome;

 private:
  util::AtomicFile& file_;
};

}  // namespace

bool OutputSink::on_data(std::string_view bytes) {
  out_.write(bytes);
  outcome = out_.flush();
  return outcome.ok();
}

Result<void> write_archive(Context& context, const std::string& output, std::string_view action,
                           const std::function<Result<transport::Request>()>& make_request) {
  if (output.empty()) {
    if (context.io.out.is_terminal())
      return error("cowardly refusing to save to a terminal. Use the -o flag or redirect");
    DL_TRY(engine::Client* const engine, context.engine());
    DL_TRY(auto request, make_request());
    OutputSink sink(context.io.out);
    auto sent = engine->stream(std::move(request), sink);
    DL_CHECK(std::move(sink.outcome));
    return sent;
  }
  Interruption interruption;
  auto file = util::AtomicFile::create(output);
  if (!file) return error("failed to " + std::string(action) + ": " + file.error().message);
  DL_TRY(engine::Client* const engine, context.engine());
  DL_TRY(auto request, make_request());
  request.cancel_fd = interruption.fd();
  FileSink sink(*file);
  DL_CHECK(interruption.outcome(engine->stream(std::move(request), sink)));
  DL_CHECK(std::move(sink.outcome));
  return file->commit(kFileMode);
}

}  // namespace dockerlite::command
