#include "dockerlite/term/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "dockerlite/util/duration.hpp"

namespace dockerlite::term {
namespace {

constexpr unsigned kUnknownWidth = 200;
constexpr unsigned kBarAbove = 110;       // columns
constexpr unsigned kRemainingAbove = 50;  // columns
constexpr int kBarWidth = 50;

constexpr std::int64_t kSecond = 1'000'000'000;  // nanoseconds

// Time left at the pace so far, to the second, as docker estimates it (nanoseconds an item, cut off to a whole number).
std::string remaining_text(const ProgressDetail& detail, std::chrono::system_clock::time_point now) {
  using std::chrono::nanoseconds;
  const std::int64_t since_epoch = std::chrono::duration_cast<nanoseconds>(now.time_since_epoch()).count();
  std::int64_t start = 0, left = 0;
  if (__builtin_mul_overflow(detail.start, kSecond, &start)) return "";
  const std::int64_t per_item = (since_epoch - start) / detail.current;
  if (__builtin_mul_overflow(detail.total - detail.current, per_item, &left)) return "";
  const std::int64_t half = left < 0 ? -kSecond / 2 : kSecond / 2;
  return " " + util::format_duration((left / kSecond + (left % kSecond + half) / kSecond) * kSecond);
}

std::string timestamp_text(const ProgressMessage& message) {
  std::time_t seconds = message.time;
  std::int64_t nanos = 0;
  if (message.time_nano != 0) {
    seconds = message.time_nano / kSecond;
    nanos = message.time_nano % kSecond;
    if (nanos < 0) {
      nanos += kSecond;
      --seconds;
    }
  }
  std::tm local{};
  localtime_r(&seconds, &local);
  char date[32], zone[8];
  std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &local);
  std::strftime(zone, sizeof zone, "%z", &local);
  const std::string offset = local.tm_gmtoff == 0 ? "Z" : std::string(zone, 3) + ":" + std::string(zone + 3, 2);
  return fmt::format("{}.{:09}{} ", date, nanos, offset);
}

}  // namespace

std::string progress_text(const ProgressDetail& detail, unsigned width, std::chrono::system_clock::time_point now,
                          SizeText size_text) {
  const auto size = [&](std::int64_t bytes) { return size_text(static_cast<double>(bytes), 4); };
  if (detail.current <= 0 && detail.total <= 0) return "";
  if (detail.total <= 0)
    return detail.units.empty() ? fmt::format("{:>8}", size(detail.current))
                                : fmt::format("{} {}", detail.current, detail.units);

  const double ratio = static_cast<double>(detail.current) / static_cast<double>(detail.total);
  const int filled = static_cast<int>(std::min(ratio * 100, 1000.0)) / 2;
  const int bar = std::clamp(filled, 0, kBarWidth);

  std::string text;
  if (width > kBarAbove) {
    text += '[';
    text.append(static_cast<std::size_t>(bar), '=');
    text += '>';
    text.append(static_cast<std::size_t>(kBarWidth - bar), ' ');
    text += "] ";
  }
  const bool beyond = detail.current > detail.total;  // then the total is not to be believed
  if (detail.hide_counts) {
  } else if (detail.units.empty()) {
    text += fmt::format("{:>8}", size(detail.current));
    if (!beyond) text += "/" + size(detail.total);
  } else if (beyond) {
    text += fmt::format("{} {}", detail.current, detail.units);
  } else {
    text += fmt::format("{}/{} {}", detail.current, detail.total, detail.units);
  }
  if (width > kRemainingAbove && detail.current > 0 && detail.start > 0 && bar < kBarWidth)
    text += remaining_text(detail, now);
  return text;
}

void ProgressDisplay::show(const ProgressMessage& message) {
  const bool terminal = out_.is_terminal();
  const bool has_line = !message.id.empty() && (message.detail || !message.progress.empty());
  std::string text;
  std::size_t lines_up = 0;
  if (has_line) {
    auto line = std::find(ids_.begin(), ids_.end(), message.id);
    if (line == ids_.end()) {
      ids_.push_back(message.id);
      line = ids_.end() - 1;
      if (terminal) text += '\n';
    }
    lines_up = static_cast<std::size_t>(ids_.end() - line);
    if (terminal) text += fmt::format("\x1b[{}A", lines_up);
  } else {
    // Lines above an ordinary line are never touched again; `pull -a` begins anew for each tag.
    ids_.clear();
  }

  const bool redraw = terminal && message.stream.empty() && message.detail;
  std::string progress;
  if (message.detail) {
    const auto size = out_.window_size();
    progress = progress_text(*message.detail, size ? size->columns : kUnknownWidth, clock_.now(), size_text_);
  }
  if (redraw || progress.empty()) {
    const std::string_view end = redraw ? "\r" : "";
    if (redraw) text += "\x1b[2K\r";
    if (message.time_nano != 0 || message.time != 0) text += timestamp_text(message);
    if (!message.id.empty()) text += message.id + ": ";
    if (!message.from.empty()) text += "(from " + message.from + ") ";
    if (message.detail && terminal)
      text += fmt::format("{} {}{}", message.status, progress, end);
    else if (!message.progress.empty())
      text += fmt::format("{} {}{}", message.status, message.progress, end);
    else if (!message.stream.empty())
      text += message.stream + std::string(end);
    else
      text += fmt::format("{}{}\n", message.status, end);
  }
  if (terminal && lines_up > 0) text += fmt::format("\x1b[{}B", lines_up);
  out_.write(text);
}

}  // namespace dockerlite::term
