#include "dockerlite/opts/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <ctime>

#include "dockerlite/util/duration.hpp"
#include "dockerlite/util/strings.hpp"

namespace dockerlite::opts {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;  // ns

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Days since 1970 of a date in the Gregorian calendar.
std::int64_t days_from_civil(int year, int month, int day) {
  namespace chrono = std::chrono;
  const auto date = chrono::year(year) / month / day;
  return chrono::sys_days(date).time_since_epoch().count();
}

bool valid_day(int year, int month, int day) { return (std::chrono::year(year) / month / day).ok(); }

// The part of Go's time.Parse that docker's layouts need. Layout elements: 2006 01 02 15 04 05 .999999999 Z07:00.
class TimeParser {
 public:
  TimeParser(std::string_view layout, std::string_view value, std::int64_t zone_offset)
      : layout_(layout), whole_layout_(layout), value_(value), whole_value_(value), offset_(zone_offset) {}

  /// Nanoseconds since 1970.
  Result<std::int64_t> parse() {
    while (!layout_.empty()) DL_CHECK(step());
    if (!value_.empty())
      return error(
          fmt::format("parsing time {}: extra text: {}", util::go_quote(whole_value_), util::go_quote(value_)));
    if (!valid_day(year_, month_, day_)) return out_of_range("day");
    const std::int64_t seconds =
        days_from_civil(year_, month_, day_) * 86400 + hour_ * 3600 + minute_ * 60 + second_ - offset_;
    return seconds * kSecond + nanoseconds_;
  }

 private:
  Result<void> step() {
    if (take("2006")) return number("2006", 4, year_, 0, 9999, "year");
    if (take("01")) return number("01", 2, month_, 1, 12, "month");
    if (take("02")) return number("02", 2, day_, 0, 31, "day");
    if (take("15")) return number("15", 0, hour_, 0, 23, "hour");
    if (take("04")) return number("04", 2, minute_, 0, 59, "minute");
    if (take("05")) {
      DL_CHECK(number("05", 2, second_, 0, 59, "second"));
      if (!layout_.starts_with(".9")) fraction();  // allowed even where the layout has none
      return {};
    }
    if (take(".999999999")) {
      fraction();
      return {};
    }
    if (take("Z07:00")) return zone();
    if (value_.empty() || value_.front() != layout_.front()) return cannot_parse(layout_.substr(0, 1));
    layout_.remove_prefix(1);
    value_.remove_prefix(1);
    return {};
  }

  bool take(std::string_view element) {
    if (!layout_.starts_with(element)) return false;
    layout_.remove_prefix(element.size());
    return true;
  }

  /// `width` digits; 0: one or two.
  Result<void> number(std::string_view element, std::size_t width, int& target, int low, int high,
                      std::string_view name) {
    if (width == 0) width = value_.size() > 1 && is_digit(value_[1]) ? 2 : 1;
    const std::string_view digits = value_.substr(0, width);
    if (digits.size() < width || !std::ranges::all_of(digits, is_digit)) return cannot_parse(element);
    target = 0;
    for (const char digit : digits) target = target * 10 + (digit - '0');
    value_.remove_prefix(width);
    if (target < low || target > high) return out_of_range(name);
    return {};
  }

  void fraction() {
    if (value_.size() < 2 || (value_[0] != '.' && value_[0] != ',') || !is_digit(value_[1])) return;
    value_.remove_prefix(1);
    std::int64_t unit = kSecond / 10;
    while (!value_.empty() && is_digit(value_.front())) {
      nanoseconds_ += (value_.front() - '0') * unit;
      unit /= 10;
      value_.remove_prefix(1);
    }
  }

  Result<void> zone() {
    if (value_.starts_with('Z')) {
      value_.remove_prefix(1);
      offset_ = 0;
      return {};
    }
    const std::string_view text = value_.substr(0, 6);
    const bool shaped = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' && is_digit(text[1]) &&
                        is_digit(text[2]) && is_digit(text[4]) && is_digit(text[5]);
    if (!shaped) return cannot_parse("Z07:00");
    const int hours = (text[1] - '0') * 10 + (text[2] - '0');
    const int minutes = (text[4] - '0') * 10 + (text[5] - '0');
    if (hours > 24) return out_of_range("time zone offset hour");
    if (minutes > 60) return out_of_range("time zone offset minute");
    offset_ = (hours * 60 + minutes) * 60 * (text[0] == '-' ? -1 : 1);
    value_.remove_prefix(6);
    return {};
  }

  Error cannot_parse(std::string_view element) const {
    return error(fmt::format("parsing time {} as {}: cannot parse {} as {}", util::go_quote(whole_value_),
                             util::go_quote(whole_layout_), util::go_quote(value_), util::go_quote(element)));
  }
  Error out_of_range(std::string_view name) const {
    return error(fmt::format("parsing time {}: {} out of range", util::go_quote(whole_value_), name));
  }

  std::string_view layout_, whole_layout_, value_, whole_value_;
  std::int64_t offset_;  ///< seconds east of Greenwich
  int year_ = 0, month_ = 1, day_ = 1, hour_ = 0, minute_ = 0, second_ = 0;
  std::int64_t nanoseconds_ = 0;
};

/// The layout that docker chooses by the look of a text.
std::string_view layout_for(std::string_view text, bool local) {
  const bool zulu = text.find_first_of("zZ") != std::string_view::npos;
  if (util::contains(text, ".")) return local ? "2006-01-02T15:04:05.999999999" : "2006-01-02T15:04:05.999999999Z07:00";
  if (util::contains(text, "T")) {
    auto colons = std::ranges::count(text, ':');
    if (!local && !zulu && colons > 0) --colons;  // the one in the zone
    if (colons == 0) return local ? "2006-01-02T15" : "2006-01-02T15Z07:00";
    if (colons == 1) return local ? "2006-01-02T15:04" : "2006-01-02T15:04Z07:00";
    return local ? "2006-01-02T15:04:05" : "2006-01-02T15:04:05Z07:00";
  }
  return local ? "2006-01-02" : "2006-01-02Z07:00";
}

bool is_seconds(std::string_view text) {
  const util::Cut parts = util::cut(text, ".");
  return util::parse_int(parts.before).ok() && (!parts.found || util::parse_int(parts.after).ok());
}

}  // namespace

Result<std::string> timestamp(std::string_view text, std::chrono::system_clock::time_point now) {
  using std::chrono::nanoseconds;
  const std::int64_t now_ns = std::chrono::duration_cast<nanoseconds>(now.time_since_epoch()).count();
  const auto seconds_of = [](std::int64_t ns) { return ns / kSecond - (ns % kSecond < 0 ? 1 : 0); };
  if (text != "0") {
    if (const auto duration = util::parse_duration(text)) return std::to_string(seconds_of(now_ns - *duration));
  }
  const bool local = text.find_first_of("zZ+") == std::string_view::npos && std::ranges::count(text, '-') != 3;
  const std::time_t now_seconds = static_cast<std::time_t>(seconds_of(now_ns));
  std::tm fields{};
  localtime_r(&now_seconds, &fields);
  auto parsed = TimeParser(layout_for(text, local), text, local ? fields.tm_gmtoff : 0).parse();
  if (!parsed) {
    if (util::contains(text, "-")) return std::move(parsed).error();
    if (!is_seconds(text)) return error("failed to parse value as time or duration: " + util::go_quote(text));
    return std::string(text);
  }
  const std::int64_t seconds = seconds_of(*parsed);
  return fmt::format("{}.{:09}", seconds, *parsed - seconds * kSecond);
}

}  // namespace dockerlite::opts
